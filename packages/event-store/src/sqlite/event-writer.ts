import type Database from 'better-sqlite3';
import type { AppendResult, ExpectedRevision } from '../event-store.ts';
import type { AppendOutcome, PreparedAppend } from '../prepared-append.ts';
import { insertEvent, type InsertParameters } from './insert-event.ts';
import { RepeatFinder } from './repeat-finder.ts';
import { StreamRevisions } from './stream-revisions.ts';
import type { StreamState } from './stream-revisions.ts';

/**
 * Writes groups of appends, each group in one transaction. It is the only writer of the file, so it may
 * remember the head and the streams' revisions; after a failure it reads them anew.
 */
export class EventWriter {
  readonly #database: Database.Database;
  readonly #streams: StreamRevisions;
  readonly #repeats: RepeatFinder;
  readonly #begin: Database.Statement<[]>;
  readonly #commit: Database.Statement<[]>;
  readonly #insert: Database.Statement<InsertParameters>;
  readonly #takeBack: Database.Statement<[number]>;
  readonly #last: Database.Statement<[], { position: number; recordedAt: number }>;
  #head = { position: 0, recordedAt: 0 };
  #headIsKnown = false;

  constructor(database: Database.Database) {
    this.#database = database;
    this.#streams = new StreamRevisions(database);
    this.#repeats = new RepeatFinder(database);
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#insert = insertEvent(database);
    this.#takeBack = database.prepare('DELETE FROM events WHERE position >= ?');
    this.#last = database.prepare(
      'SELECT position, recorded_at AS recordedAt FROM events WHERE position = (SELECT max(position) FROM events)',
    );
  }

  /** `now`: UTC milliseconds. Durable when it returns. If it throws, nothing of the group was written. */
  write(group: readonly PreparedAppend[], now: number): AppendOutcome[] {
    try {
      this.#begin.run();
      this.#readHead();
      const recordedAt = Math.max(this.#head.recordedAt, now);
      const outcomes = group.map((append) => this.#append(append, recordedAt));
      this.#streams.save();
      this.#commit.run();
      return outcomes;
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  #append(append: PreparedAppend, recordedAt: number): AppendOutcome {
    const state = this.#streams.get(append.stream);
    const repeatOrConflict = (): AppendOutcome =>
      this.#repeats.find(append) ?? { ok: false, reason: 'conflict', actualRevision: last(state) };
    if (!isExpected(append.expected, state)) return repeatOrConflict();
    if (append.events.length === 0) {
      return { ok: true, revision: last(state), position: this.#head.position, repeated: false };
    }
    return this.#insertAll(append, recordedAt) ?? repeatOrConflict();
  }

  /** Null, and nothing inserted, when one of the ids is in the log already. */
  #insertAll({ stream, events }: PreparedAppend, recordedAt: number): AppendResult | null {
    const state = this.#streams.getOrCreate(stream);
    const firstPosition = this.#head.position + 1;
    let position = this.#head.position;
    let revision = state.revision;
    for (const event of events) {
      position += 1;
      revision += 1;
      const { changes } = this.#insert.run(
        position,
        state.id,
        revision,
        state.categoryId,
        event.id,
        event.type,
        event.version,
        event.occurredAt,
        recordedAt,
        event.data,
        event.metadata,
      );
      if (changes === 0) {
        this.#takeBack.run(firstPosition);
        return null;
      }
    }
    this.#streams.advance(stream, revision);
    this.#head = { position, recordedAt };
    return { ok: true, revision, position, repeated: false };
  }

  #readHead(): void {
    if (this.#headIsKnown) return;
    this.#head = this.#last.get() ?? { position: 0, recordedAt: 0 };
    this.#headIsKnown = true;
  }

  /** What it remembers is read anew: after a failure, and when another has written through the same connection. */
  forget(): void {
    this.#headIsKnown = false;
    this.#streams.forget();
    if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
  }
}

function last(state: StreamState | null): number | null {
  return state === null || state.revision < 0 ? null : state.revision;
}

function isExpected(expected: ExpectedRevision, state: StreamState | null): boolean {
  if (expected === 'any') return true;
  return expected === 'no_stream' ? last(state) === null : last(state) === expected;
}
