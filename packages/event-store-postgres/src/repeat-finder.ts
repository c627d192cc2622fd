import type { EventStoreError } from '@provisie/event-store';
import type { AppendResult } from '@provisie/event-store';
import { repeatOf } from '@provisie/event-store/adapting';
import type { PreparedAppend, StoredEvent } from '@provisie/event-store/adapting';
import type { Reading } from './reading.ts';

type Row = [
  id: string,
  stream: string,
  revision: string,
  position: string,
  type: string,
  version: string,
  occurredAt: string,
  data: string,
];

const ofIds = `
  SELECT e.event_id, (SELECT name FROM provisie_events.streams s WHERE s.id = e.stream_id),
    e.revision, e.position, e.type, e.version, e.occurred_at, e.data
  FROM unnest($1::uuid[]) AS wanted (id)
  JOIN provisie_events.events e ON e.event_id = wanted.id`;

/** Their contents come along. */
const IDS_PER_QUERY = 500;

/** Tells whether an append was written before. Events never change, so it needs no transaction. */
export class RepeatFinder {
  readonly #reading: Reading;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /**
   * The acknowledgement of the first time, when exactly these events stand in this stream one after the
   * other; an error when an id stands for something else; null when it is no repeat.
   */
  async find(
    append: PreparedAppend,
  ): Promise<Extract<AppendResult, { readonly ok: true }> | EventStoreError | null> {
    const stored = new Map<string, StoredEvent>();
    const ids = append.events.map(({ id }) => id);
    for (let first = 0; first < ids.length; first += IDS_PER_QUERY) {
      const values = [ids.slice(first, first + IDS_PER_QUERY)];
      for (const row of await this.#reading.rows<Row>('events_of_ids', ofIds, values)) {
        stored.set(row[0], storedEvent(row));
      }
    }
    const found = repeatOf(append, ({ id }) => stored.get(id));
    return found !== null && 'ok' in found && !found.ok ? null : found;
  }
}

function storedEvent([
  ,
  stream,
  revision,
  position,
  type,
  version,
  occurredAt,
  data,
]: Row): StoredEvent {
  return {
    stream,
    revision: Number(revision),
    position: Number(position),
    type,
    version: Number(version),
    occurredAt: Number(occurredAt),
    data,
  };
}
