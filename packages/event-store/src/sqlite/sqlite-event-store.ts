import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { EventStoreError } from '../event-store.ts';
import type {
  AppendResult,
  Batch,
  ExpectedRevision,
  ImportingStore,
  NewEvent,
  ReadAllOptions,
  ReadElsewhere,
  ReadStreamOptions,
  RecordedEvent,
} from '../event-store.ts';
import { prepareEvents } from '../prepared-event.ts';
import { openForReading, openForWriting } from './event-file.ts';
import { EventReader } from './event-reader.ts';
import { InlineWriter } from './inline-writer.ts';
import { LogChanges } from '../log-changes.ts';
import type { LogWriter } from './log-writer.ts';
import { withNamedFailure } from './store-failure.ts';
import { ThreadedWriter } from './threaded-writer.ts';
import { lockForWriting } from './writer-lock.ts';
import type { WriterLock } from './writer-lock.ts';

export interface SqliteEventStoreOptions {
  /** Made if absent, unless `readOnly`. Beside it stand `-wal`, `-shm` and `-lock`. */
  readonly file: string;
  /** Default false: as the only writer. Any number may read meanwhile, in other processes too. */
  readonly readOnly?: boolean;
  /** UTC milliseconds; default the clock. A clock that goes back doesn't take `recordedAt` along. */
  readonly clock?: () => number;
  /** Events that may wait to be written before appends are refused with `store_busy`; default 50,000. */
  readonly maxQueuedEvents?: number;
  /** Appends are refused with `store_full` before the file outgrows this; default unlimited. */
  readonly maxFileBytes?: number;
  /**
   * `own_thread`: appending leaves the caller's thread free while the disk works, for a service that writes all the
   * time. `callers_thread`: nothing has to be started, for a command that writes a few events. Default.
   */
  readonly writesOn?: 'callers_thread' | 'own_thread';
}

export interface SqliteEventStore extends ImportingStore {
  /**
   * The next events after a position, read at once: for a rebuild that wants no pause. At most
   * `batchSize` (default 500); none at the head.
   */
  readBatch(after: number, options?: Omit<ReadAllOptions, 'signal'>): readonly RecordedEvent[];
}

const DEFAULT_BATCH_SIZE = 500;

/** How soon a store opened for reading sees what the writing process committed. */
const POLL_MS = 100;

/**
 * The log in one SQLite file. Throws `EventStoreError`: `store_busy` when another process writes to it,
 * `store_foreign`, `store_newer`, `store_corrupt`, `store_unavailable`.
 */
export function openSqliteEventStore(options: SqliteEventStoreOptions): SqliteEventStore {
  return withNamedFailure(options.file, () =>
    options.readOnly === true ? new OpenedStore(options, null, null) : openAsWriter(options),
  );
}

function openAsWriter(options: SqliteEventStoreOptions): SqliteEventStore {
  const { file } = options;
  const lock = lockForWriting(file);
  let database: Database.Database | undefined;
  try {
    database = openForWriting(file, options.maxFileBytes ?? null);
    return new OpenedStore(options, database, lock);
  } catch (error) {
    database?.close();
    lock.release();
    throw error;
  }
}

class OpenedStore implements SqliteEventStore {
  readonly elsewhere: ReadElsewhere;
  readonly #file: string;
  readonly #lock: WriterLock | null;
  readonly #reading: Database.Database;
  readonly #reader: EventReader;
  readonly #writer: LogWriter | null;
  readonly #changes: LogChanges;
  #closing: Promise<void> | null = null;

  /** `writing`: null for a store that is only read. */
  constructor(
    options: SqliteEventStoreOptions,
    writing: Database.Database | null,
    lock: WriterLock | null,
  ) {
    this.#file = options.file;
    this.elsewhere = {
      module: new URL('open-elsewhere.ts', import.meta.url).href,
      options: { file: options.file },
    };
    this.#lock = lock;
    this.#reading = openForReading(options.file);
    this.#reader = new EventReader(this.#reading);
    this.#changes = new LogChanges(writing === null ? changeDetector(this.#reader) : null, POLL_MS);
    this.#writer = writing === null ? null : this.#writerFor(writing, options);
  }

