import { payoutRunStates, streams, type FactOfType, type PayoutRunView } from '@provisie/domain';
import { readFact, type EventStore } from '@provisie/event-store';
import { PayoutError } from '../errors.ts';
import { factsIn } from '../log.ts';

export type PlannedPayout = FactOfType<'PayoutRunPlanned'>['data']['payouts'][number];

/** A run as the log tells of it, its payment files included. */
export async function runOf(store: EventStore, runId: string): Promise<PayoutRunView> {
  const run = await findRun(store, runId);
  if (run !== null) return run;
  throw new PayoutError('run_unknown', `There is no payout run ${runId}.`);
}

export async function findRun(store: EventStore, runId: string): Promise<PayoutRunView | null> {
  const opened = await factsIn(store, streams.payoutRuns);
  const exported: FactOfType<'PayoutRunExported'>[] = [];
  for await (const event of store.readStream(streams.payoutRun(runId))) {
    if (event.type !== 'PayoutRunExported') continue;
    const fact = readFact(event);
    if (fact.type === 'PayoutRunExported') exported.push(fact);
  }
  const runs = payoutRunStates([...opened, ...exported]);
  return runs.find((run) => run.runId === runId) ?? null;
}

/** The plan of a run, some hundred payouts at a time, in the order of partner ids. */
export async function* plannedParts(
  store: EventStore,
  runId: string,
): AsyncGenerator<readonly PlannedPayout[]> {
  for await (const event of store.readStream(streams.payoutRun(runId))) {
    if (event.type !== 'PayoutRunPlanned') continue;
    const fact = readFact(event);
    if (fact.type === 'PayoutRunPlanned') yield fact.data.payouts;
  }
}

export async function* plannedPayouts(
  store: EventStore,
  runId: string,
): AsyncGenerator<PlannedPayout> {
  for await (const part of plannedParts(store, runId)) yield* part;
}
