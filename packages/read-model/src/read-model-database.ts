import type { Kysely } from 'kysely';
import type { SqlDialect } from './dialect.ts';
import { prepareThrough, type Session } from './session.ts';
import type { Writer } from './writer.ts';
import type { CheckpointTable, Tables } from './tables.ts';

/** The database of one read model: a connection that writes, one that only reads, and more of those for a while. */
export class ReadModelDatabase {
  readonly dialect: SqlDialect;
  readonly #writer: Writer | null;
  readonly #connect: () => Kysely<Tables>;
  readonly #reader: Kysely<Tables>;
  readonly #reading: Session;
  readonly #waiting = new Set<(position: number) => void>();

  /** `connect` opens a connection for reading. */
  constructor(dialect: SqlDialect, writer: Writer | null, connect: () => Kysely<Tables>) {
    this.dialect = dialect;
    this.#writer = writer;
    this.#connect = connect;
    this.#reader = connect();
    this.#reading = this.#session(this.#reader);
  }

  /** For queries. */
  get reading(): Session {
    return this.#reading;
  }

  async checkpoint(): Promise<CheckpointTable> {
    return this.#reader.selectFrom('checkpoint').selectAll().executeTakeFirstOrThrow();
  }

  /** Runs `work` as the only writer; all that it wrote is kept, or nothing when it throws. */
  async transaction<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    if (this.#writer === null) throw new Error('This read model was opened for reading only.');
    const { db, prepareIn } = this.#writer;
    return db
      .transaction()
      .execute((transaction) =>
        work({ db: transaction, dialect: this.dialect, prepare: prepareIn(transaction) }),
      );
  }

  /** Runs queries that all see the database as it stands at one moment, on a connection of their own. */
  async snapshot<Result>(look: (session: Session) => Promise<Result>): Promise<Result> {
    const reader = this.#connect();
    try {
      return await reader.transaction().execute((transaction) => look(this.#session(transaction)));
    } finally {
      await reader.destroy();
    }
  }

  #session(db: Kysely<Tables>): Session {
    return { db, dialect: this.dialect, prepare: prepareThrough(db) };
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

  async close(): Promise<void> {
    await this.#reader.destroy();
    await this.#writer?.db.destroy();
  }
}
