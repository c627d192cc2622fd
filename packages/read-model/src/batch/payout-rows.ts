import { payoutStates, type EntityFact, type PayoutView } from '@provisie/domain';
import { insertion, type Session } from '../database/session.ts';
import type { PayoutSummary } from '../views.ts';

const putPayout = insertion('payouts', 'replace');

/** What a payout's row holds: its documents stand in a table of their own. */
export type KeptPayout = Omit<PayoutSummary, 'documents'>;

/** The payout that the facts of its id come to; null while its scheduling isn't known. */
export function payoutOf(facts: readonly EntityFact[]): PayoutView | null {
  return payoutStates(facts)[0] ?? null;
}

/** Keeps what the facts of one payout come to. */
export async function keepPayout(session: Session, payout: PayoutView): Promise<void> {
  const { payoutId, partnerId, runId, currency, status, scheduledAt, totalCents } = payout;
  const { lines, documents: _, ...rest } = payout;
  const view: KeptPayout = { ...rest, lineCount: lines.length };
  await putPayout(session, [
    {
      payout_id: payoutId,
      partner_id: partnerId,
      run_id: runId,
      currency,
      status,
      scheduled_at: scheduledAt,
      total_cents: totalCents,
      view: JSON.stringify(view),
    },
  ]);
}
