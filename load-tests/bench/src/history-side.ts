import path from 'node:path';
import { streams, type NewFact } from '@provisie/domain';
import type { RecordedEvent } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { openSqliteReadModel, Projection, type SqliteReadModel } from '@provisie/read-model';
import { peakRssMb } from './measurement.ts';
import { writeSyntheticLog } from './synthetic-log.ts';

/** Enough for one click of each of some visitors. */
const EVENTS_BEFORE = 100;
const AT_ONCE = 500;

/** Events that are measured together, each in a batch of its own. */
export interface Phase {
  readonly name: string;
  readonly facts: readonly NewFact[];
  /** What they come to. */
  readonly operations: number;
}

/** A read model after a programme and this history; then each phase, of which it prints what it took. */
export async function measurePhases(
  folder: string,
  history: readonly NewFact[],
  phases: readonly Phase[],
): Promise<SqliteReadModel> {
  const log = await logOf(folder, [...history, ...phases.flatMap(({ facts }) => facts)]);
  const model = await openSqliteReadModel({ folder });
  const projection = await Projection.resume(model.database, { unreadable: 'stop', now: Date.now });
  let known = log.length - phases.reduce((sum, { facts }) => sum + facts.length, 0);
  for (let from = 0; from < known; from += AT_ONCE) {
    await projection.apply(log.slice(from, Math.min(known, from + AT_ONCE)));
  }
  for (const { name, facts, operations } of phases) {
    const started = performance.now();
    for (const event of log.slice(known, known + facts.length)) await projection.apply([event]);
    const seconds = (performance.now() - started) / 1000;
    const run = { name, operations, seconds, p50: null, p99: null, peakRssMb: peakRssMb() };
    console.log(JSON.stringify(run));
    known += facts.length;
  }
  return model;
}

async function logOf(folder: string, facts: readonly NewFact[]): Promise<RecordedEvent[]> {
  const store = openSqliteEventStore({ file: path.join(folder, 'events.sqlite') });
  await writeSyntheticLog(store, EVENTS_BEFORE, { withOrders: false });
  for (let from = 0; from < facts.length; from += AT_ONCE) {
    const some = facts.slice(from, from + AT_ONCE);
    const result = await store.append(streams.order('of-one'), some, 'any');
    if (!result.ok) throw new Error('an append to any revision met a conflict');
  }
  const log: RecordedEvent[] = [];
  for await (const batch of store.readAll(0)) log.push(...batch);
  await store.close();
  return log;
}
