import type { Pool, QueryArrayConfig } from 'pg';
import { EventStoreError } from '@provisie/event-store';
import { closed, poolForReading, type Server } from './connecting.ts';
import { withPatience } from './patience.ts';
import { storeFailure } from './store-failure.ts';

/** Asks the server, over a few connections, and asks again when one broke. */
export class Reading {
  readonly #server: Server;
  readonly #pool: Pool;
  readonly #patienceMs: number;
  readonly #underWay = new Set<Promise<unknown>>();
  #isClosed = false;

  constructor(server: Server, connections: number, patienceMs: number) {
    this.#server = server;
    this.#pool = poolForReading(server, connections);
    this.#patienceMs = patienceMs;
  }

  /** Rejects with `EventStoreError`. */
  async rows<Row extends unknown[]>(
    name: string,
    text: string,
    values: unknown[],
    signal?: AbortSignal,
  ): Promise<Row[]> {
    const milliseconds = this.#patienceMs;
    try {
      return await withPatience({ milliseconds, signal }, () => {
        if (this.#isClosed) throw this.#closed();
        return this.#asked<Row>({ name, text, values, rowMode: 'array' });
      });
    } catch (error) {
      throw storeFailure(this.#server.address, error);
    }
  }

  /** Waits for answers under way, but not for a server that has fallen silent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    // The pool would leave waiting those who wait for a connection.
    const answered = Promise.allSettled(this.#underWay);
    await closed(answered.then(() => this.#pool.end()));
  }

  async #asked<Row extends unknown[]>(query: QueryArrayConfig): Promise<Row[]> {
    const asking = this.#pool.query<Row>(query);
    this.#underWay.add(asking);
    try {
      return (await asking).rows;
    } finally {
      this.#underWay.delete(asking);
    }
  }

  #closed(): EventStoreError {
    return new EventStoreError(
      'store_closed',
      `The event store (${this.#server.address}) is closed.`,
    );
  }
}
