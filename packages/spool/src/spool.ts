import { statSync } from 'node:fs';
import { EventStoreError } from '@provisie/event-store';
import type { AppendResult, ExpectedRevision, NewEvent } from '@provisie/event-store';
import { LogChanges, prepareEvents } from '@provisie/event-store/adapting';
import { AppendQueue, lockForWriting } from '@provisie/event-store/sqlite-adapting';
import type { WriterLock } from '@provisie/event-store/sqlite-adapting';
import type Database from 'better-sqlite3';
import type { Outbox } from './outbox.ts';
import { SpoolBooks } from './spool-books.ts';
import { noteDamage, openSpoolFile, spoolFailure } from './spool-file.ts';
import type { OpenedSpoolFile } from './spool-file.ts';
import { SpoolOutbox } from './spool-outbox.ts';
import { SpoolStreams } from './spool-streams.ts';
import { SpoolWriter } from './spool-writer.ts';

export interface SpoolOptions {
  /** Made if absent. Beside it stand `-wal`, `-shm` and `-lock`. */
  readonly file: string;
  /** Appends are refused with `store_full` before the file outgrows this; default 8 GiB. */
  readonly maxBytes?: number;
  /** UTC milliseconds; default the clock. */
  readonly now?: () => number;
  /** How many ids are remembered after forwarding, so that a repeat counts once; default a million. */
  readonly rememberedIds?: number;
  /** Events that may wait for the disk before appends are refused with `store_busy`; default 50,000. */
  readonly maxQueuedEvents?: number;
  /** How often a full spool looks for room; default 2,000. */
  readonly roomCheckMs?: number;
}

/** `full`: nothing is taken until there is room. `damaged`: nothing is taken until the next start. */
export type SpoolState = 'ok' | 'full' | 'damaged';

export interface SpoolStatus {
  readonly state: SpoolState;
  /** Events that wait to be forwarded, and about how many bytes of the file they take. */
  readonly events: number;
  readonly bytes: number;
  /** When the oldest of them was spooled; null when none waits. */
  readonly oldestAt: number | null;
  /** Events that the store refuses for good. */
  readonly setAside: number;
  readonly fileBytes: number;
}

/** A queue on the local disk: events are safe here when they are acknowledged, and go to the store later. */
export interface Spool {
  /** Of this file; part of the names of the streams, so that two spools never share one. */
  readonly incarnation: string;
  /** Where the file that was there was put, because it is damaged; null when all was well. */
  readonly damagedFile: string | null;
  /**
   * As an event store's, with `any` as the only revision to expect; durable when it resolves. The result's
   * revision and position are the spool's own. An id that was spooled before is a repeat, also after
   * forwarding, as long as it is remembered; with other content, down to the order of the keys, it is an error.
   * Rejects with `EventStoreError`: `event_invalid`, `event_id_reused`, `store_full`, `store_busy`,
   * `store_corrupt`, `store_closed`, `store_unavailable`.
   */
  append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult>;
  status(): SpoolStatus;
  /** For the one forwarder. */
  readonly outbox: Outbox;
  /** Finishes the appends under way, then releases everything. */
  close(): Promise<void>;
}

const DEFAULT_MAX_BYTES = 8 * 1024 ** 3;
/** What has to fit in again before a full spool counts as having room. */
const ROOM_BYTES = 65_536;

/**
 * Throws `EventStoreError`: `store_busy` when another process has it, `store_foreign`, `store_newer`,
 * `store_full`, `store_unavailable`.
 */
export function openSpool(options: SpoolOptions): Spool {
  const { file, now = Date.now } = options;
  let lock: WriterLock | null = null;
  try {
    lock = lockForWriting(file);
    return new OpenedSpool(options, openSpoolFile(file, now()), lock);
  } catch (error) {
    lock?.release();
    throw spoolFailure(file, error);
  }
}

class OpenedSpool implements Spool {
  readonly incarnation: string;
  readonly damagedFile: string | null;
  readonly outbox: Outbox;
  readonly #file: string;
  readonly #database: Database.Database;
  readonly #lock: WriterLock;
  readonly #queue: AppendQueue;
  readonly #outbox: SpoolOutbox;
  readonly #arrivals = new LogChanges(null, 0);
  readonly #roomCheckMs: number;
  #roomCheck: NodeJS.Timeout | undefined;
  #state: SpoolState = 'ok';
  #isClosed = false;

