import {
  assessPayout,
  newFact,
  payoutRunState,
  streams,
  type Fact,
  type PayoutAssessment,
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
import { hashOfLines } from './plan.ts';
import { plannedParts, runOf } from './run-log.ts';
import type { PlannedPayout } from './run-log.ts';

/** Streams written at the same time: they share commits. */
const AT_ONCE = 64;

/** The key under which the payouts of a run are written: an approval carried out, by whoever carries on with it. */
const BY = 'payout-run';

/**
 * Carries out the plan of an approved run: each partner's payout as it was approved, or none where something changed
 * since. May be broken off anywhere and run again, also by several at once: a payout is in its stream once.
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
        if (await schedule(ports, run, model.position, planned, candidate)) {
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

/** True when the payout is in its stream, now or since an earlier attempt. */
async function schedule(
  { store, now, policy }: PayoutPorts,
  run: PayoutRunView,
  seenUpTo: number,
  planned: PlannedPayout,
  candidate: PayoutCandidate,
): Promise<boolean> {
  const { payoutId, partnerId } = planned;
  let isThere = false;
  await decideOn(store, {
    stream: streams.payouts(partnerId),
    by: BY,
    decide: (facts) => {
      isThere = facts.some(
        (fact) => fact.type === 'PayoutScheduled' && fact.data.payoutId === payoutId,
      );
      if (isThere || isSettledAfter(facts, seenUpTo)) return [];
      const moments = { at: run.openedAt, cutOff: run.cutOff, coolingMs: policy.coolingMs };
      const assessment = assessPayout(candidate, moments);
      const details = candidate.partner?.payoutDetails ?? null;
      if (details === null || !isAsApproved(assessment, planned)) return [];
      isThere = true;
      const { currency, netCents: amountCents, totalCents } = assessment;
      const data = {
        payoutId,
        runId: run.runId,
        partnerId,
        currency,
        amountCents,
        totalCents,
        vat: [...assessment.vat],
        taxProfile: details.taxProfile,
        payoutDetailsId: details.payoutDetailsId,
        lines: [...assessment.lines],
      };
      const id = eventIdOf('PayoutScheduled', payoutId);
      return [newFact('PayoutScheduled', { id, occurredAt: now(), data })];
    },
  });
  return isThere;
}

/** Something was paid, taken back or written off that the snapshot doesn't know of. */
function isSettledAfter(facts: readonly Fact[], position: number): boolean {
  return facts.some(
    (fact) =>
      fact.position > position &&
      (fact.type === 'PayoutScheduled' ||
        fact.type === 'PayoutFailed' ||
        fact.type === 'PayoutCancelled' ||
        fact.type === 'BalanceWrittenOff'),
  );
}

function isAsApproved(assessment: PayoutAssessment, planned: PlannedPayout): boolean {
  return (
    assessment.status === 'due' &&
    assessment.totalCents === planned.totalCents &&
    hashOfLines(assessment.lines) === planned.lines
  );
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
    by: BY,
    decide: (facts) => {
      const run = payoutRunState(facts, runId);
      if (run?.status !== 'scheduling') return [];
      const data = { runId, outcome: 'scheduled' as const, ...scheduled, skipped };
      const id = eventIdOf('PayoutRunClosed', runId);
      return [newFact('PayoutRunClosed', { id, occurredAt: now(), data })];
    },
  });
}
