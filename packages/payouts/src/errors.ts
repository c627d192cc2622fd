/** What stands in the way of a command about payouts, by a stable code. */
export type PayoutErrorCode =
  | 'idempotency_key_reused'
  | 'read_model_behind'
  | 'cut_off_in_future'
  | 'run_open'
  | 'run_unknown'
  | 'run_state'
  | 'plan_changed'
  | 'nothing_due'
  | 'same_person'
  | 'payout_unknown'
  | 'payout_state'
  | 'amount_mismatch'
  | 'moment_mismatch'
  | 'merchant_unknown'
  | 'details_erased'
  | 'execution_date'
  | 'not_euros'
  | 'export_unknown'
  | 'export_outdated'
  | 'bank_file'
  | 'document_unknown'
  | 'contended';

/** One thing that is wrong with what was sent. */
export interface Mistake {
  /** A JSON pointer into the request, or a place in a file such as `line 3`. */
  readonly where: string;
  readonly message: string;
}

/** `message` is fit for a person: what was wrong and what to do. Nothing of the command was written. */
export class PayoutError extends Error {
  override readonly name = 'PayoutError';
  readonly code: PayoutErrorCode;
  readonly mistakes: readonly Mistake[];

  constructor(code: PayoutErrorCode, message: string, mistakes: readonly Mistake[] = []) {
    super(message);
    this.code = code;
    this.mistakes = mistakes;
  }
}
