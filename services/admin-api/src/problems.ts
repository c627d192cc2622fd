import { DocumentError } from '@provisie/documents/document-error';
import { EventStoreError } from '@provisie/event-store';
import { HTTP_PROBLEMS, httpProblem, invalidCursor, problemsOf } from '@provisie/http';
import type { ProblemError, ProblemTable } from '@provisie/http';
import { PayoutFileError } from '@provisie/payout-files/payout-file-error';
import { PayoutError } from '@provisie/payouts';
import type { PayoutErrorCode } from '@provisie/payouts';
import { VaultError } from '@provisie/privacy';
import { InvalidMomentsError, ReadModelBuildingError } from '@provisie/read-model';

/** The failures of this API, by their stable code: one table for all of them. */
export const ADMIN_PROBLEMS = {
  ...HTTP_PROBLEMS,
  already_exists: { status: 409, title: 'It exists already' },
  order_conflict: { status: 409, title: 'The same fact was recorded with other content' },
  amendment_after_lock: { status: 409, title: 'The order is locked by a payout' },
  terms_in_past: { status: 409, title: 'Terms can not take effect in the past' },
  currency_fixed: { status: 409, title: 'A programme keeps its currency' },
  programme_unknown: { status: 409, title: 'There is no such programme' },
  programme_closed: { status: 409, title: 'The programme is closed' },
  partner_unknown: { status: 409, title: 'There is no such partner' },
  partner_not_approved: { status: 409, title: 'The partner is not approved' },
  profile_erased: { status: 409, title: 'The personal data were erased' },
  host_not_allowed: { status: 409, title: 'The destination is not on a host of the programme' },
  link_disabled: { status: 409, title: 'The link is disabled' },
  coupon_withdrawn: { status: 409, title: 'The coupon was withdrawn' },
  write_off_too_large: { status: 409, title: 'More than is open of an order' },
  payout_run_open: { status: 409, title: 'Another payout run is open' },
  payout_run_state: {
    status: 409,
    title: 'The payout run does not stand so that this can be done',
  },
  payout_plan_changed: { status: 409, title: 'What is due has changed' },
  nothing_due: { status: 409, title: 'Nobody is due' },
  second_person_needed: { status: 409, title: 'Another person must approve' },
  payout_state: { status: 409, title: 'The payout does not stand so that this can be done' },
  amount_mismatch: { status: 409, title: 'It is another amount' },
  merchant_unknown: { status: 409, title: 'Nobody has said yet who pays' },
  payout_details_erased: { status: 409, title: 'The payout details were erased' },
  execution_date: { status: 409, title: 'The bank can not pay on that day' },
  not_euros: { status: 409, title: 'SEPA pays euros only' },
  payment_file_outdated: { status: 409, title: 'The payment file must not be used any more' },
  payment_file_refused: { status: 409, title: 'Something can not stand in a payment file' },
  document_refused: { status: 409, title: 'Something can not stand on a document' },
  bank_file_refused: { status: 422, title: 'What the bank says does not fit' },
  not_awarded: { status: 409, title: 'The order is not awarded to that partner' },
  last_admin_key: { status: 409, title: 'It is the last admin key' },
  shop_connected: { status: 409, title: 'The shop is connected already' },
  wrong_signature: { status: 401, title: 'The signature is not that of the connected shop' },
  write_contended: { status: 503, title: 'Others kept writing at the same place' },
  read_model_behind: { status: 503, title: 'The read model has not got there yet' },
  vault_unavailable: { status: 503, title: 'The vault cannot be used' },
  read_model_building: { status: 503, title: 'The read model is being built from the log' },
} as const satisfies ProblemTable;

export const problem = problemsOf(ADMIN_PROBLEMS);

const SOON = { 'Retry-After': '1' };

/** The named errors of the parts below, as problems. Null: nobody expected it. */
export function translateError(error: Error): ProblemError | null {
  if (error.name === 'InvalidCursorError') {
    return invalidCursor();
  }
  if (error instanceof InvalidMomentsError) {
    return httpProblem('invalid_request', 'One value is not right; see `errors`.', {
      errors: [{ path: `query/${error.clock}`, problem: 'lies before what it is compared with' }],
    });
  }
  if (error instanceof ReadModelBuildingError) {
    const { progress } = error;
    return problem(
      'read_model_building',
      `${error.message} Try again; writes are taken meanwhile.`,
      {
        headers: { 'Retry-After': '5' },
        ...(progress === null ? {} : { extensions: { progress } }),
      },
    );
  }
  if (error instanceof EventStoreError) return ofStore(error);
  if (error instanceof VaultError) return ofVault(error);
  if (error instanceof PayoutError) return ofPayouts(error);
  if (error instanceof PayoutFileError) return problem('payment_file_refused', error.message);
  if (error instanceof DocumentError) return problem('document_refused', error.message);
  return null;
}

/** Away, or its disk is full. What it can't be used for at any other time is nobody's request. */
function ofVault({ code }: VaultError): ProblemError | null {
  if (code !== 'vault_unavailable' && code !== 'vault_closed') return null;
  const detail =
    'Names, accounts and secrets can not be sealed or opened now. Repeat it, that is safe.';
  return problem('vault_unavailable', detail, { headers: SOON });
}

const PAYOUT_PROBLEMS = {
  idempotency_key_reused: 'idempotency_key_reused',
  read_model_behind: 'read_model_behind',
  cut_off_in_future: 'invalid_request',
  run_open: 'payout_run_open',
  run_unknown: 'not_found',
  run_state: 'payout_run_state',
  plan_changed: 'payout_plan_changed',
  nothing_due: 'nothing_due',
  same_person: 'second_person_needed',
  payout_unknown: 'not_found',
  payout_state: 'payout_state',
  amount_mismatch: 'amount_mismatch',
  moment_mismatch: 'invalid_request',
  merchant_unknown: 'merchant_unknown',
  details_erased: 'payout_details_erased',
  execution_date: 'execution_date',
  not_euros: 'not_euros',
  export_unknown: 'not_found',
  export_outdated: 'payment_file_outdated',
  bank_file: 'bank_file_refused',
  document_unknown: 'not_found',
  contended: 'write_contended',
} as const satisfies Record<PayoutErrorCode, keyof typeof ADMIN_PROBLEMS>;

function ofPayouts({ code, message, mistakes }: PayoutError): ProblemError {
  const errors = mistakes.map((mistake) => ({ path: mistake.where, problem: mistake.message }));
  const isTemporary = code === 'read_model_behind' || code === 'contended';
  return problem(PAYOUT_PROBLEMS[code], message, {
    ...(errors.length === 0 ? {} : { errors }),
    ...(isTemporary ? { headers: SOON } : {}),
  });
}

function ofStore(error: EventStoreError): ProblemError | null {
  switch (error.code) {
    case 'store_busy':
      return problem('store_busy', 'Nothing was written. Try again.', { headers: SOON });
    case 'store_full':
      return problem('store_full', 'Nothing was written: its disk is full.');
    case 'store_closed':
    case 'store_unavailable':
      return problem(
        'store_unavailable',
        'It is not known whether it was written. Repeat it, that is safe.',
        { headers: SOON },
      );
    case 'event_id_reused':
      return problem('order_conflict', 'The same fact was recorded with other content just now.');
    case 'store_corrupt':
    case 'store_foreign':
    case 'store_newer':
    case 'event_invalid':
    case 'event_unreadable':
    case 'append_too_large':
    case 'import_conflict':
      break;
  }
  return null;
}
