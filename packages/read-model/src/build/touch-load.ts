import type { EventStore, RecordedEvent } from '@provisie/event-store';
import { sql, type CompiledQuery, type RawBuilder } from 'kysely';
import { z } from 'zod';
import { BatchTouches } from '../batch-touches.ts';
import { Batch } from '../batch.ts';
import { NOTHING_CLOSED } from '../close-days.ts';
import { EntityCache } from '../entity-cache.ts';
import { breatheEvery, DEFAULT_SLICE_MS, type Breathe } from '../breathe.ts';
import { isFaultOfDatabase } from '../fault-of-database.ts';
import { holdFence } from '../leadership/fence.ts';
import { indexesOf, type Index } from '../migrations.ts';
import { placeOf, uncountTouch } from '../performance-of-touches.ts';
import type { ProjectionOptions } from '../projection.ts';
import { ProjectionTakenOverError } from '../errors.ts';
import type { ReadModelDatabase } from '../read-model-database.ts';
import { flatInsertion, insertion, statement, type Session } from '../session.ts';
import { TABLE_NAMES, type TouchLoadTable } from '../tables.ts';
import { removeTouchAt } from '../touch-rows.ts';
import { CLICK_SUMS } from './click-sums.ts';
import { touchOf, type Digest } from './digest.ts';
import { TouchLoadFailedError } from './touches-ahead.ts';

const NAME = 'touches';

/** The load that a build left unfinished, or is in; null when there is none. */
export async function loadUnderWay(database: ReadModelDatabase): Promise<TouchLoadTable | null> {
  const { db } = database.reading;
  return (await db.selectFrom('touch_loads').selectAll().executeTakeFirst()) ?? null;
}

const insertTouches = flatInsertion('touches', 'fail');
const insertPostponed = flatInsertion('postponed_events', 'fail');
const addTouchSums = flatInsertion('touch_sums', 'add');
const addVisitorDays = flatInsertion('visitor_days', 'keep');
const postpone = insertion('postponed_events', 'keep');
const keepLoad = insertion('touch_loads', 'replace');

export interface TouchLoading {
  readonly database: ReadModelDatabase;
  readonly store: EventStore;
  readonly projection: ProjectionOptions;
}

