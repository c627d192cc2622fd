import { EventStoreError } from '@provisie/event-store';
import type {
  AppendResult,
  Batch,
  ExpectedRevision,
  ImportingStore,
  NewEvent,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
} from '@provisie/event-store';
import { LogChanges, prepareEvents } from '@provisie/event-store/adapting';
import { AppendQueue } from './append-queue.ts';
import { serverOf, type Server } from './connecting.ts';
import { importEvents } from './event-importer.ts';
import { EventReader } from './event-reader.ts';
import { GroupWriter } from './group-writer.ts';
import { LogListener } from './log-listener.ts';
import { LogTransactions } from './log-transactions.ts';
import { withPatience } from './patience.ts';
import { Reading } from './reading.ts';
import { RepeatFinder } from './repeat-finder.ts';
import { setUpLog } from './schema.ts';
import { storeFailure } from './store-failure.ts';

export interface PostgresEventStoreOptions {
  /** `postgres://user:password@host:port/database`; of the primary server, and not through a transaction pooler. */
  readonly url: string;
  /** How long failures that may pass (a restart, a lost connection) are met by trying again; default 10,000. */
  readonly patienceMs?: number;
  /** How soon subscribers look by themselves, should the server's notification not come; default 1,000. */
  readonly pollMs?: number;
  /** Connections for reading at most; default 4. One more writes, and one listens while there are subscribers. */
  readonly readers?: number;
  /** Events that may wait to be written before appends are refused with `store_busy`; default 50,000. */
  readonly maxQueuedEvents?: number;
}

const DEFAULT_BATCH_SIZE = 500;

/**
 * The log in a PostgreSQL database, in a schema `provisie_events` of its own, made if absent. Any number of
 * processes may append, read and subscribe. Rejects with `EventStoreError`: `store_foreign`, `store_newer`,
 * `store_unavailable`.
 */
export async function openPostgresEventStore(
  options: PostgresEventStoreOptions,
): Promise<ImportingStore> {
  const server = serverOf(options.url);
  const { patienceMs: milliseconds = 10_000 } = options;
  try {
    await withPatience({ milliseconds }, () => setUpLog(server));
  } catch (error) {
    throw storeFailure(server.address, error);
  }
  return new OpenedStore(server, { ...options, patienceMs: milliseconds });
}

type OpenedOptions = PostgresEventStoreOptions & { readonly patienceMs: number };

class OpenedStore implements ImportingStore {
  readonly #server: Server;
  readonly #reading: Reading;
  readonly #reader: EventReader;
  readonly #transactions: LogTransactions;
  readonly #queue: AppendQueue;
  readonly #changes: LogChanges;
  readonly #listener: LogListener;
  readonly #closing = new AbortController();
  readonly #patienceMs: number;
  #closed: Promise<void> | null = null;

  constructor(server: Server, options: OpenedOptions) {
    const { patienceMs, pollMs = 1_000, readers = 4 } = options;
    this.#server = server;
    this.#patienceMs = patienceMs;
    this.#reading = new Reading(server, readers, patienceMs);
    this.#reader = new EventReader(this.#reading);
    this.#transactions = new LogTransactions(server);
    this.#changes = new LogChanges(() => true, pollMs);
    this.#listener = new LogListener(server, () => this.#changes.announce());
    const writer = new GroupWriter({
      address: server.address,
      transactions: this.#transactions,
      repeats: new RepeatFinder(this.#reading),
      patienceMs,
    });
    this.#queue = new AppendQueue({
      write: async (group) => {
        const results = await writer.write(group);
        this.#changes.announce();
        return results;
      },
      failure: (error) => storeFailure(server.address, error),
      maxQueuedEvents: options.maxQueuedEvents ?? 50_000,
    });
  }

  async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    this.#checkOpen();
    return this.#queue.add({ stream, events: prepareEvents(stream, events), expected });
  }

  async importEvents(events: readonly RecordedEvent[]): Promise<void> {
    this.#checkOpen();
    const milliseconds = this.#patienceMs;
    try {
      await withPatience({ milliseconds }, () =>
        importEvents(events, this.#reader, this.#transactions),
      );
    } catch (error) {
      throw storeFailure(this.#server.address, error);
    }
    this.#changes.announce();
  }

  async *readStream(
    stream: string,
    { fromRevision = 0, limit = Infinity, signal }: ReadStreamOptions = {},
  ): AsyncGenerator<RecordedEvent> {
    let end = fromRevision + limit - 1;
    for (let next = fromRevision; next <= end;) {
      signal?.throwIfAborted();
      this.#checkOpen();
      const wanted = Math.min(DEFAULT_BATCH_SIZE, end - next + 1);
      const { events, lastRevision } = await this.#reader.stream(stream, next, wanted, signal);
      // No further than it went at first: a stream may grow faster than it is read.
      if (next === fromRevision) end = Math.min(end, lastRevision);
      yield* events;
      next += events.length;
      if (events.length < wanted) return;
    }
  }

  async *readAll(
    after: number,
    options: ReadAllOptions = {},
  ): AsyncGenerator<readonly RecordedEvent[]> {
    let end: number | null = null;
    for (let position = after; end === null || position < end;) {
      options.signal?.throwIfAborted();
      const { events: batch, head } = await this.#batch(position, options);
      end ??= head;
      const last = end;
      position = batch.at(-1)?.position ?? last;
      const events = position <= last ? batch : batch.filter((event) => event.position <= last);
      if (events.length > 0) yield events;
    }
  }

  async eventAt(position: number): Promise<RecordedEvent | null> {
    const { events } = await this.#batch(position - 1, { batchSize: 1 });
    return events[0]?.position === position ? events[0] : null;
  }

  async *subscribe(after: number, options: ReadAllOptions = {}): AsyncGenerator<Batch> {
    this.#checkOpen();
    this.#listener.start();
    const { signal } = this.#closing;
    const ending =
      options.signal === undefined ? signal : AbortSignal.any([signal, options.signal]);
    let position = after;
    let caughtUpAt = -1;
    while (!ending.aborted) {
      const seen = this.#changes.announced;
      const batch = await this.#batchUnlessEnding(position, { ...options, signal: ending });
      if (batch === null) return;
      const last = batch.events.at(-1);
      if (last !== undefined) {
        position = last.position;
        yield { kind: 'events', events: batch.events, position };
      } else if (batch.head > caughtUpAt) {
        caughtUpAt = batch.head;
        position = Math.max(position, batch.head);
        yield { kind: 'caught_up', position };
      } else {
        await this.#changes.next(ending, seen);
      }
    }
  }

  async head(): Promise<number> {
    this.#checkOpen();
    return this.#reader.head();
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await this.#queue.idle();
    this.#closing.abort();
    await Promise.all([this.#transactions.close(), this.#listener.close(), this.#reading.close()]);
  }

  #batch(after: number, options: ReadAllOptions) {
    const { batchSize = DEFAULT_BATCH_SIZE, categories, signal } = options;
    if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
      throw new RangeError(`batchSize must be a whole number from 1; it is ${batchSize}.`);
    }
    this.#checkOpen();
    return this.#reader.log(after, batchSize, categories, signal);
  }

  /** Null when it came to its end meanwhile. */
  async #batchUnlessEnding(
    after: number,
    options: ReadAllOptions & { readonly signal: AbortSignal },
  ) {
    try {
      return await this.#batch(after, options);
    } catch (error) {
      if (options.signal.aborted) return null;
      throw error;
    }
  }

  #checkOpen(): void {
    if (this.#closed === null) return;
    throw new EventStoreError(
      'store_closed',
      `The event store (${this.#server.address}) is closed.`,
    );
  }
}
