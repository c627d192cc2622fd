import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  payoutRunState,
  streams,
  type Fact,
  type FactOfType,
  type PayoutRunView,
} from '@provisie/domain';
import { readFact, type EventStore } from '@provisie/event-store';
import { PayoutError } from '../errors.ts';
import { factsIn, largeEventsIn } from '../log.ts';

export type PlannedPayout = FactOfType<'PayoutRunPlanned'>['data']['payouts'][number];

/** A run as the log tells of it, its payment files included. */
export async function runOf(store: EventStore, runId: string): Promise<PayoutRunView> {
  const run = await findRun(store, runId);
  if (run !== null) return run;
  throw new PayoutError('run_unknown', `There is no payout run ${runId}.`);
}

export async function findRun(store: EventStore, runId: string): Promise<PayoutRunView | null> {
  const runs = await factsIn(store, streams.payoutRuns);
  const exports = await exportsOf(store, runs, runId);
  return payoutRunState([...runs, ...exports], runId);
}

/** The payment files of a run; none for one that was never opened. `runs`: the facts of the runs' stream. */
export async function exportsOf(
  store: EventStore,
  runs: readonly Fact[],
  runId: string,
): Promise<readonly FactOfType<'PayoutRunExported'>[]> {
  const opened = runs.find(
    (fact): fact is FactOfType<'PayoutRunOpened'> =>
      fact.type === 'PayoutRunOpened' && fact.data.runId === runId,
  );
  if (opened === undefined) return [];
  // The parts of the plan come first, and each is there once.
  const options = { fromRevision: opened.data.parts };
  const facts = await factsIn(store, streams.payoutRun(runId), options);
  return facts.filter((fact) => fact.type === 'PayoutRunExported');
}

/** The plan of a run, some hundred payouts at a time, in the order of partner ids. */
export async function* plannedParts(
  store: EventStore,
  runId: string,
): AsyncGenerator<readonly PlannedPayout[]> {
  for await (const event of largeEventsIn(store, streams.payoutRun(runId))) {
    if (event.type !== 'PayoutRunPlanned') continue;
    const fact = readFact(event);
    if (fact.type === 'PayoutRunPlanned') yield fact.data.payouts;
  }
}

/** Payouts after which others get a turn. */
const TURN = 50;

export async function* plannedPayouts(
  store: EventStore,
  runId: string,
): AsyncGenerator<PlannedPayout> {
  for await (const part of plannedParts(store, runId)) {
    for (const [index, planned] of part.entries()) {
      // Whoever looks each of them up may never wait: others get a turn in between.
      if (index % TURN === 0) await nextTurn();
      yield planned;
    }
  }
}
