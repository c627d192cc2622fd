export type PayoutFileErrorCode =
  | 'amount_invalid'
  | 'bic_invalid'
  | 'count_mismatch'
  | 'country_invalid'
  | 'date_invalid'
  | 'iban_invalid'
  | 'identifier_invalid'
  | 'no_payments'
  | 'payment_repeated'
  | 'text_empty'
  | 'text_too_long'
  | 'total_mismatch';

/** Where in an order a value stands. */
export interface OrderField {
  /** Null: the head of the order, its debtor included. */
  readonly endToEndId: string | null;
  /** As in `CreditTransfer` and `CreditTransferOrder`, such as `creditor.address.city`. */
  readonly field: string;
}

/** A payout file can't be written as asked; what was written of it so far isn't well formed. */
export class PayoutFileError extends Error {
  override readonly name = 'PayoutFileError';
  readonly code: PayoutFileErrorCode;
  readonly place: OrderField | null;

  constructor(code: PayoutFileErrorCode, place: OrderField | null, problem: string) {
    super(place === null ? problem : `${placeText(place)}: ${problem}`);
    this.code = code;
    this.place = place;
  }
}

function placeText({ endToEndId, field }: OrderField): string {
  return endToEndId === null ? `Order, ${field}` : `Payment ${endToEndId}, ${field}`;
}
