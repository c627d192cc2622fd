import type { Cents, Instant } from '@provisie/domain';
import { PayoutError } from '../errors.ts';
import { payoutsOfRun } from '../exports/exported-payouts.ts';
import type { PayoutPorts } from '../ports.ts';
import { findRun } from '../runs/run-log.ts';
import { confirmPayouts, decimals } from './confirm-payouts.ts';
import type { Confirmation, Confirmed } from './confirm-payouts.ts';

/** Records that the bank carried out the whole payment file of a run, but for payouts that are known to have ended. */
export async function confirmRun(
  ports: PayoutPorts,
  by: string,
  runId: string,
  told: { readonly at: Instant | null; readonly totalCents: Cents | null },
): Promise<Confirmed> {
  const run = await findRun(ports.store, runId);
  if (run === null) throw new PayoutError('run_unknown', `There is no payout run ${runId}.`);
  const last = run.exports.at(-1);
  if (last === undefined) {
    throw new PayoutError(
      'export_unknown',
      `Payout run ${runId} was not exported, so no bank can have paid it.`,
    );
  }
  const confirmations: Confirmation[] = [];
  let totalCents = 0;
  let before = 0;
  for await (const { payout } of payoutsOfRun(ports, runId)) {
    const { payoutId, partnerId, status, totalCents: cents } = payout;
    if (status === 'exported' || status === 'paid') totalCents += cents;
    if (status === 'paid') before += 1;
    if (status !== 'exported') continue;
    confirmations.push({
      payoutId,
      partnerId,
      outcome: 'paid',
      amountCents: null,
      currency: null,
      reason: null,
      at: told.at,
      reference: null,
      attempt: null,
      where: `payout ${payoutId}`,
    });
  }
  if (told.totalCents !== null && told.totalCents !== totalCents) {
    throw new PayoutError(
      'amount_mismatch',
      `Nothing was recorded: the run’s payouts that didn’t fail come to ${decimals(totalCents)} ${run.currency}, not ${decimals(told.totalCents)}. Confirm first what failed.`,
      [{ where: '/totalCents', message: `must be ${totalCents}` }],
    );
  }
  const confirmed = await confirmPayouts(ports, by, confirmations);
  return { ...confirmed, unchanged: confirmed.unchanged + before };
}
