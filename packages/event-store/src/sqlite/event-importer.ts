import type Database from 'better-sqlite3';
import type { RecordedEvent } from '../event-store.ts';
import {
  checkPlace,
  checkRevision,
  checkThere,
  importConflict,
  preparedImport,
} from '../import-checks.ts';
import type { PreparedEvent } from '../prepared-event.ts';
import { EventReader } from './event-reader.ts';
import { insertEvents, type InsertEvents } from './insert-event.ts';
import { StreamRevisions } from './stream-revisions.ts';

interface Head {
  position: number;
  recordedAt: number;
}

/** Writes what another store recorded, as it is. Whoever else remembers the head or revisions must forget them. */
export class EventImporter {
  readonly #database: Database.Database;
  readonly #streams: StreamRevisions;
  readonly #reader: EventReader;
  readonly #insert: InsertEvents;
  readonly #last: Database.Statement<[], Head>;
  readonly #placeOfId: Database.Statement<[string], number>;

  constructor(database: Database.Database) {
    this.#database = database;
    this.#streams = new StreamRevisions(database);
    this.#reader = new EventReader(database);
    this.#insert = insertEvents(database, 1);
    this.#last = database.prepare(
      'SELECT position, recorded_at AS recordedAt FROM events WHERE position = (SELECT max(position) FROM events)',
    );
    this.#placeOfId = database
      .prepare<[string], number>("SELECT position FROM events WHERE event_id = unhex(?, '-')")
      .pluck();
  }

  /** All or nothing; durable when it returns. Throws `EventStoreError` `import_conflict`. */
  import(events: readonly RecordedEvent[]): void {
    const importAll = this.#database.transaction(() => {
      const head = this.#last.get() ?? { position: 0, recordedAt: 0 };
      const known = events.findIndex(({ position }) => position > head.position);
      const there = known === -1 ? events : events.slice(0, known);
      for (const event of there) checkThere(event, this.#reader.log(event.position - 1, 1)[0]);
      for (const event of events.slice(there.length)) this.#add(event, head);
      this.#streams.save();
    });
    try {
      importAll.immediate();
    } finally {
      this.#streams.forget();
    }
  }

  #add(event: RecordedEvent, head: Head): void {
    const { position, stream, revision, recordedAt } = event;
    checkPlace(event, head);
    const prepared = preparedImport(event);
    const state = this.#streams.getOrCreate(stream);
    checkRevision(event, state.revision + 1);
    this.#insertNew(event, prepared, state);
    this.#streams.advance(stream, revision);
    head.position = position;
    head.recordedAt = recordedAt;
  }

  #insertNew(
    event: RecordedEvent,
    prepared: PreparedEvent,
    state: { readonly id: number; readonly categoryId: number },
  ): void {
    const { changes } = this.#insert.run(
      event.position,
      state.id,
      event.revision,
      state.categoryId,
      prepared.id,
      prepared.type,
      prepared.version,
      prepared.occurredAt,
      event.recordedAt,
      prepared.data,
      prepared.metadata,
    );
    if (changes === 1) return;
    const taken = this.#placeOfId.get(prepared.id);
    throw importConflict(
      event,
      `its id ${event.id} is taken by the event at position ${String(taken)}`,
    );
  }
}
