import type Database from 'better-sqlite3';
import type { EventStoreError } from '../event-store.ts';
import type { AppendResult } from '../event-store.ts';
import type { PreparedAppend } from '../prepared-append.ts';
import { repeatOf, type StoredEvent } from '../repeats.ts';

/** Tells whether an append that could not be written was written before. */
export class RepeatFinder {
  readonly #find: Database.Statement<[string], StoredEvent>;

  constructor(database: Database.Database) {
    this.#find = database.prepare(
      `SELECT s.name AS stream, e.revision, e.position, e.type, e.version, e.occurred_at AS occurredAt, e.data
       FROM events e JOIN streams s ON s.id = e.stream_id WHERE e.event_id = unhex(?, '-')`,
    );
  }

  /**
   * The acknowledgement of the first time, when exactly these events stand in this stream one after the
   * other; an error when an id stands for something else; null when it is no repeat.
   */
  find(append: PreparedAppend): AppendResult | EventStoreError | null {
    return repeatOf(append, (event) => this.#find.get(event.id));
  }
}
