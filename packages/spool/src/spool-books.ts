import type Database from 'better-sqlite3';

/** How much waits, kept in the file as it changes: counting a million rows would hold up a start. */
export class SpoolBooks {
  readonly #update: Database.Statement<[number, number]>;
  #kept: { events: number; bytes: number };
  #changed: { events: number; bytes: number };

  constructor(database: Database.Database) {
    const kept = database
      .prepare<[], { events: number; bytes: number }>(
        'SELECT waiting_events AS events, waiting_bytes AS bytes FROM spool',
      )
      .get();
    this.#kept = kept ?? { events: 0, bytes: 0 };
    this.#changed = this.#kept;
    this.#update = database.prepare('UPDATE spool SET waiting_events = ?, waiting_bytes = ?');
  }

  /** Rows in the file. */
  get events(): number {
    return this.#changed.events;
  }

  get bytes(): number {
    return this.#changed.bytes;
  }

  add(events: number, bytes: number): void {
    this.#changed = {
      events: this.#changed.events + events,
      bytes: this.#changed.bytes + bytes,
    };
  }

  /** Inside the transaction that changes the rows. */
  save(): void {
    this.#update.run(this.#changed.events, this.#changed.bytes);
  }

  keep(): void {
    this.#kept = this.#changed;
  }

  undo(): void {
    this.#changed = this.#kept;
  }
}
