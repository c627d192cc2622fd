import type { JsonObject } from '@provisie/domain';
import { EventStoreError } from '@provisie/event-store';
import type { RecordedEvent } from '@provisie/event-store';
import type { Reading } from './reading.ts';

type EventColumns = [
  position: string | null,
  stream: string,
  revision: string,
  id: string,
  type: string,
  version: string,
  occurredAt: string,
  recordedAt: string,
  data: string,
  metadata: string | null,
];

const columns = `e.position, (SELECT name FROM provisie_events.streams s WHERE s.id = e.stream_id),
    e.revision, e.event_id, e.type, e.version, e.occurred_at, e.recorded_at, e.data, e.metadata`;

const headOfLog = 'SELECT coalesce(max(position), 0) FROM provisie_events.events';

/** The head and the events are of one moment. A row without an event when there is none. */
const withHead = (batch: string) => `
  SELECT ${columns}, head.position
  FROM (${headOfLog}) AS head (position) LEFT JOIN LATERAL (${batch}) AS e ON true
  ORDER BY e.position`;

const ofLog = withHead(
  'SELECT * FROM provisie_events.events WHERE position > $1 ORDER BY position LIMIT $2',
);

/** Every category gives its next positions from the index, so events of others cost nothing. */
const ofCategories = withHead(`
    SELECT found.* FROM (
      SELECT next.position
      FROM provisie_events.categories c CROSS JOIN LATERAL (
        SELECT position FROM provisie_events.events
        WHERE category_id = c.id AND position > $1 ORDER BY position LIMIT $2
      ) AS next
      WHERE c.name = ANY ($3::text[])
      ORDER BY next.position LIMIT $2
    ) AS hit JOIN provisie_events.events AS found ON found.position = hit.position`);

const ofStream = `
  SELECT ${columns}, s.revision
  FROM provisie_events.streams s CROSS JOIN LATERAL (
    SELECT * FROM provisie_events.events
    WHERE stream_id = s.id AND revision >= $2 ORDER BY revision LIMIT $3
  ) AS e
  WHERE s.name = $1 ORDER BY e.revision`;

const withoutMetadata: JsonObject = Object.freeze({});

export interface LogBatch {
  readonly events: readonly RecordedEvent[];
  /** Of the whole log, at the moment the events were read. */
  readonly head: number;
}

/** Reads the tables; each call is one short snapshot. */
export class EventReader {
  readonly #reading: Reading;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  async head(): Promise<number> {
    const [row] = await this.#reading.rows<[string]>('head_of_log', headOfLog, []);
    return Number(row?.[0] ?? 0);
  }

  async log(
    after: number,
    limit: number,
    categories: readonly string[] | undefined,
    signal: AbortSignal | undefined,
  ): Promise<LogBatch> {
    const rows =
      categories === undefined
        ? await this.#ask('batch_of_log', ofLog, [after, limit], signal)
        : await this.#ask('batch_of_categories', ofCategories, [after, limit, categories], signal);
    return { events: rows.flatMap(recorded), head: Number(rows[0]?.[10] ?? 0) };
  }

  /** `lastRevision` is the stream's when they were read; -1 when there are none. */
  async stream(
    stream: string,
    fromRevision: number,
    limit: number,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly events: readonly RecordedEvent[]; readonly lastRevision: number }> {
    const rows = await this.#ask(
      'batch_of_stream',
      ofStream,
      [stream, fromRevision, limit],
      signal,
    );
    return { events: rows.flatMap(recorded), lastRevision: Number(rows[0]?.[10] ?? -1) };
  }

  #ask(
    name: string,
    text: string,
    values: unknown[],
    signal: AbortSignal | undefined,
  ): Promise<[...EventColumns, of: string][]> {
    return this.#reading.rows(name, text, values, signal);
  }
}

/** None for the row that only tells the head. */
function recorded(row: [...EventColumns, string]): RecordedEvent[] {
  const [position, stream, revision, id, type, version, occurredAt, recordedAt, data, metadata] =
    row;
  if (position === null) return [];
  return [
    {
      id,
      type,
      version: Number(version),
      occurredAt: Number(occurredAt),
      data: parsed(data, position),
      metadata: metadata === null ? withoutMetadata : parsedObject(metadata, position),
      stream,
      revision: Number(revision),
      position: Number(position),
      recordedAt: Number(recordedAt),
    },
  ];
}

function parsed(json: string, position: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new EventStoreError(
      'store_corrupt',
      `The event at position ${position} is damaged: what it holds is no JSON. Stop writing to the store and restore it from a backup.`,
      { cause },
    );
  }
}

function parsedObject(json: string, position: string): JsonObject {
  const value = parsed(json, position);
  return isObject(value) ? value : withoutMetadata;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
