import { sql, type CompiledQuery, type RawBuilder } from 'kysely';
import { breatheEvery, DEFAULT_SLICE_MS, type Breathe } from '../database/breathe.ts';
import { indexesOf, type Index } from '../database/indexes.ts';
import type { ReadModelDatabase } from '../database/read-model-database.ts';
import { flatInsertion, insertion, statement, type Session } from '../database/session.ts';
import type { TouchLoadTable } from '../tables/index.ts';
import { ClickCounts } from './click-counts.ts';
import { CLICK_SUMS } from './click-sums.ts';
import type { Digest } from './digest.ts';
import { creationsOf, dropIndexes, indexesOfQueries } from './indexes-of-queries.ts';
import { emptyTables, loadInTransaction, type TouchLoading } from './loading.ts';
import { RepeatedTouches } from './repeated-touches.ts';

/** To go through all of them takes no longer than a thread takes to start. */
export const FEW_EVENTS = 20_000;

/** Many, so that what is counted comes to fewer rows, and those to neighbours. */
const COUNTED_TOGETHER = 16_000;

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
const keepLoad = insertion('touch_loads', 'replace');

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
  readonly #repeated: RepeatedTouches;
  /** Of clicks; a visit is counted when every link is known. */
  #counts = new ClickCounts();
  #events = 0;

  constructor(loading: TouchLoading) {
    this.#loading = loading;
    this.#breathe = breatheEvery(loading.projection.sliceMs ?? DEFAULT_SLICE_MS);
    this.#repeated = new RepeatedTouches(loading, this.#breathe, (statements) =>
      this.#define(this.#compiled(statements)),
    );
  }

  /** Empties the tables of whatever a load left there that broke off, and takes away the indexes that are made later. */
  async begin(): Promise<void> {
    await emptyTables(this.#loading);
    await this.#repeated.forget();
    await this.#inTransaction(async (session) => {
      await dropIndexes(session, [...this.#indexes(), ...this.#indexesOfQueries()]);
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
      await insertPostponed(session, digest.postponed, this.#breathe);
      this.#counts.add(digest.touches);
      if (this.#counts.clicks >= COUNTED_TOGETHER) await this.#writeCounts(session);
      await keepLoad(session, [this.#load]);
    });
  }

  async #writeCounts(session: Session): Promise<void> {
    const { touchSums, visitorDays } = this.#counts.rows();
    this.#counts = new ClickCounts();
    await addTouchSums(session, touchSums, this.#breathe);
    await addVisitorDays(session, visitorDays, this.#breathe);
  }

  /** Finds the visitors of clicks and brings the indexes back; touches that share an id are left to be applied one by one. */
  async end(): Promise<void> {
    const { database } = this.#loading;
    await this.#inTransaction((session) => this.#writeCounts(session));
    const sums = this.#compiled(CLICK_SUMS);
    const [unique, others] = [
      creationsOf(this.#indexes().filter(({ isUnique }) => isUnique)),
      creationsOf(this.#indexes().filter(({ isUnique }) => !isUnique)),
    ];
    if (!(await this.#defineUnlessRepeated([...sums, ...others, ...unique]))) {
      await this.#repeated.postpone();
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

  #compiled(statements: readonly RawBuilder<unknown>[]): CompiledQuery[] {
    const { db } = this.#loading.database.reading;
    return statements.map((query) => query.compile(db));
  }

  /** Leaves the tables as they were made. */
  async abandon(): Promise<void> {
    await emptyTables(this.#loading);
    await this.#define(creationsOf([...this.#indexes(), ...this.#indexesOfQueries()]));
  }

  /** The unique indexes last. False: some ids are there more than once, and all but these is done. */
  async #defineUnlessRepeated(queries: readonly CompiledQuery[]): Promise<boolean> {
    try {
      await this.#define(queries);
      return true;
    } catch (error) {
      if (await this.#repeated.find()) return false;
      throw error;
    }
  }

  #indexes(): Index[] {
    return indexesOf(this.#loading.database.reading.db, 'touches');
  }

  #indexesOfQueries(): readonly Index[] {
    return indexesOfQueries(this.#loading.database);
  }

  #inTransaction(work: (session: Session) => Promise<void>): Promise<void> {
    return loadInTransaction(this.#loading, work);
  }
}

/** PostgreSQL chooses its plans by what it knows of a table, and of this one it knows that it was empty. */
function analyze({ reading: { db } }: ReadModelDatabase): CompiledQuery {
  return sql`analyze ${sql.table('touches')}`.compile(db);
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
