import type { Pool } from 'pg';
import { EventStoreError } from '@provisie/event-store';
import { closed, poolForReading, type Server } from './connecting.ts';
import { withPatience } from './patience.ts';
import { storeFailure } from './store-failure.ts';

/** Asks the server, over a few connections, and asks again when one broke. */
export class Reading {
  readonly #server: Server;
  readonly #pool: Pool;
  readonly #patienceMilliseconds: number;

  constructor(server: Server, connections: number, patienceMilliseconds: number) {
    this.#server = server;
    this.#pool = poolForReading(server, connections);
    this.#patienceMilliseconds = patienceMilliseconds;
  }

  /** Rejects with `EventStoreError`. */
  async rows<Row extends unknown[]>(
    name: string,
    text: string,
    values: unknown[],
    signal?: AbortSignal,
  ): Promise<Row[]> {
    const milliseconds = this.#patienceMilliseconds;
    try {
      return await withPatience({ milliseconds, signal }, async () => {
        if (this.#pool.ending) throw this.#closed();
        const { rows } = await this.#pool.query<Row>({ name, text, values, rowMode: 'array' });
        return rows;
      });
    } catch (error) {
      throw this.#pool.ending ? this.#closed() : storeFailure(this.#server.address, error);
    }
  }

  close(): Promise<void> {
    return closed(this.#pool.end());
  }

  #closed(): EventStoreError {
    return new EventStoreError(
      'store_closed',
      `The event store (${this.#server.address}) is closed.`,
    );
  }
}