/** Fills the tables of a build with touches before anything else is applied. */
export class TouchLoad {
  readonly #loading: TouchLoading;
  #load: TouchLoadTable = {
    name: NAME,
    stage: 'loading',
    last_position: 0,
    last_recorded_at: null,
    last_day: 0,
    counted_to: 0,
  };

  readonly #breathe: Breathe;
  #events = 0;

  constructor(loading: TouchLoading) {
    this.#loading = loading;
    this.#breathe = breatheEvery(loading.projection.sliceMs ?? DEFAULT_SLICE_MS);
  }

  /** Empties the tables of whatever a load left there that broke off, and takes the indexes of touches away. */
  async begin(): Promise<void> {
    await emptyTables(this.#loading);
    await this.#run([DROP_REPEATED]);
    await this.#inTransaction(async (session) => {
      for (const { name } of this.#indexes()) {
        await session.db.schema.dropIndex(name).ifExists().execute();
      }
      await keepLoad(session, [this.#load]);
    });
  }

  async insert(digest: Digest): Promise<void> {
    const { position, recordedAt } = digest.last;
    const last_day = Math.max(this.#load.last_day, digest.lastDay);
    this.#events += digest.events;
    this.#load = { ...this.#load, last_position: position, last_recorded_at: recordedAt, last_day };
    await this.#inTransaction(async (session) => {
      await insertTouches(session, digest.touches, this.#breathe);
      await addTouchSums(session, digest.touchSums, this.#breathe);
      await addVisitorDays(session, digest.visitorDays, this.#breathe);
      await insertPostponed(session, digest.postponed, this.#breathe);
      await keepLoad(session, [this.#load]);
    });
  }

  /** Finds the visitors of clicks and brings the indexes back; touches that share an id are left to be applied one by one. */
  async end(): Promise<void> {
    const { database } = this.#loading;
    const sums = this.#compiled(CLICK_SUMS);
    const [unique, others] = [
      creationsOf(this.#indexes().filter(({ isUnique }) => isUnique)),
      creationsOf(this.#indexes().filter(({ isUnique }) => !isUnique)),
    ];
    if (!(await this.#defineUnlessRepeated([...sums, ...others, ...unique]))) {
      await this.#postponeRepeated();
      await this.#define(unique);
    }
    if (database.dialect.name === 'postgresql')
      await database.define([analyze(database)], { long: true });
    this.#load = { ...this.#load, stage: 'applying' };
    await this.#inTransaction((session) => keepLoad(session, [this.#load]));
  }

  #define(queries: readonly CompiledQuery[]): Promise<void> {
    return this.#loading.database.define(queries, { long: this.#events > FEW_EVENTS });
  }

  #run(statements: readonly RawBuilder<unknown>[]): Promise<void> {
    return this.#define(this.#compiled(statements));
  }

  #compiled(statements: readonly RawBuilder<unknown>[]): CompiledQuery[] {
    const { db } = this.#loading.database.reading;
    return statements.map((query) => query.compile(db));
  }

  /** Leaves the tables as they were made. */
  async abandon(): Promise<void> {
    await emptyTables(this.#loading);
    await this.#define(creationsOf(this.#indexes()));
  }

  /** The unique indexes last. False: some ids are there more than once, and all but these is done. */
  async #defineUnlessRepeated(queries: readonly CompiledQuery[]): Promise<boolean> {
    try {
      await this.#define(queries);
      return true;
    } catch (error) {
      await this.#run([DROP_REPEATED, FIND_REPEATED]);
      if ((await this.#repeatedAfter(0)).length === 0) throw error;
      return false;
    }
  }

  async #postponeRepeated(): Promise<void> {
    let positions = await this.#repeatedAfter(0);
    for (; positions.length > 0; positions = await this.#repeatedAfter(positions.at(-1) ?? 0)) {
      const events = await Promise.all(positions.map((position) => this.#eventAt(position)));
      await this.#inTransaction(async (session) => {
        await postpone(
          session,
          events.map((event) => ({ position: event.position, event: JSON.stringify(event) })),
        );
        await removeTouches(session, events, this.#breathe);
      });
      await this.#breathe();
    }
    await this.#run([DROP_REPEATED]);
  }

  async #repeatedAfter(position: number): Promise<number[]> {
    const { rows } = await sql<{ position: number }>`
      select position from ${REPEATED} where position > ${position} order by position limit ${CHUNK}
    `.execute(this.#loading.database.reading.db);
    return rows.map((row) => row.position);
  }

  async #eventAt(position: number): Promise<RecordedEvent> {
    const { store } = this.#loading;
    for await (const [event] of store.readAll(position - 1, { batchSize: 1 })) {
      if (event?.position === position) return event;
      break;
    }
    throw new Error(`The log has nothing at position ${position}, though it was read there.`);
  }

  #indexes(): Index[] {
    return indexesOf(this.#loading.database.reading.db, 'touches');
  }

  #inTransaction(work: (session: Session) => Promise<void>): Promise<void> {
    return inTransaction(this.#loading, work);
  }
}

/** PostgreSQL chooses its plans by what it knows of a table, and of this one it knows that it was empty. */
function analyze({ reading: { db } }: ReadModelDatabase): CompiledQuery {
  return sql`analyze ${sql.table('touches')}`.compile(db);
}

function creationsOf(indexes: readonly Index[]): CompiledQuery[] {
  return indexes.map(({ creation }) => creation);
}

/** The places of touches that share an id: to find them takes a sort of all. */
const REPEATED = sql.table('repeated_touches');
const DROP_REPEATED = sql`drop table if exists ${REPEATED}`;
const FIND_REPEATED = sql`
  create table ${REPEATED} as select position from touches where touch_id in
    (select touch_id from touches group by touch_id having count(*) > 1)`;
const CHUNK = 500;
/** To go through all of them takes no longer than a thread takes to start. */
export const FEW_EVENTS = 20_000;

/** Takes them from the table, and their clicks from the counts. */
async function removeTouches(
  session: Session,
  events: readonly RecordedEvent[],
  breathe: Breathe,
): Promise<void> {
  const touches = await BatchTouches.insert(session, []);
  const batch = new Batch(session, new EntityCache(), touches, breathe, NOTHING_CLOSED, false);
  for (const event of events) {
    await removeTouchAt(session, event.position);
    const touch = touchOf(event);
    if (touch !== null) await uncountTouch(batch, touch, placeOf(batch.cache, touch));
  }
}

/** Throws `TouchLoadFailedError` when it may be an event that made it fail. */
async function inTransaction(
  { database, projection: { fence, giveUp } }: TouchLoading,
  work: (session: Session) => Promise<void>,
): Promise<void> {
  if (giveUp?.aborted === true) throw new ProjectionTakenOverError();
  try {
    await database.transaction(async (session) => {
      if (fence !== undefined) await holdFence(session, fence);
      await work(session);
    });
  } catch (error) {
    if (error instanceof ProjectionTakenOverError || isFaultOfDatabase(error)) throw error;
    throw new TouchLoadFailedError(error);
  }
}

async function emptyTables(loading: TouchLoading): Promise<void> {
  await inTransaction(loading, async (session) => {
    for (const name of TABLE_NAMES) {
      if (name !== 'checkpoint') await session.db.deleteFrom(name).execute();
    }
    await session.db
      .updateTable('checkpoint')
      .set({ position: 0, handled_at: null, last_recorded_at: null, closed_day: 0 })
      .execute();
  });
}

const postponedAfter = statement((db) =>
  db
    .selectFrom('postponed_events')
    .select('event')
    .where('position', '>', 0)
    .orderBy('position')
    .limit(0)
    .compile(),
);

/** Written by us from an event, so its shape needs no second check. */
const asWritten = z.custom<RecordedEvent>();

/** The next events that were postponed, in log order. */
export async function nextPostponed(
  session: Session,
  after: number,
  limit: number,
): Promise<RecordedEvent[]> {
  const rows = await postponedAfter(session, after, limit);
  return rows.map(({ event }) => asWritten.parse(JSON.parse(event)));
}

export const visitsCountedTo = statement((db) =>
  db
    .updateTable('touch_loads')
    .set({ counted_to: 0 })
    .where('name', '=', NAME)
    .returning('name')
    .compile(),
);

/** What was done is forgotten: the tables are those that the log comes to. */
export async function forgetLoad({ db }: Session): Promise<void> {
  await sql`delete from postponed_events`.execute(db);
  await sql`delete from touch_loads`.execute(db);
}
