import type { Patience } from './patience.ts';
import { appendRequests } from './requests.ts';
import type { ServerConnection } from './server-connection.ts';
import { categoryOf } from './stream-names.ts';
import type { StreamNames } from './stream-names.ts';

export interface CategoryRetention {
  /** Of streams, such as `touches`. */
  readonly category: string;
  /** Older events are hidden from reading their stream, and removed by the server's next scavenge. */
  readonly maxAgeDays: number;
}

const SECONDS_PER_DAY = 86_400;

/** Tells the server how long to keep the events of a stream, before the stream's first event. */
export class Retention {
  readonly #connection: ServerConnection;
  readonly #names: StreamNames;
  readonly #patience: Patience;
  readonly #maxAgeDays: ReadonlyMap<string, number>;

  /** Throws `RangeError` when `maxAgeDays` isn't a whole number from 1. */
  constructor(
    connection: ServerConnection,
    names: StreamNames,
    patience: Patience,
    retention: readonly CategoryRetention[],
  ) {
    for (const { category, maxAgeDays } of retention) {
      if (Number.isSafeInteger(maxAgeDays) && maxAgeDays >= 1) continue;
      throw new RangeError(`maxAgeDays of ${category} must be a whole number of days from 1.`);
    }
    this.#connection = connection;
    this.#names = names;
    this.#patience = patience;
    this.#maxAgeDays = new Map(retention.map(({ category, maxAgeDays }) => [category, maxAgeDays]));
  }

  /** Once a stream has been told, by whomever, this leaves it as it is. */
  async apply(stream: string): Promise<void> {
    const days = this.#maxAgeDays.get(categoryOf(stream));
    if (days === undefined) return;
    const metadata = {
      id: crypto.randomUUID(),
      type: '$metadata',
      data: JSON.stringify({ $maxAge: days * SECONDS_PER_DAY }),
      metadata: '{}',
    };
    const requests = appendRequests(`$$${this.#names.onServer(stream)}`, null, [metadata]);
    await this.#patience.until((milliseconds) => this.#connection.append(requests, milliseconds));
  }
}
