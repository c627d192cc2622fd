import {
  newFact,
  payoutRunState,
  streams,
  type PayoutCandidate,
  type PayoutRunTotals,
  type PayoutRunView,
} from '@provisie/domain';
import { eventIdOf } from '@provisie/event-store';
import type { Page, ReadModelSnapshot } from '@provisie/read-model';
import pMap from 'p-map';
import { onCaughtUpSnapshot } from '../caught-up.ts';
import { PayoutError } from '../errors.ts';
import { decideOn } from '../log.ts';
import type { PayoutPorts } from '../ports.ts';
import { plannedParts, runOf } from './run-log.ts';
import type { PlannedPayout } from './run-log.ts';
import { BY_RUN, schedulePayout } from './schedule-payout.ts';

/** Streams written at the same time: they share commits. */
const AT_ONCE = 64;

/**
 * Carries out the plan of an approved run: each partner's payout as it was approved, or that they are skipped, and
 * why. May be broken off anywhere and run again, also by several at once: a payout is in its stream once.
 */
export async function scheduleRun(ports: PayoutPorts, runId: string): Promise<PayoutRunView> {
  const run = await runOf(ports.store, runId);
  if (run.status === 'scheduled' || run.status === 'abandoned') return run;
  if (run.status === 'awaiting_approval') {
    throw new PayoutError('run_state', `Payout run ${runId} awaits a second approval.`);
  }
  const outcome = await onCaughtUpSnapshot(ports, (model) => scheduleAll(ports, run, model));
  await close(ports, run, outcome);
  return runOf(ports.store, runId);
}

interface Outcome {
  readonly scheduled: PayoutRunTotals;
  readonly skipped: number;
}

/** In one snapshot an order is one partner's, so no two payouts of the run can both pay it. */
async function scheduleAll(
  ports: PayoutPorts,
  run: PayoutRunView,
  model: ReadModelSnapshot,
): Promise<Outcome> {
  let scheduled: PayoutRunTotals = { payouts: 0, netCents: 0, vatCents: 0, totalCents: 0 };
  let skipped = 0;
  for await (const part of plannedParts(ports.store, run.runId)) {
    const plan = new Map(part.map((planned) => [planned.partnerId, planned]));
    for await (const candidates of candidatesOf(model, run, [...plan.keys()])) {
      const scheduleOne = async (candidate: PayoutCandidate) => {
        const planned = plan.get(candidate.partnerId);
        if (planned === undefined) return;
        const seenUpTo = model.position;
        if (await schedulePayout({ ports, run, planned, candidate, seenUpTo })) {
          scheduled = plus(scheduled, planned);
        } else skipped += 1;
      };
      await pMap(candidates, scheduleOne, { concurrency: AT_ONCE });
    }
  }
  return { scheduled, skipped };
}

async function* candidatesOf(
  model: ReadModelSnapshot,
  { currency, cutOff, openedAt }: PayoutRunView,
  partnerIds: readonly string[],
): AsyncGenerator<readonly PayoutCandidate[]> {
  const request = { currency, cutOff, at: openedAt, partnerIds };
  let cursor: string | null = null;
  do {
    const page: Page<PayoutCandidate> = await model.payoutCandidates(request, {
      limit: partnerIds.length,
      cursor,
    });
    yield page.rows;
    cursor = page.next;
  } while (cursor !== null);
}

function plus(totals: PayoutRunTotals, { netCents, totalCents }: PlannedPayout): PayoutRunTotals {
  return {
    payouts: totals.payouts + 1,
    netCents: totals.netCents + netCents,
    vatCents: totals.vatCents + totalCents - netCents,
    totalCents: totals.totalCents + totalCents,
  };
}

async function close(
  { store, now }: PayoutPorts,
  { runId }: PayoutRunView,
  { scheduled, skipped }: Outcome,
): Promise<void> {
  await decideOn(store, {
    stream: streams.payoutRuns,
    by: BY_RUN,
    decide: (facts) => {
      const run = payoutRunState(facts, runId);
      if (run?.status !== 'scheduling') return [];
      const data = { runId, outcome: 'scheduled' as const, ...scheduled, skipped };
      const id = eventIdOf('PayoutRunClosed', runId);
      return [newFact('PayoutRunClosed', { id, occurredAt: now(), data })];
    },
  });
}
