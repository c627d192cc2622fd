import { payoutStates, type FactOfType, type PayoutView } from '@provisie/domain';
import { pMapIterable } from 'p-map';
import { detailsOf } from '../documents/issue-documents.ts';
import type { PayoutDetails } from '../details/payout-details.ts';
import { PayoutError } from '../errors.ts';
import { payoutsOf } from '../log.ts';
import type { PayoutPorts } from '../ports.ts';
import { plannedPayouts } from '../runs/run-log.ts';
import type { PlannedPayout } from '../runs/run-log.ts';

/** A payout of a run as its stream tells of it, and where it goes. */
export interface RunPayout {
  readonly payout: PayoutView;
  /** The files it stands in. */
  readonly attempts: readonly number[];
  readonly details: PayoutDetails | null;
  /** Of the documents issued with it; those that undo them came later and are left out. */
  readonly documentNumbers: readonly string[];
}

/** Streams read ahead at the same time. */
const AHEAD = 16;

/** The payouts of a run that were scheduled, in the order of the plan, however many there are. */
export function payoutsOfRun(
  ports: Pick<PayoutPorts, 'store' | 'vault'>,
  runId: string,
): AsyncIterable<RunPayout | null> {
  const look = (planned: PlannedPayout) => runPayout(ports, planned);
  return pMapIterable(plannedPayouts(ports.store, runId), look, {
    concurrency: AHEAD,
    backpressure: AHEAD * 4,
  });
}

async function runPayout(
  ports: Pick<PayoutPorts, 'store' | 'vault'>,
  { partnerId, payoutId }: PlannedPayout,
): Promise<RunPayout | null> {
  const facts = await payoutsOf(ports.store, partnerId);
  const payout = payoutStates(facts).find((state) => state.payoutId === payoutId);
  const scheduled = facts.find(
    (fact): fact is FactOfType<'PayoutScheduled'> =>
      fact.type === 'PayoutScheduled' && fact.data.payoutId === payoutId,
  );
  if (payout === undefined || scheduled === undefined) return null;
  const attempts = facts.flatMap((fact) =>
    fact.type === 'PayoutExported' && fact.data.payoutId === payoutId ? [fact.data.attempt] : [],
  );
  const documentNumbers = facts.flatMap((fact) =>
    fact.type === 'DocumentIssued' &&
    fact.data.payoutId === payoutId &&
    fact.data.about !== 'reversal'
      ? [fact.data.number]
      : [],
  );
  const details = await detailsUnlessErased(ports, scheduled);
  return { payout, attempts, details, documentNumbers };
}

async function detailsUnlessErased(
  ports: Pick<PayoutPorts, 'store' | 'vault'>,
  { data }: FactOfType<'PayoutScheduled'>,
): Promise<PayoutDetails | null> {
  try {
    return await detailsOf(ports, data);
  } catch (error) {
    if (error instanceof PayoutError && error.code === 'details_erased') return null;
    throw error;
  }
}
