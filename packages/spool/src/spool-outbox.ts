import type Database from 'better-sqlite3';
import type { BatchLimits, Outbox, OutgoingBatch, WaitingEvent } from './outbox.ts';
import type { SpoolBooks } from './spool-books.ts';
import type { SpoolStreams } from './spool-streams.ts';
import { WaitingEvents } from './waiting-events.ts';

/** Rows that one transaction removes: a few milliseconds, so that clicks don't wait for it. */
const ROWS_PER_STEP = 1000;
/** 1 MiB of a file of 4 KiB pages. */
const PAGES_PER_STEP = 256;
/** Free pages that are kept for what comes: 8 MiB. */
const SPARE_PAGES = 2048;

export interface SpoolOutboxOptions {
  readonly database: Database.Database;
  readonly books: SpoolBooks;
  readonly streams: SpoolStreams;
  readonly nextSeq: () => number;
  readonly now: () => number;
  /** How many ids of forwarded events are remembered. */
  readonly rememberedIds: number;
  readonly arrival: (signal: AbortSignal) => Promise<void>;
}

interface Removed {
  readonly events: number;
  readonly bytes: number;
}

export class SpoolOutbox implements Outbox {
  readonly #options: SpoolOutboxOptions;
  readonly #waiting: WaitingEvents;
  /** Their ids: a transaction that is taken back replaces the streams themselves. */
  readonly #changedStreams = new Set<number>();
  /** Everything up to here is done with; its rows may still be there. */
  #doneSeq = 0;
  #done = { events: 0, bytes: 0 };
  #hasGivenBack = false;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(options: SpoolOutboxOptions) {
    this.#options = options;
    this.#waiting = new WaitingEvents(options.database, options.streams);
    this.#statements = prepare(options.database);
  }

  /** What still waits. */
  get depth(): Removed {
    const { books } = this.#options;
    return { events: books.events - this.#done.events, bytes: books.bytes - this.#done.bytes };
  }

  oldestAt(): number | null {
    return this.#waiting.oldestAt(this.#doneSeq);
  }

  setAsideCount(): number {
    return this.#statements.countAside.get() ?? 0;
  }

  next(limits: BatchLimits): OutgoingBatch | null {
    return this.#waiting.batch(this.#doneSeq, limits);
  }

  forwarded(batch: OutgoingBatch, revision: number): void {
    for (const { seq, bytes } of batch.events) {
      this.#doneSeq = Math.max(this.#doneSeq, seq);
      this.#done.events += 1;
      this.#done.bytes += bytes;
    }
    this.streamEndsAt(batch.stream, revision);
  }

  streamEndsAt(name: string, revision: number | null): void {
    const stream = this.#options.streams.byName(name);
    if (stream === undefined) return;
    stream.forwarded = revision ?? -1;
    this.#changedStreams.add(stream.id);
  }

  found(ids: readonly string[]): number {
    return this.#commit(() => {
      let found = 0;
      for (const id of ids) {
        const row = this.#statements.findWaiting.get(bytesOf(id), this.#doneSeq);
        if (row === undefined) continue;
        this.#statements.deleteOne.run(row.seq);
        this.#options.books.add(-1, -row.bytes);
        found += 1;
      }
      this.#saveStreams();
      return found;
    });
  }

  setAside({ seq, bytes }: WaitingEvent, code: string, message: string): void {
    this.#commit(() => {
      this.#statements.setAside.run(this.#options.now(), code, message, seq);
      this.#statements.deleteOne.run(seq);
      this.#options.books.add(-1, -bytes);
    });
  }

  takeBack(): number {
    return this.#commit(() => {
      const rows = this.#statements.listAside.all();
      for (const { seq, bytes, eventId, stream } of rows) {
        const { id } = this.#options.streams.getOrCreate(stream);
        const place = this.#options.nextSeq();
        this.#statements.takeBack.run(place, id, bytes, seq);
        this.#statements.deleteAside.run(seq);
        this.#statements.moveKnownId.run(place, eventId);
        this.#options.books.add(1, bytes);
      }
      return rows.length;
    });
  }

  tidy(): boolean {
    const isBehind = this.#removeDone();
    return this.#forgetIds() || isBehind || this.#giveBackPages();
  }

  arrival(signal: AbortSignal): Promise<void> {
    return this.#options.arrival(signal);
  }

  #removeDone(): boolean {
    if (this.#done.events === 0 && this.#changedStreams.size === 0) return false;
    const removed = this.#commit(() => {
      const upTo = this.#statements.stepEnd.get(this.#doneSeq, ROWS_PER_STEP - 1) ?? this.#doneSeq;
      const size = this.#statements.sizeUpTo.get(upTo) ?? { events: 0, bytes: 0 };
      this.#statements.deleteUpTo.run(upTo);
      this.#options.books.add(-size.events, -size.bytes);
      this.#saveStreams();
      return size;
    });
    this.#changedStreams.clear();
    this.#done.events -= removed.events;
    this.#done.bytes -= removed.bytes;
    return this.#done.events > 0;
  }

  #saveStreams(): void {
    const { streams } = this.#options;
    for (const id of this.#changedStreams) streams.save(streams.byId(id));
  }

  /** Ids of events that wait are all kept: they come later in the queue than those that were forwarded. */
  #forgetIds(): boolean {
    const { first, last } = this.#statements.knownRange.get() ?? { first: null, last: null };
    if (first === null || last === null) return false;
    const upTo = Math.min(last - this.#options.rememberedIds, this.#doneSeq);
    if (first > upTo) return false;
    this.#commit(() => this.#statements.forget.run(Math.min(upTo, first + ROWS_PER_STEP - 1)));
    return first + ROWS_PER_STEP <= upTo;
  }

  /** Once the queue is empty: after a long outage the file would stay as large as it ever was. */
  #giveBackPages(): boolean {
    const { database } = this.#options;
    if (this.depth.events > 0) return false;
    const free = Number(database.pragma('freelist_count', { simple: true }));
    if (free > SPARE_PAGES) {
      const pages = Math.min(PAGES_PER_STEP, free - SPARE_PAGES);
      database.pragma(`incremental_vacuum(${String(pages)})`);
      this.#hasGivenBack = true;
    } else if (this.#hasGivenBack) {
      // The file itself gets shorter when the log is written back into it.
      database.pragma('wal_checkpoint(TRUNCATE)');
      this.#hasGivenBack = false;
    }
    return this.#hasGivenBack;
  }

  /** Not waiting for the disk: what a crash takes back is only said once more. */
  #commit<Result>(work: () => Result): Result {
    const { database, books, streams } = this.#options;
    database.pragma('synchronous = NORMAL');
    try {
      const result = database
        .transaction(() => {
          const done = work();
          books.save();
          return done;
        })
        .immediate();
      books.keep();
      return result;
    } catch (error) {
      books.undo();
      streams.reload();
      throw error;
    } finally {
      database.pragma('synchronous = FULL');
    }
  }
}

