import { EventStoreError } from '@provisie/event-store';
import type { AppendResult } from '@provisie/event-store';
import type { AppendOutcome, PreparedAppend, PreparedEvent } from '@provisie/event-store/adapting';
import type Database from 'better-sqlite3';
import { contentDigest } from './content-digest.ts';
import type { SpoolBooks } from './spool-books.ts';
import type { SpoolStreams } from './spool-streams.ts';

interface KnownId {
  readonly seq: number;
  readonly revision: number;
  readonly digest: Buffer;
}

type WaitingRow = [
  seq: number,
  streamId: number,
  eventId: string,
  type: string,
  version: number,
  occurredAt: number,
  spooledAt: number,
  bytes: number,
  data: string,
  metadata: string | null,
];

/** What a row costs in the file beside its JSON, indexes included. */
const ROW_BYTES = 150;

/** Writes groups of appends, each group in one transaction that is on disk when it returns. */
export class SpoolWriter {
  readonly #database: Database.Database;
  readonly #books: SpoolBooks;
  readonly #streams: SpoolStreams;
  readonly #now: () => number;
  readonly #findId: Database.Statement<[string], KnownId>;
  readonly #insertId: Database.Statement<[number, string, number, Uint8Array]>;
  readonly #insertEvent: Database.Statement<WaitingRow>;
  readonly #lastSeq: Database.Statement<[], number>;
  #seq: number;

  constructor(
    database: Database.Database,
    books: SpoolBooks,
    streams: SpoolStreams,
    now: () => number,
  ) {
    this.#database = database;
    this.#books = books;
    this.#streams = streams;
    this.#now = now;
    this.#findId = database.prepare(
      "SELECT seq, revision, digest FROM known_ids WHERE event_id = unhex(?, '-')",
    );
    this.#insertId = database.prepare(
      "INSERT INTO known_ids (seq, event_id, revision, digest) VALUES (?, unhex(?, '-'), ?, ?)",
    );
    this.#insertEvent = database.prepare(
      `INSERT INTO waiting (seq, stream_id, event_id, type, version, occurred_at, spooled_at, bytes, data, metadata)
       VALUES (?, ?, unhex(?, '-'), ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#lastSeq = database
      .prepare<[], number>(
        `SELECT max(coalesce((SELECT max(seq) FROM known_ids), 0), coalesce((SELECT max(seq) FROM waiting), 0),
                    coalesce((SELECT max(seq) FROM set_aside), 0))`,
      )
      .pluck();
    this.#seq = this.#lastSeq.get() ?? 0;
  }

  /** Durable when it returns. If it throws, nothing of the group was written. */
  write(group: readonly PreparedAppend[]): AppendOutcome[] {
    const before = this.#seq;
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      const outcomes = group.map((append) => this.#append(append));
      this.#books.save();
      this.#database.exec('COMMIT');
      this.#books.keep();
      return outcomes;
    } catch (error) {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      this.#seq = before;
      this.#books.undo();
      this.#streams.reload();
      throw error;
    }
  }

  /** The place in the queue for an event that comes back into it. */
  nextSeq(): number {
    this.#seq += 1;
    return this.#seq;
  }

  #append(append: PreparedAppend): AppendOutcome {
    const { stream, events } = append;
    const digests = events.map((event) => contentDigest(stream, event));
    const known = events.map((event) => this.#findId.get(event.id));
    const outcome = repeatOf(append, known, digests);
    if (outcome === 'new') return this.#insertAll(append, digests);
    if (outcome !== 'partly') return outcome;
    const { spooled } = this.#streams.getOrCreate(stream);
    return { ok: false, reason: 'conflict', actualRevision: spooled < 0 ? null : spooled };
  }

  #insertAll({ stream, events }: PreparedAppend, digests: readonly Buffer[]): AppendResult {
    const target = this.#streams.getOrCreate(stream);
    const now = this.#now();
    for (const [index, event] of events.entries()) {
      const seq = this.nextSeq();
      target.spooled += 1;
      this.#insertId.run(seq, event.id, target.spooled, digests[index] ?? Buffer.alloc(0));
      this.#insert(seq, target.id, event, now);
    }
    this.#streams.save(target);
    const revision = target.spooled < 0 ? null : target.spooled;
    return { ok: true, revision, position: this.#seq, repeated: false };
  }

  #insert(seq: number, streamId: number, event: PreparedEvent, now: number): void {
    const { id, type, version, occurredAt, data, metadata } = event;
    const bytes = data.length + (metadata?.length ?? 0) + ROW_BYTES;
    this.#insertEvent.run(seq, streamId, id, type, version, occurredAt, now, bytes, data, metadata);
    this.#books.add(1, bytes);
  }
}

/** `new`: none of them is known. `partly`: some are, or they stand apart. */
function repeatOf(
  { events }: PreparedAppend,
  known: readonly (KnownId | undefined)[],
  digests: readonly Buffer[],
): AppendResult | EventStoreError | 'new' | 'partly' {
  for (const [index, found] of known.entries()) {
    if (found === undefined || digests[index]?.equals(found.digest) === true) continue;
    const message = `The event id ${events[index]?.id ?? ''} was spooled before with another content or for another stream.`;
    return new EventStoreError('event_id_reused', message);
  }
  const found = known.filter((one) => one !== undefined);
  const [first, last] = [found[0], found.at(-1)];
  if (first === undefined || last === undefined) return 'new';
  const areTogether = found.every(({ revision }, index) => revision === first.revision + index);
  if (found.length < events.length || !areTogether) return 'partly';
  return { ok: true, revision: last.revision, position: last.seq, repeated: true };
}
