import type { Commission, CommissionStatus, Decision } from '../decision.ts';
import type { Instant } from '../instant.ts';
import type { Cents } from '../money.ts';

/** Rule 8: the first status that applies at `at`; null for what never earned a reward. */
export function commissionStatus(decision: Decision, at: Instant): CommissionStatus | null {
  const { commission } = decision;
  if (commission === null) return null;
  if (commission.rejection !== null) return 'rejected';
  if (isReversed(decision)) return 'reversed';
  const settledAs = settlement(commission.payouts);
  if (settledAs !== null) return settledAs;
  if (isWrittenOff(commission)) return 'written_off';
  return isPastHold(commission.payableFrom, at) ? 'payable' : 'pending';
}

/** What the decision adds to the partner's balance at `at` (rule 9): earned, past hold and not rejected. */
export function payableCommissionCents(decision: Decision, at: Instant): Cents {
  const { commission } = decision;
  if (commission === null || commission.rejection !== null) return 0;
  return isPastHold(commission.payableFrom, at) ? commission.amountCents : 0;
}

/** What the decision earned and still holds back at `at`. */
export function pendingCommissionCents(decision: Decision, at: Instant): Cents {
  const { commission } = decision;
  if (commission === null || commission.rejection !== null) return 0;
  return isPastHold(commission.payableFrom, at) ? 0 : commission.amountCents;
}

/** What payouts paid of it on balance: what was paid and taken back is open again, whatever is on record. */
function settlement(payouts: Commission['payouts']): 'paid' | 'scheduled' | null {
  const centsOf = (counted: Commission['payouts']) =>
    counted.reduce((cents, { amountCents }) => cents + amountCents, 0);
  if (centsOf(payouts) <= 0) return null;
  return centsOf(payouts.filter(({ state }) => state === 'paid')) > 0 ? 'paid' : 'scheduled';
}

/** Nothing of it will be paid; what is written off in part is payable for the rest. */
function isWrittenOff({ amountCents, writtenOffCents }: Commission): boolean {
  return writtenOffCents > 0 && writtenOffCents >= amountCents;
}

function isReversed(decision: Decision): boolean {
  return decision.reward?.result === 'order_cancelled' || decision.reward?.result === 'zero_base';
}

function isPastHold(payableFrom: Instant | null, at: Instant): boolean {
  return payableFrom !== null && payableFrom <= at;
}
