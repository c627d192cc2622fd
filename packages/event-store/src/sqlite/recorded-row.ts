import type { JsonObject } from '@provisie/domain';
import { EventStoreError } from '../event-store.ts';
import type { RecordedEvent } from '../event-store.ts';

/** What a reading statement gives for an event, in the order of `recordedColumns`. */
export type RecordedRow = readonly [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  version: number,
  occurredAt: number,
  recordedAt: number,
  data: string,
  metadata: string | null,
];

/**
 * Of `events e` and `streams s`. The id as text, because a buffer for every row costs more than the row; in upper case,
 * because SQLite takes longer to change that than JavaScript.
 */
export const recordedColumns = `e.position, s.name, e.revision, hex(e.event_id), e.type, e.version, e.occurred_at, e.recorded_at, e.data, e.metadata`;

/** Throws `SyntaxError` when the row's JSON isn't whole. */
export function recordedEventOf(row: RecordedRow): RecordedEvent {
  const json = row[8];
  if (!looksWhole(json)) throw new SyntaxError(`position ${row[0]} holds no JSON`);
  return new LazyEvent(row);
}

/**
 * `data` is parsed when somebody asks for it, once: parsing takes as long as all the rest, and many readers pass
 * over most events. It is a property like the others, so an event can be spread, compared and copied.
 */
class LazyEvent implements RecordedEvent {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly occurredAt: number;
  declare readonly data: unknown;
  readonly metadata: JsonObject;
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly recordedAt: number;
  /** Text until it is asked for; what it says is never text itself, as `looksWhole` tells. */
  #data: unknown;

  constructor(row: RecordedRow) {
    const metadata = row[9];
    this.id = uuidOf(row[3]);
    this.type = row[4];
    this.version = row[5];
    this.occurredAt = row[6];
    Object.defineProperty(this, 'data', parsedWhenRead);
    this.metadata = metadata === null ? withoutMetadata : parsedObject(metadata);
    this.stream = row[1];
    this.revision = row[2];
    this.position = row[0];
    this.recordedAt = row[7];
    this.#data = row[8];
  }

  static dataOf(event: LazyEvent): unknown {
    const data = event.#data;
    if (typeof data !== 'string') return data;
    event.#data = parsedData(data, event);
    return event.#data;
  }
}

/** One for all events: a property made anew for each would give each a shape of its own. */
const parsedWhenRead: PropertyDescriptor & ThisType<LazyEvent> = {
  enumerable: true,
  configurable: true,
  get() {
    return LazyEvent.dataOf(this);
  },
};

const withoutMetadata: JsonObject = Object.freeze({});

/** A list or an object from its first character to its last: what a torn or overwritten row is not. */
function looksWhole(json: string): boolean {
  const last = json.charCodeAt(json.length - 1);
  switch (json.charCodeAt(0)) {
    case 0x7b:
      return last === 0x7d;
    case 0x5b:
      return last === 0x5d;
    default:
      return false;
  }
}

function parsedData(json: string, { position, stream, revision }: LazyEvent): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new EventStoreError(
      'store_corrupt',
      `The event at position ${position} (stream ${stream}, revision ${revision}) holds no JSON: the event store is damaged. Stop writing to it and restore it from a backup.`,
      { cause },
    );
  }
}

function parsedObject(json: string): JsonObject {
  const value: unknown = JSON.parse(json);
  return isObject(value) ? value : withoutMetadata;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function uuidOf(upperCaseHex: string): string {
  const hex = upperCaseHex.toLowerCase();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
