import type { Cents } from '@provisie/domain';
import XMLBuilder from 'fast-xml-builder';
import { amountText } from './amount-text.ts';
import type {
  BankAddress,
  BankParty,
  CreditTransfer,
  CreditTransferOrder,
} from './credit-transfer.ts';

/** ISO 20022 customer credit transfer initiation; .09 is what banks ask for, .03 what some still want. */
export type CreditTransferFormat = 'pain.001.001.09' | 'pain.001.001.03';

/** What stands before and after the payments. */
export interface CreditTransferFrame {
  readonly head: string;
  readonly tail: string;
}

/** An element by its name; undefined is left out. Elements come in the order of the schema, a sequence. */
interface Elements {
  readonly [name: string]: string | Elements | undefined;
}

const xml = new XMLBuilder({ ignoreAttributes: false });

/** Texts are as they stand in the file already. */
export function creditTransferFrame(
  format: CreditTransferFormat,
  order: CreditTransferOrder,
): CreditTransferFrame {
  const text = xml.build({
    '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
    Document: {
      '@_xmlns': `urn:iso:std:iso:20022:tech:xsd:${format}`,
      CstmrCdtTrfInitn: { GrpHdr: groupHeader(order), PmtInf: paymentInformation(format, order) },
    },
  });
  const [head = '', tail = ''] = text.split('<CdtTrfTxInf></CdtTrfTxInf>');
  return { head: `${head}\n`, tail: `${tail}\n` };
}

/** One line per payment. */
export function creditTransferXml(format: CreditTransferFormat, transfer: CreditTransfer): string {
  const { endToEndId, amountCents, creditor, remittance } = transfer;
  const CdtTrfTxInf: Elements = {
    PmtId: { EndToEndId: endToEndId },
    Amt: { InstdAmt: { '@_Ccy': 'EUR', '#text': amountText(amountCents) } },
    CdtrAgt: creditor.bic === null ? undefined : agent(format, creditor.bic),
    Cdtr: party(creditor),
    CdtrAcct: account(creditor),
    RmtInf: { Ustrd: remittance },
  };
  return `${xml.build({ CdtTrfTxInf })}\n`;
}

function groupHeader(order: CreditTransferOrder): Elements {
  return {
    MsgId: order.messageId,
    CreDtTm: `${new Date(order.createdAt).toISOString().slice(0, -5)}Z`,
    ...totals(order),
    InitgPty: { Nm: order.debtor.name },
  };
}

/** Its id is the message's own: there is one, and what a bank says about either is about both. */
function paymentInformation(format: CreditTransferFormat, order: CreditTransferOrder): Elements {
  const { debtor, executionDate } = order;
  return {
    PmtInfId: order.messageId,
    PmtMtd: 'TRF',
    BtchBookg: String(order.batchBooking),
    ...totals(order),
    PmtTpInf: { SvcLvl: { Cd: 'SEPA' } },
    ReqdExctnDt: format === 'pain.001.001.09' ? { Dt: executionDate } : executionDate,
    Dbtr: party(debtor),
    DbtrAcct: account(debtor),
    DbtrAgt: agent(format, debtor.bic),
    ChrgBr: 'SLEV',
    CdtTrfTxInf: '',
  };
}

function totals({ payments, totalCents }: { payments: number; totalCents: Cents }): Elements {
  return { NbOfTxs: String(payments), CtrlSum: amountText(totalCents) };
}

function party({ name, address }: BankParty): Elements {
  return { Nm: name, PstlAdr: address === null ? undefined : postalAddress(address) };
}

function postalAddress({ street, postalCode, city, country }: BankAddress): Elements {
  return {
    StrtNm: street ?? undefined,
    PstCd: postalCode ?? undefined,
    TwnNm: city,
    Ctry: country,
  };
}

function account({ iban }: BankParty): Elements {
  return { Id: { IBAN: iban } };
}

/** A debtor's bank must be there, known or not (EPC132-08). */
function agent(format: CreditTransferFormat, bic: string | null): Elements {
  if (bic === null) return { FinInstnId: { Othr: { Id: 'NOTPROVIDED' } } };
  return { FinInstnId: format === 'pain.001.001.09' ? { BICFI: bic } : { BIC: bic } };
}
