import type Database from 'better-sqlite3';
import type { AppendResult } from '../event-store.ts';
import type { AppendOutcome, PreparedAppend } from '../prepared-append.ts';
import { EventInserter } from './event-inserter.ts';
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
  readonly #inserter: EventInserter;
  readonly #begin: Database.Statement<[]>;
  readonly #commit: Database.Statement<[]>;
  readonly #takeBack: Database.Statement<[number]>;
  readonly #last: Database.Statement<[], { position: number; recordedAt: number }>;
  #head = { position: 0, recordedAt: 0 };
  #headIsKnown = false;

  constructor(database: Database.Database) {
    this.#database = database;
    this.#streams = new StreamRevisions(database);
    this.#repeats = new RepeatFinder(database);
    this.#inserter = new EventInserter(database);
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#takeBack = database.prepare('DELETE FROM events WHERE position >= ?');
    this.#last = database.prepare(
      'SELECT position, recorded_at AS recordedAt FROM events WHERE position = (SELECT max(position) FROM events)',
    );
  }

  /** `now`: UTC milliseconds. Durable when it returns. If it throws, nothing of the group was written. */
  write(group: readonly PreparedAppend[], now: number): AppendOutcome[] {
    try {
      const outcomes = this.#insertTogether(group, now) ?? this.#insertOneByOne(group, now);
      this.#streams.save();
      this.#commit.run();
      return outcomes;
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  /** As nearly always none of the ids is in the log, nobody looks after each append. Null when one is: nothing is inserted. */
  #insertTogether(group: readonly PreparedAppend[], now: number): AppendOutcome[] | null {
    const recordedAt = this.#beginAt(now);
    const outcomes: AppendOutcome[] = [];
    for (const append of group) {
      if (this.#isExpected(append)) outcomes.push(this.#add(append, recordedAt));
      // What it repeats may be among those that wait.
      else if (this.#inserter.flush()) outcomes.push(this.#repeatOrConflict(append));
      else return this.#giveUp();
    }
    return this.#inserter.flush() ? outcomes : this.#giveUp();
  }

  #giveUp(): null {
    this.forget();
    return null;
  }

  #insertOneByOne(group: readonly PreparedAppend[], now: number): AppendOutcome[] {
    const recordedAt = this.#beginAt(now);
    return group.map((append) => {
      if (!this.#isExpected(append)) return this.#repeatOrConflict(append);
      const head = this.#head;
      const revision = this.#streams.get(append.stream)?.revision ?? -1;
      const outcome = this.#add(append, recordedAt);
      if (this.#inserter.flush()) return outcome;
      this.#takeBack.run(head.position + 1);
      this.#head = head;
      this.#streams.advance(append.stream, revision);
      return this.#repeatOrConflict(append);
    });
  }

  #beginAt(now: number): number {
    this.#begin.run();
    this.#readHead();
    return Math.max(this.#head.recordedAt, now);
  }

  #isExpected({ stream, expected }: PreparedAppend): boolean {
    if (expected === 'any') return true;
    const revision = last(this.#streams.get(stream));
    return expected === 'no_stream' ? revision === null : revision === expected;
  }

  #repeatOrConflict(append: PreparedAppend): AppendOutcome {
    const actualRevision = last(this.#streams.get(append.stream));
    return this.#repeats.find(append) ?? { ok: false, reason: 'conflict', actualRevision };
  }

  /** To be flushed. */
  #add({ stream, events }: PreparedAppend, recordedAt: number): AppendResult {
    if (events.length === 0) return this.#nothingAdded(stream);
    const { id, categoryId, revision: before } = this.#streams.getOrCreate(stream);
    let { position } = this.#head;
    let revision = before;
    for (const event of events) {
      position += 1;
      revision += 1;
      this.#inserter.add(
        position,
        id,
        revision,
        categoryId,
        event.id,
        event.type,
        event.version,
        event.occurredAt,
        recordedAt,
        event.data,
        event.metadata,
      );
    }
    this.#streams.advance(stream, revision);
    this.#head = { position, recordedAt };
    return { ok: true, revision, position, repeated: false };
  }

  #nothingAdded(stream: string): AppendResult {
    const revision = last(this.#streams.get(stream));
    return { ok: true, revision, position: this.#head.position, repeated: false };
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
    this.#inserter.clear();
    if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
  }
}

function last(state: StreamState | null): number | null {
  return state === null || state.revision < 0 ? null : state.revision;
}
