import type { Kysely } from 'kysely';
import type { Tables } from '../tables/index.ts';
import { openReader } from './connection.ts';

/** As many as there are snapshots at once; the last that was done with waits for the next, with its statements. */
export class SnapshotConnections {
  readonly #file: string;
  #waiting: Kysely<Tables> | null = null;
  #isClosed = false;

  constructor(file: string) {
    this.#file = file;
  }

  /** A connection whose work failed isn't used again. */
  async use<Result>(work: (db: Kysely<Tables>) => Promise<Result>): Promise<Result> {
    const db = this.#waiting ?? openReader(this.#file);
    this.#waiting = null;
    let isSound = false;
    try {
      const result = await work(db);
      isSound = true;
      return result;
    } finally {
      if (isSound && !this.#isClosed && this.#waiting === null) this.#waiting = db;
      else await db.destroy();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#waiting?.destroy();
    this.#waiting = null;
  }
}