function bytesOf(uuid: string): Uint8Array {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

interface AsideRow {
  readonly seq: number;
  readonly stream: string;
  readonly eventId: Buffer;
  readonly bytes: number;
}

function prepare(database: Database.Database) {
  return {
    stepEnd: database
      .prepare<[number, number], number>(
        'SELECT seq FROM waiting WHERE seq <= ? ORDER BY seq LIMIT 1 OFFSET ?',
      )
      .pluck(),
    sizeUpTo: database.prepare<[number], Removed>(
      'SELECT count(*) AS events, coalesce(sum(bytes), 0) AS bytes FROM waiting WHERE seq <= ?',
    ),
    deleteUpTo: database.prepare<[number]>('DELETE FROM waiting WHERE seq <= ?'),
    deleteOne: database.prepare<[number]>('DELETE FROM waiting WHERE seq = ?'),
    findWaiting: database.prepare<[Uint8Array, number], { seq: number; bytes: number }>(
      `SELECT w.seq, w.bytes FROM known_ids k JOIN waiting w ON w.seq = k.seq
       WHERE k.event_id = ? AND w.seq > ?`,
    ),
    setAside: database.prepare<[number, string, string, number]>(
      `INSERT INTO set_aside (seq, stream, event_id, type, version, occurred_at, spooled_at, data, metadata,
                              set_aside_at, code, message)
       SELECT w.seq, s.name, w.event_id, w.type, w.version, w.occurred_at, w.spooled_at, w.data, w.metadata, ?, ?, ?
       FROM waiting w JOIN streams s ON s.id = w.stream_id WHERE w.seq = ?`,
    ),
    countAside: database.prepare<[], number>('SELECT count(*) FROM set_aside').pluck(),
    listAside: database.prepare<[], AsideRow>(
      `SELECT seq, stream, event_id AS eventId, length(data) + coalesce(length(metadata), 0) + 150 AS bytes
       FROM set_aside ORDER BY seq`,
    ),
    deleteAside: database.prepare<[number]>('DELETE FROM set_aside WHERE seq = ?'),
    takeBack: database.prepare<[number, number, number, number]>(
      `INSERT INTO waiting (seq, stream_id, event_id, type, version, occurred_at, spooled_at, bytes, data, metadata)
       SELECT ?, ?, event_id, type, version, occurred_at, spooled_at, ?, data, metadata FROM set_aside WHERE seq = ?`,
    ),
    moveKnownId: database.prepare<[number, Uint8Array]>(
      'UPDATE known_ids SET seq = ? WHERE event_id = ?',
    ),
    knownRange: database.prepare<[], { first: number | null; last: number | null }>(
      'SELECT (SELECT min(seq) FROM known_ids) AS first, (SELECT max(seq) FROM known_ids) AS last',
    ),
    forget: database.prepare<[number]>('DELETE FROM known_ids WHERE seq <= ?'),
  };
}
