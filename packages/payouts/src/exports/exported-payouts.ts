import { payoutStates, type Fact, type FactOfType, type PayoutView } from '@provisie/domain';
import { pMapIterable } from 'p-map';
import type { PayoutDetails } from '../details/payout-details.ts';
import { detailsOf } from '../documents/issue-documents.ts';
import { PayoutError } from '../errors.ts';
import { payoutsOf } from '../log.ts';
import type { PayoutPorts } from '../ports.ts';
import { plannedPayouts } from '../runs/run-log.ts';
import type { PlannedPayout } from '../runs/run-log.ts';

/** A payout of a run as its stream tells of it. */
export interface RunPayout {
  readonly payout: PayoutView;
  /** The files it stands in. */
  readonly attempts: readonly number[];
  /** Of the documents issued with it; those that undo them came later and are left out. */
  readonly documentNumbers: readonly string[];
}

/** The same and where it goes; null once that was erased. */
export interface PayeePayout extends RunPayout {
  readonly details: PayoutDetails | null;
}

/** The payouts of a run that were scheduled, in the order of the plan, however many there are. */
export function payoutsOfRun(
  ports: Pick<PayoutPorts, 'store'>,
  runId: string,
): AsyncGenerator<RunPayout> {
  return readAhead(ports, runId, async (facts, payoutId) => runPayout(facts, payoutId));
}

/** The same with the accounts they go to. */
export function payeesOfRun(
  ports: Pick<PayoutPorts, 'store' | 'vault'>,
  runId: string,
): AsyncGenerator<PayeePayout> {
  return readAhead(ports, runId, async (facts, payoutId) => {
    const found = runPayout(facts, payoutId);
    if (found === null) return null;
    return { ...found, details: await detailsUnlessErased(ports, found.payout) };
  });
}

/** Streams read ahead at the same time. */
const AHEAD = 16;

async function* readAhead<Found>(
  { store }: Pick<PayoutPorts, 'store'>,
  runId: string,
  look: (facts: readonly Fact[], payoutId: string) => Promise<Found | null>,
): AsyncGenerator<Found> {
  const lookAt = async ({ partnerId, payoutId }: PlannedPayout) =>
    look(await payoutsOf(store, partnerId), payoutId);
  const reading = { concurrency: AHEAD, backpressure: AHEAD * 4 };
  for await (const found of pMapIterable(plannedPayouts(store, runId), lookAt, reading)) {
    if (found !== null) yield found;
  }
}

/** Null for a payout of the plan that was never scheduled. */
function runPayout(facts: readonly Fact[], payoutId: string): RunPayout | null {
  const payout = payoutStates(facts).find((state) => state.payoutId === payoutId);
  if (payout === undefined) return null;
  return {
    payout,
    attempts: ofPayout(facts, payoutId, 'PayoutExported').map(({ data }) => data.attempt),
    documentNumbers: ofPayout(facts, payoutId, 'DocumentIssued')
      .filter(({ data }) => data.about !== 'reversal')
      .map(({ data }) => data.number),
  };
}

function ofPayout<Type extends 'PayoutExported' | 'DocumentIssued'>(
  facts: readonly Fact[],
  payoutId: string,
  type: Type,
): readonly FactOfType<Type>[] {
  const isWanted = (fact: Fact): fact is FactOfType<Type> =>
    fact.type === type && 'payoutId' in fact.data && fact.data.payoutId === payoutId;
  return facts.filter(isWanted);
}

async function detailsUnlessErased(
  ports: Pick<PayoutPorts, 'store' | 'vault'>,
  payout: PayoutView,
): Promise<PayoutDetails | null> {
  try {
    return await detailsOf(ports, payout);
  } catch (error) {
    if (error instanceof PayoutError && error.code === 'details_erased') return null;
    throw error;
  }
}
