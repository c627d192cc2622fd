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
import { prepareEvents } from '@provisie/event-store/adapting';
import { AppendQueue } from './append-queue.ts';
import { parseConnectionString } from './connection-string.ts';
import { EventReader } from './event-reader.ts';
import { EventWriter } from './event-writer.ts';
import { storeErrorOf } from './failure.ts';
import { Following } from './following.ts';
import { Importer } from './importer.ts';
import { KnownStreams } from './known-streams.ts';
import { Patience } from './patience.ts';
import type { PatienceOptions } from './patience.ts';
import { RecordingClock } from './recording-clock.ts';
import { Retention } from './retention.ts';
import type { CategoryRetention } from './retention.ts';
import { ServerConnection } from './server-connection.ts';
import { StreamAppender } from './stream-appender.ts';
import { StreamNames, checkTypes } from './stream-names.ts';

export interface KurrentEventStoreOptions {
  /** `esdb://` or `kurrentdb://`, as the server's documentation has it. */
  readonly connectionString: string;
  /**
   * Sets the streams of this store apart on a server that others use too: 1 to 64 letters, digits, `_` and
   * `.`. Default none: then all streams of the server but its own are taken for Provisie's.
   */
  readonly namespace?: string;
  /** Told to the server with a stream's first event; default none, so that everything is kept. */
  readonly retention?: readonly CategoryRetention[];
  /** How long and how often the server is tried before an append or a read fails. */
  readonly patience?: Partial<PatienceOptions>;
  /** A subscription looks at the log itself after hearing nothing for so long; default 2,000. */
  readonly silenceMs?: number;
  /** Told when a subscription was interrupted; it resumes by itself. */
  readonly onInterruption?: (error: EventStoreError) => void;
  /** Events that may wait to be written before appends are refused with `store_busy`; default 50,000. */
  readonly maxQueuedEvents?: number;
  /** Ids by which a repeat is told, of the end of each stream; default 10,000. */
  readonly idsOfStream?: number;
}

const defaultPatience: PatienceOptions = {
  attemptMs: 5_000,
  limitMs: 20_000,
  firstPauseMs: 50,
  longestPauseMs: 5_000,
};

/**
 * The log on an EventStoreDB (22.10 or later) or KurrentDB server or cluster. Makes no connection yet: a
 * server that is away shows when it is used. Throws `EventStoreError` `store_unavailable` for a connection
 * string that can't be used, `RangeError` for another option.
 */
export async function openKurrentEventStore(
  options: KurrentEventStoreOptions,
): Promise<ImportingStore> {
  return new KurrentEventStore(options);
}

class KurrentEventStore implements ImportingStore {
  readonly #server: string;
  readonly #connection: ServerConnection;
  readonly #reader: EventReader;
  readonly #known: KnownStreams;
  readonly #queue: AppendQueue;
  readonly #importer: Importer;
  readonly #follow: (after: number, options: ReadAllOptions, signal: AbortSignal) => Following;
  readonly #closing = new AbortController();
  #isClosed = false;