  #writerFor(writing: Database.Database, options: SqliteEventStoreOptions): LogWriter {
    const { file, clock = Date.now, maxQueuedEvents = 50_000, maxFileBytes = null } = options;
    const onWritten = () => this.#changes.announce();
    const writerOptions = { file, clock, maxQueuedEvents, maxFileBytes, onWritten };
    if (options.writesOn !== 'own_thread') return new InlineWriter(writing, writerOptions);
    // It has shown that the file can be written; the thread opens its own.
    writing.close();
    return new ThreadedWriter(writerOptions);
  }

  async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    this.#checkOpen();
    if (this.#writer === null) throw this.#forReadingOnly();
    return this.#writer.append({ stream, events: prepareEvents(stream, events), expected });
  }

  async importEvents(events: readonly RecordedEvent[]): Promise<void> {
    this.#checkOpen();
    if (this.#writer === null) throw this.#forReadingOnly();
    await this.#writer.importEvents(events);
  }

  async *readStream(
    stream: string,
    { fromRevision = 0, limit = Infinity, signal }: ReadStreamOptions = {},
  ): AsyncGenerator<RecordedEvent> {
    const last = this.#read((reader) => reader.lastRevision(stream)) ?? -1;
    const end = Math.min(last, fromRevision + limit - 1);
    for (let next = fromRevision; next <= end;) {
      signal?.throwIfAborted();
      const wanted = Math.min(DEFAULT_BATCH_SIZE, end - next + 1);
      const events = this.#read((reader) => reader.stream(stream, next, wanted));
      yield* events;
      next += events.length;
      if (events.length < wanted) return;
      await nextTurn();
    }
  }

  async *readAll(
    after: number,
    options: ReadAllOptions = {},
  ): AsyncGenerator<readonly RecordedEvent[]> {
    const { signal } = options;
    const head = this.#read((reader) => reader.head());
    for (let position = after; position < head; await nextTurn()) {
      signal?.throwIfAborted();
      const batch = this.readBatch(position, options);
      position = batch.at(-1)?.position ?? head;
      const events = position <= head ? batch : batch.filter((event) => event.position <= head);
      if (events.length > 0) yield events;
    }
  }

  async eventAt(position: number): Promise<RecordedEvent | null> {
    const [event] = this.readBatch(position - 1, { batchSize: 1 });
    return event?.position === position ? event : null;
  }

  async *subscribe(after: number, options: ReadAllOptions = {}): AsyncGenerator<Batch> {
    const { signal } = options;
    this.#checkOpen();
    let position = after;
    let caughtUpAt = -1;
    const isOver = () => this.#closing !== null || signal?.aborted === true;
    while (!isOver()) {
      // Before the events: whatever is committed after this may be in the batch, but isn't promised.
      const head = this.#read((reader) => reader.head());
      const events = this.readBatch(position, options);
      const last = events.at(-1);
      if (last !== undefined) {
        position = last.position;
        yield { kind: 'events', events, position };
        await nextTurn();
      } else if (head > caughtUpAt) {
        caughtUpAt = head;
        position = Math.max(position, head);
        yield { kind: 'caught_up', position };
      } else {
        await this.#changes.next(signal);
      }
    }
  }

  readBatch(after: number, options: ReadAllOptions = {}): readonly RecordedEvent[] {
    const { batchSize = DEFAULT_BATCH_SIZE, categories } = options;
    if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
      throw new RangeError(`batchSize must be a whole number from 1; it is ${batchSize}.`);
    }
    return this.#read((reader) => reader.log(after, batchSize, categories));
  }

  async head(): Promise<number> {
    return this.#read((reader) => reader.head());
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#changes.announce();
    this.#reading.close();
    await this.#writer?.close();
    this.#lock?.release();
  }

  #read<Result>(work: (reader: EventReader) => Result): Result {
    this.#checkOpen();
    return withNamedFailure(this.#file, () => work(this.#reader));
  }

  #forReadingOnly(): EventStoreError {
    return new EventStoreError('store_unavailable', `${this.#file} was opened for reading only.`);
  }

  #checkOpen(): void {
    if (this.#closing !== null)
      throw new EventStoreError('store_closed', `${this.#file} is closed.`);
  }
}

function changeDetector(reader: EventReader): () => boolean {
  let seen = reader.changeMark();
  return () => {
    const mark = reader.changeMark();
    const hasChanged = mark !== seen;
    seen = mark;
    return hasChanged;
  };
}
