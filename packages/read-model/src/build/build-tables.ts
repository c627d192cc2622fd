import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReadableLog } from '@provisie/event-store';
import { applyLog } from '../applying/apply-log.ts';
import { countTouches } from '../counting/performance-of-touches.ts';
import { Projection, type ProjectionOptions } from '../applying/projection.ts';
import type { ReadModelDatabase } from '../database/read-model-database.ts';
import type { TouchLoadTable } from '../tables/index.ts';
import { visitsAmong } from '../batch/touch-rows.ts';
import { NOTHING_CLOSED } from '../counting/close-days.ts';
import { digests } from './digests.ts';
import { closingSums } from './closing-sums.ts';
import { creationsOf, indexesOfQueries } from './indexes-of-queries.ts';
import { TouchesAhead, TouchLoadFailedError } from '../batch/touches-ahead.ts';
import { postponedBatches } from './postponed-batches.ts';
import { FEW_EVENTS, forgetLoad, loadUnderWay, TouchLoad, visitsCountedTo } from './touch-load.ts';

export interface TablesBuilt {
  readonly database: ReadModelDatabase;
  readonly store: ReadableLog;
  readonly projection: ProjectionOptions;
  /** The last position to apply. */
  readonly until: number;
  /** Ends it between two batches; its reason is thrown. */
  readonly signal?: AbortSignal;
  /** Called when more is done, with the share of it all; what it throws ends it. */
  readonly onBatch: (share: number) => Promise<void>;
  readonly limits?: BuildLimits;
}

export interface BuildLimits {
  /** Events other than touches in one transaction. */
  readonly batchSize: number;
  /** Touches that are expected, in memory. */
  readonly mostExpected: number;
  /** Of a log with more, another thread reads ahead. */
  readonly fewEvents: number;
}

const LIMITS: BuildLimits = { batchSize: 250, mostExpected: 20_000, fewEvents: FEW_EVENTS };

/**
 * Applies the log to tables that nobody reads yet, from wherever an attempt before left them; resolves to what goes on
 * from there. Nearly all of a log is touches, which nothing happens to but that others read them: so they are loaded
 * first, in bulk, and what is left is then applied in log order, looking past those that come later. What that can't
 * do exactly, it leaves to the way that takes every event in turn.
 */
export async function buildTables(options: TablesBuilt): Promise<Projection> {
  const { database } = options;
  const unfinished = await loadUnderWay(database);
  const { position } = await database.checkpoint();
  try {
    if (unfinished?.stage === 'applying') return await applyPostponed(options, unfinished);
    if (position > 0) return await applyInTurn(options);
    return await applyPostponed(options, await loadTouches(options));
  } catch (error) {
    if (!(error instanceof TouchLoadFailedError)) throw error;
    await new TouchLoad(options).abandon();
    return applyInTurn(options);
  }
}

async function applyInTurn(options: TablesBuilt): Promise<Projection> {
  const { database, projection: projectionOptions, until, onBatch } = options;
  const projection = await Projection.resume(database, projectionOptions);
  await applyLog(projection, {
    ...options,
    onBatch: () => onBatch(until === 0 ? 1 : projection.position / until),
  });
  return projection;
}

/** About what loading takes of the time. */
const SHARE_OF_LOADING = 0.6;

async function loadTouches(options: TablesBuilt): Promise<TouchLoadTable> {
  const { database, until, signal, onBatch } = options;
  const load = new TouchLoad(options);
  await load.begin();
  for await (const digest of digests(options)) {
    signal?.throwIfAborted();
    await load.insert(digest);
    await onBatch((SHARE_OF_LOADING * digest.last.position) / until);
  }
  signal?.throwIfAborted();
  await load.end();
  const loaded = await loadUnderWay(database);
  if (loaded === null) throw new Error('What was loaded is gone.');
  return loaded;
}

/** Touches that are looked through for visits in one transaction. */
const LOOKED_THROUGH = 10_000;

async function applyPostponed(
  options: TablesBuilt,
  {
    last_position: end,
    last_recorded_at: recordedAt,
    last_day: closedDay,
    counted_to: countedTo,
  }: TouchLoadTable,
): Promise<Projection> {
  const { database, store, signal, onBatch, limits = LIMITS } = options;
  const { position } = await database.checkpoint();
  const ahead = new TouchesAhead(store, { position, decided: position > 0 }, limits.mostExpected);
  const projection = await Projection.resume(database, options.projection, ahead);
  const reading = {
    database,
    after: projection.position,
    batchSize: limits.batchSize,
    isLong: end > limits.fewEvents,
  };
  for await (const { events, touches } of postponedBatches(reading)) {
    signal?.throwIfAborted();
    ahead.bring(touches);
    await projection.apply(events);
    const share = SHARE_OF_LOADING + (1 - SHARE_OF_LOADING) * (projection.position / end);
    await onBatch(share);
  }
  signal?.throwIfAborted();
  await countVisits(options, projection, { after: countedTo, until: end });
  await complete(database, closedDay, { long: end > FEW_EVENTS });
  if (recordedAt === null) await projection.alongside(forgetLoad);
  else await projection.conclude({ position: end, recordedAt }, forgetLoad);
  return Projection.resume(database, options.projection);
}

/** Every link is known now, so each is counted where it stays. */
async function countVisits(
  { signal }: TablesBuilt,
  projection: Projection,
  range: { readonly after: number; readonly until: number },
): Promise<void> {
  let after: number | null = range.after;
  while (after !== null) {
    signal?.throwIfAborted();
    after = await countSomeVisits(projection, { after, until: range.until });
    await nextTurn();
  }
}

/**
 * Every touch is counted, every order decided, and it is known whose they are: closes the days before `closedDay`, and
 * makes what queries need besides.
 */
async function complete(
  database: ReadModelDatabase,
  closedDay: number,
  options: { readonly long: boolean },
): Promise<void> {
  const { db } = database.reading;
  const sums = closingSums(closedDay).map((query) => query.compile(db));
  await database.define([...sums, ...creationsOf(indexesOfQueries(database))], options);
}

/** Null when all are counted. */
async function countSomeVisits(
  projection: Projection,
  range: { readonly after: number; readonly until: number },
): Promise<number | null> {
  let countedTo: number | null = null;
  await projection.alongside(async (session, cache) => {
    const { visits, to } = await visitsAmong(session, range, LOOKED_THROUGH);
    await countTouches({ session, cache, countsVisits: true, closedDay: NOTHING_CLOSED }, visits);
    await visitsCountedTo(session, to ?? range.until, 'touches');
    countedTo = to;
  });
  return countedTo;
}
