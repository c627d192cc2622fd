import type { BankTime } from './bank-report.ts';
import { centsIn } from './bank-values.ts';
import type { Findings } from './findings.ts';
import { amountIn, countAt, noAmount, reasonIn, stampIn, valueElements } from './iso-values.ts';
import { elementAt, elementsAt, placeOf, textAt } from './xml-tree.ts';
import type { XmlElement } from './xml-tree.ts';

/** What of a payment status report is read. */
export const statusReportElements: ReadonlySet<string> = new Set([
  ...valueElements,
  ...'GrpHdr CreDtTm OrgnlGrpInfAndSts OrgnlMsgId OrgnlNbOfTxs OrgnlCtrlSum GrpSts StsRsnInf'.split(
    ' ',
  ),
  ...'OrgnlPmtInfAndSts PmtInfSts TxInfAndSts OrgnlEndToEndId TxSts OrgnlTxRef Amt InstdAmt'.split(
    ' ',
  ),
]);

type Standing = 'paid' | 'failed' | 'open';

/** ISO 20022 external payment status codes. Only a completed settlement is proof that money moved. */
const standings: ReadonlyMap<string, Standing> = new Map<string, Standing>([
  ['ACSC', 'paid'],
  ['ACCC', 'paid'],
  ['RJCT', 'failed'],
  ['CANC', 'failed'],
  ...['RCVD', 'PDNG', 'PART', 'PATC', 'ACTC', 'ACCP', 'ACFC', 'ACSP', 'ACWC', 'ACWP', 'BLCK'].map(
    (code): [string, Standing] => [code, 'open'],
  ),
]);

interface Report {
  readonly messageId: string | null;
  readonly at: BankTime | null;
  readonly findings: Findings;
}

/** `CstmrPmtStsRpt`: of the message as a whole, of its payment information, of single payments. */
export function readStatusReport(report: XmlElement, findings: Findings): void {
  const group = elementAt(report, 'OrgnlGrpInfAndSts');
  const messageId = group === null ? null : textAt(group, 'OrgnlMsgId');
  if (group === null || messageId === null) {
    const problem = "It doesn't say which message it is about.";
    findings.mistake(placeOf(group ?? report), problem, 'OrgnlGrpInfAndSts with an OrgnlMsgId');
    return;
  }
  const created = elementAt(report, 'GrpHdr', 'CreDtTm');
  const at = created === null ? null : stampIn(created, findings);
  const context: Report = { messageId, at, findings };
  const informations = elementsAt(report, 'OrgnlPmtInfAndSts');
  const transactions = elementsAt(report, 'OrgnlPmtInfAndSts', 'TxInfAndSts');
  const standing = readGroup(group, 'GrpSts', transactions, context);
  for (const information of standing === 'open' ? informations : []) {
    readGroup(information, 'PmtInfSts', elementsAt(information, 'TxInfAndSts'), context);
  }
  for (const transaction of transactions) readTransaction(transaction, context);
}

/** A payment order has one payment information, so the status of either is about all its payments. */
function readGroup(
  group: XmlElement,
  statusName: 'GrpSts' | 'PmtInfSts',
  transactions: readonly XmlElement[],
  { messageId, at, findings }: Report,
): Standing {
  const status = elementAt(group, statusName);
  if (status === null || messageId === null) return 'open';
  const standing = standingOf(status, findings);
  if (standing === 'open') {
    const says = `${status.text}: accepted or under way, not settled; its payments stay as they are.`;
    findings.ignore(placeOf(status), says);
    return standing;
  }
  const other = transactions.find((transaction) => contradicts(transaction, standing));
  if (other !== undefined) {
    findings.mistake(
      placeOf(other),
      `It is ${textAt(other, 'TxSts')}, and the whole message ${status.text}.`,
      'one status for all payments, or PART for the message',
    );
    return standing;
  }
  findings.message({
    messageId,
    outcome: standing,
    payments: countAt(group, 'OrgnlNbOfTxs'),
    amountCents: centsIn(textAt(group, 'OrgnlCtrlSum') ?? ''),
    currency: null,
    at,
    reason: reasonIn(elementsAt(group, 'StsRsnInf')),
    where: placeOf(status),
  });
  return standing;
}

function readTransaction(transaction: XmlElement, { messageId, at, findings }: Report): void {
  const status = elementAt(transaction, 'TxSts');
  const endToEndId = textAt(transaction, 'OrgnlEndToEndId');
  if (status === null || endToEndId === null) {
    const missing = status === null ? 'TxSts' : 'OrgnlEndToEndId';
    findings.mistake(placeOf(transaction), `${missing} is missing.`, 'both id and status');
    return;
  }
  const standing = standingOf(status, findings);
  if (standing === 'open') {
    const says = `${endToEndId} is ${status.text}: accepted or under way, not settled.`;
    findings.ignore(placeOf(transaction), says);
    return;
  }
  const amount = elementAt(transaction, 'OrgnlTxRef', 'Amt', 'InstdAmt');
  findings.payment({
    endToEndId,
    messageId,
    outcome: standing,
    ...(amount === null ? noAmount : amountIn(amount, findings)),
    at,
    reason: reasonIn(elementsAt(transaction, 'StsRsnInf')),
    where: placeOf(transaction),
  });
}

function standingOf(status: XmlElement, findings: Findings): Standing {
  const standing = standings.get(status.text);
  if (standing !== undefined) return standing;
  findings.mistake(
    placeOf(status),
    `Status ${JSON.stringify(status.text)} isn't known.`,
    `one of ${[...standings.keys()].join(', ')}`,
  );
  return 'open';
}

function contradicts(transaction: XmlElement, standing: Standing): boolean {
  const own = standings.get(textAt(transaction, 'TxSts') ?? '');
  return own !== undefined && own !== standing;
}