  constructor(options: SpoolOptions, opened: OpenedSpoolFile, lock: WriterLock) {
    const { now = Date.now, maxBytes = DEFAULT_MAX_BYTES, rememberedIds = 1_000_000 } = options;
    const { database } = opened;
    this.incarnation = opened.incarnation;
    this.damagedFile = opened.damagedFile;
    this.#file = options.file;
    this.#database = database;
    this.#lock = lock;
    this.#roomCheckMs = options.roomCheckMs ?? 2000;
    limitSize(database, maxBytes);
    const books = new SpoolBooks(database);
    const streams = new SpoolStreams(database);
    const writer = new SpoolWriter(database, books, streams, now);
    this.#outbox = new SpoolOutbox({
      database,
      books,
      streams,
      nextSeq: () => writer.nextSeq(),
      now,
      rememberedIds,
      arrival: (signal) => this.#arrivals.next(signal),
    });
    this.outbox = guarded(this.#outbox, (work) => this.#guard(work));
    this.#queue = new AppendQueue({
      write: (group) => {
        const outcomes = this.#guard(() => writer.write(group));
        if (this.#state === 'full') this.#hasRoom();
        this.#arrivals.announce();
        return outcomes;
      },
      failure: (error) => spoolFailure(this.#file, error),
      maxQueuedEvents: options.maxQueuedEvents ?? 50_000,
    });
  }

  async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    if (this.#isClosed)
      throw new EventStoreError('store_closed', `The spool ${this.#file} is closed.`);
    if (expected !== 'any') {
      const message = 'A spool expects no revision: append with "any".';
      throw new EventStoreError('event_invalid', message);
    }
    return this.#queue.add({ stream, events: prepareEvents(stream, events), expected });
  }

  status(): SpoolStatus {
    return {
      state: this.#state,
      ...this.#outbox.depth,
      oldestAt: this.#outbox.oldestAt(),
      setAside: this.#outbox.setAsideCount(),
      fileBytes: sizeOf(this.#file) + sizeOf(`${this.#file}-wal`),
    };
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#queue.flush();
    this.#isClosed = true;
    clearInterval(this.#roomCheck);
    this.#arrivals.announce();
    this.#database.close();
    this.#lock.release();
  }

  /** Runs it, and takes note of what a failure says about the file. */
  #guard<Result>(work: () => Result): Result {
    if (this.#isClosed)
      throw new EventStoreError('store_closed', `The spool ${this.#file} is closed.`);
    try {
      return work();
    } catch (error) {
      const failure = spoolFailure(this.#file, error);
      if (failure.code === 'store_full') this.#isFull();
      if (failure.code === 'store_corrupt' || failure.code === 'store_foreign') {
        this.#isDamaged();
      }
      throw failure;
    }
  }

  #isDamaged(): void {
    if (this.#state === 'damaged') return;
    clearInterval(this.#roomCheck);
    this.#state = 'damaged';
    noteDamage(this.#file);
  }

  #isFull(): void {
    if (this.#state !== 'ok') return;
    this.#state = 'full';
    this.#roomCheck = setInterval(() => this.#lookForRoom(), this.#roomCheckMs);
    this.#roomCheck.unref();
  }

  #hasRoom(): void {
    this.#state = 'ok';
    clearInterval(this.#roomCheck);
  }

  #lookForRoom(): void {
    try {
      // What is in the log already goes into the file, where it may find room, and the log begins anew.
      this.#database.pragma('wal_checkpoint(RESTART)');
      this.#database.prepare('INSERT INTO room (bytes) VALUES (zeroblob(?))').run(ROOM_BYTES);
      this.#database.exec('DELETE FROM room');
      this.#hasRoom();
    } catch {
      // Still full; the next look tells.
    }
  }
}

function limitSize(database: Database.Database, maxBytes: number): void {
  const pageBytes = Number(database.pragma('page_size', { simple: true }));
  database.pragma(`max_page_count = ${String(Math.max(1, Math.floor(maxBytes / pageBytes)))}`);
}

function guarded(outbox: Outbox, guard: <Result>(work: () => Result) => Result): Outbox {
  return {
    next: (limits) => guard(() => outbox.next(limits)),
    forwarded: (batch, revision) => guard(() => outbox.forwarded(batch, revision)),
    found: (ids) => guard(() => outbox.found(ids)),
    streamEndsAt: (stream, revision) => guard(() => outbox.streamEndsAt(stream, revision)),
    setAside: (waiting, code, message) => guard(() => outbox.setAside(waiting, code, message)),
    takeBack: () => guard(() => outbox.takeBack()),
    tidy: () => guard(() => outbox.tidy()),
    arrival: (signal) => outbox.arrival(signal),
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
