import { daySchema, instantSchema } from '@provisie/domain';
import type { Cents } from '@provisie/domain';
import { bankPartyFor } from './bank-party.ts';
import type { TextWriter } from './bank-party.ts';
import type { CreditTransfer, CreditTransferOrder } from './credit-transfer.ts';
import { PayoutFileError } from './payout-file-error.ts';
import type { OrderField } from './payout-file-error.ts';
import { checkSepaIdentifier, sepaTextAt } from './sepa-text.ts';

/** A text that stands in the file in other characters than it came in. */
export interface SepaChange extends OrderField {
  readonly from: string;
  readonly to: string;
}

export type NoteChange = (change: SepaChange) => void;

/** Of SEPA credit transfers: EUR 999,999,999.99. */
const MAX_PAYMENT_CENTS = 99_999_999_999;
const MAX_REMITTANCE_LENGTH = 140;

/** The order with its texts as they stand in the file. Throws `PayoutFileError`. */
export function checkedOrder(order: CreditTransferOrder, note: NoteChange): CreditTransferOrder {
  const at = (field: string): OrderField => ({ endToEndId: null, field });
  checkSepaIdentifier(order.messageId, at('messageId'));
  if (!instantSchema.safeParse(order.createdAt).success) {
    throw new PayoutFileError('date_invalid', at('createdAt'), 'must be UTC milliseconds.');
  }
  if (!daySchema.safeParse(order.executionDate).success) {
    throw new PayoutFileError(
      'date_invalid',
      at('executionDate'),
      `${JSON.stringify(order.executionDate)} must be a day such as 2026-12-01.`,
    );
  }
  checkTotals(order, at);
  return { ...order, debtor: partyAt(order.debtor, 'debtor', at, note) };
}

/** The payment with its texts as they stand in the file. Throws `PayoutFileError`. */
export function checkedTransfer(transfer: CreditTransfer, note: NoteChange): CreditTransfer {
  const { endToEndId, amountCents } = transfer;
  const at = (field: string): OrderField => ({ endToEndId, field });
  checkSepaIdentifier(endToEndId, at('endToEndId'));
  checkAmount(amountCents, at('amountCents'));
  const write = writerAt(at, note);
  return {
    endToEndId,
    amountCents,
    creditor: partyAt(transfer.creditor, 'creditor', at, note),
    remittance: write('remittance', transfer.remittance, MAX_REMITTANCE_LENGTH),
  };
}

function partyAt(
  party: CreditTransfer['creditor'],
  role: 'creditor' | 'debtor',
  at: (field: string) => OrderField,
  note: NoteChange,
) {
  const ofParty = (field: string) => at(`${role}.${field}`);
  return bankPartyFor(party, writerAt(ofParty, note), ofParty);
}

function writerAt(at: (field: string) => OrderField, note: NoteChange): TextWriter {
  return (field, from, maxLength) => {
    const place = at(field);
    const { text, changed } = sepaTextAt(from, maxLength, place);
    if (changed) note({ ...place, from, to: text });
    return text;
  };
}

function checkTotals(
  { payments, totalCents }: { payments: number; totalCents: Cents },
  at: (field: string) => OrderField,
): void {
  if (!Number.isSafeInteger(payments) || payments < 1) {
    throw new PayoutFileError(
      'no_payments',
      at('payments'),
      `${payments} payments: a payment order has at least one; don't write a file without.`,
    );
  }
  if (!Number.isSafeInteger(totalCents) || totalCents < payments) {
    throw new PayoutFileError(
      'amount_invalid',
      at('totalCents'),
      `${totalCents} must be whole cents, at least one for each payment.`,
    );
  }
}

function checkAmount(amountCents: Cents, place: OrderField): void {
  const fits =
    Number.isSafeInteger(amountCents) && amountCents >= 1 && amountCents <= MAX_PAYMENT_CENTS;
  if (fits) return;
  throw new PayoutFileError(
    'amount_invalid',
    place,
    `${amountCents} must be whole cents from 1 to ${MAX_PAYMENT_CENTS}.`,
  );
}
