import type { FactOfType } from '../event-catalogue.ts';
import type { Instant } from '../instant.ts';
import { countingFact } from '../repeats.ts';

export type PayoutFact = FactOfType<
  'PayoutScheduled' | 'PayoutExported' | 'PayoutPaid' | 'PayoutFailed' | 'PayoutCancelled'
>;
export type ScheduledFact = FactOfType<'PayoutScheduled'>;

/** Everything known of one payout; each fact once. */
export interface PayoutHistory {
  scheduled: ScheduledFact | undefined;
  paid: FactOfType<'PayoutPaid'> | undefined;
  failed: FactOfType<'PayoutFailed'> | undefined;
  cancelled: FactOfType<'PayoutCancelled'> | undefined;
}

export type PayoutState = 'scheduled' | 'paid' | 'failed' | 'cancelled';

export function newPayoutHistory(): PayoutHistory {
  return { scheduled: undefined, paid: undefined, failed: undefined, cancelled: undefined };
}

export function addPayoutFact(history: PayoutHistory, fact: PayoutFact): void {
  switch (fact.type) {
    case 'PayoutScheduled':
      history.scheduled = countingFact(history.scheduled, fact);
      break;
    case 'PayoutPaid':
      history.paid = countingFact(history.paid, fact);
      break;
    case 'PayoutFailed':
      history.failed = countingFact(history.failed, fact);
      break;
    case 'PayoutCancelled':
      history.cancelled = countingFact(history.cancelled, fact);
      break;
    case 'PayoutExported':
      break;
  }
}

/** A cancelled or failed payout took no money, also when it was reported as paid before. */
export function payoutState(history: PayoutHistory): PayoutState {
  if (history.cancelled !== undefined) return 'cancelled';
  if (history.failed !== undefined) return 'failed';
  return history.paid === undefined ? 'scheduled' : 'paid';
}

/** The state that holds at `at`; null before the payout was scheduled. What happened before that takes effect with it. */
export function payoutStateAt(history: PayoutHistory, at: Instant): PayoutState | null {
  const by = <F extends { readonly occurredAt: Instant }>(fact: F | undefined) =>
    fact !== undefined && fact.occurredAt <= at ? fact : undefined;
  const scheduled = by(history.scheduled);
  if (scheduled === undefined) return null;
  return payoutState({
    scheduled,
    paid: by(history.paid),
    failed: by(history.failed),
    cancelled: by(history.cancelled),
  });
}
