import {
  assessPayout,
  newFact,
  streams,
  type Fact,
  type NewFact,
  type PayoutAssessment,
  type PayoutCandidate,
  type PayoutRunView,
  type SkipReason,
} from '@provisie/domain';
import { eventIdOf, EventStoreError } from '@provisie/event-store';
import { decideOn } from '../log.ts';
import type { PayoutPorts } from '../ports.ts';
import { hashOfLines } from './plan.ts';
import type { PlannedPayout } from './run-log.ts';

/** The key under which the payouts of a run are written: an approval carried out, by whoever carries on with it. */
export const BY_RUN = 'payout-run';

/** A payout of a plan, and what a snapshot that has handled the log up to `seenUpTo` knows of its partner. */
export interface Scheduling {
  readonly ports: PayoutPorts;
  readonly run: PayoutRunView;
  readonly planned: PlannedPayout;
  readonly candidate: PayoutCandidate;
  readonly seenUpTo: number;
}

type Outcome = NewFact<'PayoutScheduled'> | NewFact<'PayoutSkipped'>;

/**
 * Writes the payout as it was approved, or that the run skips it and why; what is in the partner's stream, now or since
 * an earlier attempt, stays. True when it is the payout.
 */
export async function schedulePayout(scheduling: Scheduling): Promise<boolean> {
  try {
    return await settle(scheduling, (facts) => payoutOrSkip(scheduling, facts));
  } catch (error) {
    const isTooLarge = error instanceof EventStoreError && error.code === 'append_too_large';
    if (!isTooLarge) throw error;
    return settle(scheduling, () => skipped(scheduling, 'too_large'));
  }
}

async function settle(
  { ports, planned: { partnerId, payoutId } }: Scheduling,
  decide: (facts: readonly Fact[]) => Outcome,
): Promise<boolean> {
  let isScheduled = false;
  await decideOn(ports.store, {
    stream: streams.payouts(partnerId),
    by: BY_RUN,
    decide: (facts) => {
      const known = facts.find(
        (fact) =>
          (fact.type === 'PayoutScheduled' || fact.type === 'PayoutSkipped') &&
          fact.data.payoutId === payoutId,
      );
      if (known !== undefined) {
        isScheduled = known.type === 'PayoutScheduled';
        return [];
      }
      const outcome = decide(facts);
      isScheduled = outcome.type === 'PayoutScheduled';
      return [outcome];
    },
  });
  return isScheduled;
}

function payoutOrSkip(scheduling: Scheduling, facts: readonly Fact[]): Outcome {
  const { ports, run, planned, candidate, seenUpTo } = scheduling;
  if (isSettledAfter(facts, seenUpTo)) return skipped(scheduling, 'settled_meanwhile');
  const { openedAt: at, cutOff } = run;
  const assessment = assessPayout(candidate, { at, cutOff, coolingMs: ports.policy.coolingMs });
  const details = candidate.partner?.payoutDetails ?? null;
  if (details === null) return skipped(scheduling, 'no_payout_details');
  const reason = reasonToSkip(assessment, planned);
  if (reason !== null) return skipped(scheduling, reason);
  const { payoutId, partnerId } = planned;
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
  return newFact('PayoutScheduled', { id, occurredAt: ports.now(), data });
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

/** Null: it is due, and as it was approved. */
function reasonToSkip(assessment: PayoutAssessment, planned: PlannedPayout): SkipReason | null {
  const [block] = assessment.blocks;
  if (block !== undefined) return block.reason;
  if (assessment.status === 'below_threshold') return 'below_threshold';
  const isAsApproved =
    assessment.totalCents === planned.totalCents && hashOfLines(assessment.lines) === planned.lines;
  return isAsApproved ? null : 'changed_since_approval';
}

function skipped({ ports, run, planned }: Scheduling, reason: SkipReason): Outcome {
  const { runId, currency } = run;
  const { payoutId, partnerId, netCents: amountCents, totalCents } = planned;
  const data = { payoutId, runId, partnerId, currency, amountCents, totalCents, reason };
  const id = eventIdOf('PayoutSkipped', payoutId);
  return newFact('PayoutSkipped', { id, occurredAt: ports.now(), data });
}
