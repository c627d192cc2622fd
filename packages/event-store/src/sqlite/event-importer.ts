import type Database from 'better-sqlite3';
import { EventStoreError } from '../event-store.ts';
import type { RecordedEvent } from '../event-store.ts';
import { eventDifference } from '../log-equality/event-difference.ts';
import { prepareEvents } from '../prepared-event.ts';
import type { PreparedEvent } from '../prepared-event.ts';
import { EventReader } from './event-reader.ts';
import { insertEvent, type InsertParameters } from './insert-event.ts';
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
  readonly #insert: Database.Statement<InsertParameters>;
  readonly #last: Database.Statement<[], Head>;
  readonly #placeOfId: Database.Statement<[Uint8Array], number>;

  constructor(database: Database.Database) {
    this.#database = database;
    this.#streams = new StreamRevisions(database);
    this.#reader = new EventReader(database);
    this.#insert = insertEvent(database);
    this.#last = database.prepare(
      'SELECT position, recorded_at AS recordedAt FROM events ORDER BY position DESC LIMIT 1',
    );
    this.#placeOfId = database
      .prepare<[Uint8Array], number>('SELECT position FROM events WHERE event_id = ?')
      .pluck();
  }

  /** All or nothing; durable when it returns. Throws `EventStoreError` `import_conflict`. */
  import(events: readonly RecordedEvent[]): void {
    const importAll = this.#database.transaction(() => {
      const head = this.#last.get() ?? { position: 0, recordedAt: 0 };
      const known = events.findIndex(({ position }) => position > head.position);
      const there = known === -1 ? events : events.slice(0, known);
      for (const event of there) this.#requireThere(event);
      for (const event of events.slice(there.length)) this.#add(event, head);
      this.#streams.save();
    });
    try {
      importAll.immediate();
    } finally {
      this.#streams.forget();
    }
  }

  #requireThere(event: RecordedEvent): void {
    const [found] = this.#reader.log(event.position - 1, 1);
    if (found?.position !== event.position) {
      throw conflict(event, 'the log goes on beyond it, and holds nothing there');
    }
    const difference = eventDifference(event, found, { withPositions: true });
    if (difference === null) return;
    throw conflict(
      event,
      `the log holds event ${found.id} of stream ${found.stream} there, which differs in its ${difference}`,
    );
  }

  #add(event: RecordedEvent, head: Head): void {
    const { position, stream, revision, recordedAt } = event;
    if (!Number.isSafeInteger(position) || position <= head.position) {
      throw conflict(event, `the event before it has position ${head.position}`);
    }
    if (!Number.isSafeInteger(recordedAt) || recordedAt < head.recordedAt) {
      throw conflict(event, `it was recorded before the event that it follows`);
    }
    const prepared = preparedImport(event);
    const state = this.#streams.getOrCreate(stream);
    if (revision !== state.revision + 1) {
      throw conflict(event, `the stream goes on with revision ${state.revision + 1}`);
    }
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
      prepared.idBytes,
      prepared.type,
      prepared.version,
      prepared.occurredAt,
      event.recordedAt,
      prepared.data,
      prepared.metadata,
    );
    if (changes === 1) return;
    const taken = this.#placeOfId.get(prepared.idBytes);
    throw conflict(event, `its id ${event.id} is taken by the event at position ${String(taken)}`);
  }
}

/** What another store holds is checked like what is appended. */
function preparedImport(event: RecordedEvent): PreparedEvent {
  const { id, type, version, occurredAt, data, metadata, stream } = event;
  if (typeof data !== 'object' || data === null) throw conflict(event, 'its data are no object');
  const content = { id, type, version, occurredAt, data };
  const isBare = Object.keys(metadata).length === 0;
  try {
    const [prepared] = prepareEvents(stream, [isBare ? content : { ...content, metadata }]);
    if (prepared !== undefined) return prepared;
  } catch (cause) {
    throw conflict(event, cause instanceof Error ? cause.message : String(cause), cause);
  }
  throw conflict(event, 'it could not be read');
}

function conflict(
  { position, stream, revision }: RecordedEvent,
  reason: string,
  cause?: unknown,
): EventStoreError {
  return new EventStoreError(
    'import_conflict',
    `The event of position ${position} (stream ${stream}, revision ${revision}) doesn't fit into this log: ${reason}.`,
    { cause },
  );
}
