import { newFact, payoutRunState, streams, type PayoutRunView } from '@provisie/domain';
import pMap from 'p-map';
import { openDocumentDesk } from '../documents/issue-documents.ts';
import { PayoutError } from '../errors.ts';
import { payoutsOfRun } from '../exports/exported-payouts.ts';
import { decideOn } from '../log.ts';
import type { Command, PayoutPorts } from '../ports.ts';
import { endPayout, refusalOf } from '../payouts/end-payout.ts';
import type { PayoutEnd } from '../payouts/end-payout.ts';
import { runOf } from './run-log.ts';
import { scheduleRun } from './schedule-run.ts';

const AT_ONCE = 32;

export interface CancelRequest {
  readonly reason: string;
  /** Somebody made sure that the run's payment file won't be carried out. */
  readonly notSentToBank: boolean;
}

/**
 * Takes a run back. One that awaits an approval is abandoned; of one that is scheduled all payouts are cancelled, or
 * none when any is paid or stands in a payment file that may be carried out.
 */
export async function cancelRun(
  ports: PayoutPorts,
  command: Command,
  runId: string,
  request: CancelRequest,
): Promise<PayoutRunView> {
  const run = await runOf(ports.store, runId);
  if (run.status === 'abandoned') return run;
  if (
    run.status === 'awaiting_approval' &&
    (await abandon(ports, command, runId, request.reason))
  ) {
    return runOf(ports.store, runId);
  }
  // What was approved meanwhile, or was broken off half-way, is brought to its end and taken back as a whole.
  await scheduleRun(ports, runId);
  await cancelPayouts(ports, command, runId, request);
  return runOf(ports.store, runId);
}

/** False when a second person approved it first. */
async function abandon(
  { store, now }: PayoutPorts,
  { id, by, requestHash }: Command,
  runId: string,
  reason: string,
): Promise<boolean> {
  const { facts } = await decideOn(store, {
    stream: streams.payoutRuns,
    by,
    requestHash,
    decide: (runs) => {
      const run = payoutRunState(runs, runId);
      if (run?.status !== 'awaiting_approval') return [];
      const nothing = { payouts: 0, netCents: 0, vatCents: 0, totalCents: 0 };
      const skipped = run.planned.payouts;
      const data = { runId, outcome: 'abandoned' as const, ...nothing, skipped, reason };
      return [newFact('PayoutRunClosed', { id, occurredAt: now(), data })];
    },
  });
  return payoutRunState(await facts(), runId)?.status === 'abandoned';
}

async function cancelPayouts(
  ports: PayoutPorts,
  { by }: Command,
  runId: string,
  { reason, notSentToBank }: CancelRequest,
): Promise<void> {
  const end: PayoutEnd = { outcome: 'cancelled', reason, notSentToBank };
  const isOver = (status: string) => status === 'cancelled' || status === 'failed';
  for await (const { payout } of payoutsOfRun(ports, runId)) {
    if (isOver(payout.status)) continue;
    const refusal = refusalOf(payout, end, ports.now());
    if (refusal !== null) {
      throw new PayoutError('payout_state', `Nothing was cancelled: ${refusal.message}`);
    }
  }
  const desk = openDocumentDesk(ports);
  await pMap(
    payoutsOfRun(ports, runId),
    async ({ payout }) => {
      if (!isOver(payout.status)) await endPayout(desk, by, payout, end);
    },
    { concurrency: AT_ONCE },
  );
}
