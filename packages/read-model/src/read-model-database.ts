import type { Kysely } from 'kysely';
import type { SqlDialect } from './dialect.ts';
import type { Session } from './session.ts';
import type { CheckpointTable, Tables } from './tables.ts';

/** The database of one read model: a connection that writes, and one that only reads. */
export class ReadModelDatabase {
  readonly dialect: SqlDialect;
  readonly #writer: Kysely<Tables> | null;
  readonly #reader: Kysely<Tables>;
  readonly #waiting = new Set<(position: number) => void>();

  constructor(dialect: SqlDialect, writer: Kysely<Tables> | null, reader: Kysely<Tables>) {
    this.dialect = dialect;
    this.#writer = writer;
    this.#reader = reader;
  }

  /** For queries. */
  get reading(): Session {
    return { db: this.#reader, dialect: this.dialect };
  }

  async checkpoint(): Promise<CheckpointTable> {
    return this.#reader.selectFrom('checkpoint').selectAll().executeTakeFirstOrThrow();
  }

  /** Runs `work` as the only writer; all that it wrote is kept, or nothing when it throws. */
  async transaction<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    if (this.#writer === null) throw new Error('This read model was opened for reading only.');
    return this.#writer
      .transaction()
      .execute((transaction) => work({ db: transaction, dialect: this.dialect }));
  }

  /** Runs queries that all see the database as it stands at one moment. */
  async snapshot<Result>(look: (session: Session) => Promise<Result>): Promise<Result> {
    return this.#reader
      .transaction()
      .execute((transaction) => look({ db: transaction, dialect: this.dialect }));
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
    await this.#writer?.destroy();
  }
}