  constructor(options: KurrentEventStoreOptions) {
    const address = parseConnectionString(options.connectionString);
    const names = new StreamNames(options.namespace);
    const patience = new Patience({ ...defaultPatience, ...options.patience });
    const connection = new ServerConnection(address);
    const reader = new EventReader(connection, names, patience);
    const idsOfStream = options.idsOfStream ?? 10_000;
    const known = new KnownStreams(reader, { idsOfStream, idsOfAll: 20 * idsOfStream });
    const retention = new Retention(connection, names, patience, options.retention ?? []);
    const appender = new StreamAppender({ connection, names, patience, known, retention });
    const clock = new RecordingClock(reader);
    const failure = (error: unknown, doing: string) => storeErrorOf(error, address.shown, doing);
    const writer = new EventWriter({ reader, known, appender, clock, failure });
    this.#server = address.shown;
    this.#connection = connection;
    this.#reader = reader;
    this.#known = known;
    this.#importer = new Importer({ reader, known, appender, clock });
    this.#queue = new AppendQueue({
      settleFirst: (stream, line) => writer.settleFirst(stream, line),
      now: () => known.tick(),
      maxQueuedEvents: options.maxQueuedEvents ?? 50_000,
      maxStreams: 32,
    });
    const following = {
      connection,
      names,
      reader,
      patience,
      failure,
      silenceMs: options.silenceMs ?? 2_000,
      onInterruption: options.onInterruption ?? (() => {}),
    };
    this.#follow = (after, readOptions, signal) =>
      new Following(following, after, readOptions, signal);
  }

  async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    this.#checkOpen();
    const prepared = prepareEvents(stream, events);
    checkTypes(prepared);
    return this.#queue.add({ stream, events: prepared, expected });
  }

  async *readStream(
    stream: string,
    { fromRevision = 0, limit = Infinity, signal }: ReadStreamOptions = {},
  ): AsyncGenerator<RecordedEvent> {
    this.#checkOpen();
    signal?.throwIfAborted();
    if (limit < 1) return;
    const isWhole = fromRevision === 0 && limit === Infinity;
    const since = this.#known.tick();
    const seen: Pick<RecordedEvent, 'id' | 'revision'>[] = [];
    const events = this.#reader.stream(stream, fromRevision, limit, this.#until(signal));
    for await (const event of this.#named(events, `reading ${stream}`, signal)) {
      if (isWhole) seen.push({ id: event.id, revision: event.revision });
      yield event;
    }
    if (isWhole) this.#known.learn(stream, seen, since);
  }

  async *readAll(
    after: number,
    options: ReadAllOptions = {},
  ): AsyncGenerator<readonly RecordedEvent[]> {
    this.#checkOpen();
    checkBatchSize(options);
    const { signal } = options;
    const batches = this.#reader.batches(after, { ...options, signal: this.#until(signal) });
    yield* this.#named(batches, 'reading the log', signal);
  }

  async eventAt(position: number): Promise<RecordedEvent | null> {
    this.#checkOpen();
    try {
      return await this.#reader.at(position, this.#closing.signal);
    } catch (error) {
      throw this.#failure(error, 'reading an event');
    }
  }

  async *subscribe(after: number, options: ReadAllOptions = {}): AsyncGenerator<Batch> {
    this.#checkOpen();
    checkBatchSize(options);
    yield* this.#follow(after, options, this.#until(options.signal)).batches();
  }

  async head(): Promise<number> {
    this.#checkOpen();
    try {
      return await this.#reader.head(this.#closing.signal);
    } catch (error) {
      throw this.#failure(error, 'reading the head');
    }
  }

  async importEvents(events: readonly RecordedEvent[]): Promise<void> {
    this.#checkOpen();
    try {
      await this.#importer.import(events);
    } catch (error) {
      throw this.#failure(error, 'importing');
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#queue.settled();
    this.#closing.abort(this.#closedError());
    await this.#connection.disconnect();
  }

  /** As the events come; what the client or our closing throws becomes an error of ours. */
  async *#named<Item>(
    items: AsyncIterable<Item>,
    doing: string,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Item> {
    try {
      yield* items;
    } catch (error) {
      signal?.throwIfAborted();
      throw this.#failure(error, doing);
    }
  }

  #failure(error: unknown, doing: string): EventStoreError {
    return this.#closing.signal.aborted
      ? this.#closedError()
      : storeErrorOf(error, this.#server, doing);
  }

  #until(signal: AbortSignal | undefined): AbortSignal {
    return signal === undefined
      ? this.#closing.signal
      : AbortSignal.any([signal, this.#closing.signal]);
  }

  #checkOpen(): void {
    if (this.#isClosed) throw this.#closedError();
  }

  #closedError(): EventStoreError {
    return new EventStoreError('store_closed', `The event store at ${this.#server} is closed.`);
  }
}

function checkBatchSize({ batchSize = 1 }: ReadAllOptions): void {
  if (Number.isSafeInteger(batchSize) && batchSize >= 1) return;
  throw new RangeError(`batchSize must be a whole number from 1; it is ${batchSize}.`);
}
