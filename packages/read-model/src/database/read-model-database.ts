import type { CompiledQuery, Kysely } from 'kysely';
import type { SqlDialect } from './dialect.ts';
import type { Aside, ReadingAside } from './reading-aside.ts';
import { prepareThrough, waitForIt, type Send, type Session } from './session.ts';
import type { Writer } from './writer.ts';
import type { CheckpointTable, Tables } from '../tables/index.ts';
import { WritesUnderWay } from './writes-under-way.ts';

/** What a read model is reached through. */
export interface Connections {
  readonly dialect: SqlDialect;
  /** Statements go to another process: it is worth while to send one before the last is answered. */
  readonly isFar: boolean;
  /** Null for a read model that was opened for reading only. */
  readonly writer: Writer | null;
  readonly reader: Kysely<Tables>;
  /** Null where a reader would get in the way of the writer. */
  readonly readAside: (() => Aside) | null;
  /** Looks at the database as it stands at one moment, on a connection of its own. */
  snapshot<Result>(look: (db: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** The database of one read model: one connection that writes, and those that only read. */
export class ReadModelDatabase {
  readonly dialect: SqlDialect;
  readonly #connections: Connections;
  readonly #reading: Session;
  readonly #waiting = new Set<(position: number) => void>();

  constructor(connections: Connections) {
    this.dialect = connections.dialect;
    this.#connections = connections;
    this.#reading = this.#session(connections.reader);
  }

  /** For queries. */
  get reading(): Session {
    return this.#reading;
  }

  async checkpoint(): Promise<CheckpointTable> {
    return this.#reading.db.selectFrom('checkpoint').selectAll().executeTakeFirstOrThrow();
  }

  /** Runs `work` as the only writer; all that it wrote is kept, or nothing when it throws. */
  async transaction<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    const { writer } = this.#connections;
    if (writer === null) throw new Error('This read model was opened for reading only.');
    const { db, prepareIn } = writer;
    const { dialect } = this;
    return db.transaction().execute(async (transaction) => {
      const writes = new WritesUnderWay();
      const send: Send = this.#connections.isFar ? async (write) => writes.add(write) : waitForIt;
      const prepare = prepareIn(transaction);
      const [outcome] = await Promise.allSettled([
        work({ db: transaction, dialect, prepare, send }),
      ]);
      await writes.done();
      if (outcome.status === 'rejected') throw outcome.reason;
      return outcome.value;
    });
  }

  /**
   * Runs statements that define tables, one by one, while nobody else writes. When they take `long`, they don't hold
   * up this process meanwhile.
   */
  async define(
    queries: readonly CompiledQuery[],
    { long }: { readonly long: boolean },
  ): Promise<void> {
    const { writer } = this.#connections;
    if (writer === null) throw new Error('This read model was opened for reading only.');
    if (long) await writer.defineApart(queries);
    else for (const query of queries) await writer.db.executeQuery(query);
  }

  /** Runs queries that all see the database as it stands at one moment, on a connection of their own. */
  async snapshot<Result>(look: (session: Session) => Promise<Result>): Promise<Result> {
    return this.#connections.snapshot((db) => look(this.#session(db)));
  }

  /** For queries whose answers are wanted later; whoever asks for it closes it. Null where that can't be had. */
  readAside(): ReadingAside | null {
    const aside = this.#connections.readAside?.() ?? null;
    if (aside === null) return null;
    const session = { ...this.#reading, prepare: aside.prepare };
    return { session, close: () => aside.close() };
  }

  #session(db: Kysely<Tables>): Session {
    return { db, dialect: this.dialect, prepare: prepareThrough(db), send: waitForIt };
  }

  /** Tells those who wait in this process that `position` is handled. */
  handled(position: number): void {
    for (const resume of this.#waiting) resume(position);
  }

  /** Calls `resume` with each position handled in this process, until the returned function is called. */
  onHandled(resume: (position: number) => void): () => void {
    this.#waiting.add(resume);
    return () => this.#waiting.delete(resume);
  }

  close(): Promise<void> {
    return this.#connections.close();
  }
}
