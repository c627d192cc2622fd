import type { JsonObject } from '@provisie/domain';
import { EventStoreError } from '@provisie/event-store';
import type { NewEvent } from '@provisie/event-store';
import type Database from 'better-sqlite3';
import type { BatchLimits, OutgoingBatch, WaitingEvent } from './outbox.ts';
import type { SpoolStreams } from './spool-streams.ts';

interface Row {
  readonly seq: number;
  readonly streamId: number;
  readonly eventId: Buffer;
  readonly type: string;
  readonly version: number;
  readonly occurredAt: number;
  readonly bytes: number;
  readonly data: string;
  readonly metadata: string | null;
}

/** Reads the queue. */
export class WaitingEvents {
  readonly #streams: SpoolStreams;
  readonly #next: Database.Statement<[after: number, limit: number, skip: number], Row>;
  readonly #oldest: Database.Statement<[after: number], number>;

  constructor(database: Database.Database, streams: SpoolStreams) {
    this.#streams = streams;
    this.#next = database.prepare(
      `SELECT seq, stream_id AS streamId, event_id AS eventId, type, version, occurred_at AS occurredAt, bytes,
              data, metadata
       FROM waiting WHERE seq > ? ORDER BY seq LIMIT ? OFFSET ?`,
    );
    this.#oldest = database
      .prepare<[number], number>(
        'SELECT spooled_at FROM waiting WHERE seq > ? ORDER BY seq LIMIT 1',
      )
      .pluck();
  }

  /** As many of one stream as the limits allow, one at least. */
  batch(after: number, { events, bytes, skip = 0 }: BatchLimits): OutgoingBatch | null {
    const taken: WaitingEvent[] = [];
    let streamId: number | null = null;
    let size = 0;
    for (const row of this.#next.iterate(after, events, skip)) {
      size += row.bytes;
      if (streamId !== null && (row.streamId !== streamId || size > bytes)) break;
      ({ streamId } = row);
      taken.push({ seq: row.seq, bytes: row.bytes, event: eventOf(row) });
    }
    if (streamId === null) return null;
    const { name, forwarded } = this.#streams.byId(streamId);
    return { stream: name, expected: forwarded < 0 ? 'no_stream' : forwarded, events: taken };
  }

  /** When the event at the head of the queue was spooled; null when nothing waits. */
  oldestAt(after: number): number | null {
    return this.#oldest.get(after) ?? null;
  }
}

function eventOf({ eventId, type, version, occurredAt, data, metadata }: Row): NewEvent {
  const event = { id: uuidOf(eventId), type, version, occurredAt, data: parsed(data) };
  return metadata === null ? event : { ...event, metadata: parsed(metadata) };
}

function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function parsed(json: string): JsonObject {
  const value: unknown = JSON.parse(json);
  if (isObject(value)) return value;
  throw new EventStoreError('store_corrupt', 'The spool holds an event whose JSON is no object.');
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
