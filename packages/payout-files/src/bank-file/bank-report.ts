import type { Cents, Instant } from '@provisie/domain';

export type BankFileFormat = 'csv' | 'pain.002' | 'camt.053' | 'camt.054';

/** Banks often give no more than a day. */
export type BankTime =
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'instant'; readonly at: Instant };

interface BankOutcome {
  /** `returned`: it left the account and came back. */
  readonly outcome: 'paid' | 'failed' | 'returned';
  /** Null where the file doesn't say. */
  readonly amountCents: Cents | null;
  readonly currency: string | null;
  readonly at: BankTime | null;
  readonly reason: string | null;
  /** `line 3`, for XML with the path of the element. */
  readonly where: string;
}

export interface BankPayment extends BankOutcome {
  /** The payout id. */
  readonly endToEndId: string;
  /** The payment order it stood in; null where the bank doesn't name it. */
  readonly messageId: string | null;
}

/** What a bank says about a payment order as a whole, so about each payment in it that isn't listed itself. */
export interface BankMessage extends BankOutcome {
  readonly messageId: string;
  /** How many payments it is about. */
  readonly payments: number | null;
}

/** What was read and says nothing about a payout's outcome. */
export interface BankRemark {
  readonly where: string;
  readonly why: string;
}

/** No payment and no message is in it twice, but a payment that left the account and came back. */
export interface BankReport {
  readonly format: BankFileFormat;
  readonly payments: readonly BankPayment[];
  readonly messages: readonly BankMessage[];
  readonly ignored: readonly BankRemark[];
}

export interface BankFileMistake {
  readonly where: string;
  readonly problem: string;
  /** What would be right. */
  readonly expected: string;
}

export type BankFileReading =
  | { readonly ok: true; readonly report: BankReport }
  | { readonly ok: false; readonly mistakes: readonly BankFileMistake[] };
