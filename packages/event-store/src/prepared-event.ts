import { EventStoreError } from './event-store.ts';
import type { NewEvent } from './event-store.ts';

/** An event that was checked and turned into what a row holds. */
export interface PreparedEvent {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly occurredAt: number;
  /** JSON. */
  readonly data: string;
  /** JSON; null when there is none. */
  readonly metadata: string | null;
}

const limits = {
  streamLength: 256,
  typeLength: 128,
  /** Of data and of metadata each, as JSON. The longest there is names the orders of a payout. */
  jsonCharacters: 16_777_216,
  lastInstant: 8_640_000_000_000_000,
} as const;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Throws `EventStoreError` naming the field: `append_too_large` for what is too long, else `event_invalid`. */
export function prepareEvents(stream: string, events: readonly NewEvent[]): PreparedEvent[] {
  if (!isText(stream, limits.streamLength)) {
    throw invalid('stream', `text of 1 to ${limits.streamLength} characters`, stream);
  }
  const prepared = events.map(prepareEvent);
  if (prepared.length > 1) checkDistinct(prepared);
  return prepared;
}

function prepareEvent(event: NewEvent, index: number): PreparedEvent {
  const { id, type, version, occurredAt, data, metadata } = event;
  if (!uuid.test(id)) throw invalid(pathOf(index, 'id'), 'a UUID in lower case', id);
  if (!isText(type, limits.typeLength)) {
    throw invalid(pathOf(index, 'type'), `text of 1 to ${limits.typeLength} characters`, type);
  }
  if (!Number.isSafeInteger(version) || version < 1) {
    throw invalid(pathOf(index, 'version'), 'a whole number from 1', version);
  }
  if (!Number.isSafeInteger(occurredAt) || occurredAt < 0 || occurredAt > limits.lastInstant) {
    const wanted = 'UTC milliseconds since 1970, whole';
    throw invalid(pathOf(index, 'occurredAt'), wanted, occurredAt);
  }
  return {
    id,
    type,
    version,
    occurredAt,
    data: jsonOf(index, 'data', data),
    metadata: metadata === undefined ? null : jsonOf(index, 'metadata', metadata),
  };
}

function isText(text: string, length: number): boolean {
  return (
    typeof text === 'string' &&
    text.length > 0 &&
    text.length <= length &&
    text.isWellFormed() &&
    !text.includes('\0')
  );
}

/** Put together for an error only: nearly all events have none. */
function pathOf(index: number, field: keyof NewEvent): string {
  return `events[${index}].${field}`;
}

function checkDistinct(events: readonly PreparedEvent[]): void {
  const seen = new Set<string>();
  for (const { id } of events) {
    if (seen.has(id)) {
      throw new EventStoreError(
        'event_id_reused',
        `The id ${id} stands at two events of one append.`,
      );
    }
    seen.add(id);
  }
}

function jsonOf(index: number, field: 'data' | 'metadata', value: object): string {
  if (typeof value !== 'object' || value === null) {
    throw invalid(pathOf(index, field), 'an object', value);
  }
  const json = stringified(index, field, value);
  const offender = firstThatIsNotJson(value);
  if (offender !== null) throw notJson(`${pathOf(index, field)}${offender}`);
  if (json.length > limits.jsonCharacters) {
    const message = `${pathOf(index, field)} has ${json.length} characters of JSON; an event has at most ${limits.jsonCharacters}.`;
    throw new EventStoreError('append_too_large', message);
  }
  return json;
}

function stringified(index: number, field: 'data' | 'metadata', value: object): string {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw notJson(pathOf(index, field), cause);
  }
}

/**
 * The path inside the value, '' for itself; null when all is well. `JSON.stringify` turns some values into
 * null or leaves them out: a log must not lose them silently.
 */
function firstThatIsNotJson(value: unknown): string | null {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return null;
  if (typeof value === 'object') return firstInside(value);
  return typeof value === 'number' && Number.isFinite(value) ? null : '';
}

function firstInside(container: object): string | null {
  if (Array.isArray(container)) return firstInList(container);
  if ('toJSON' in container) return '';
  for (const [key, value] of Object.entries(container)) {
    // An optional property that is absent may be written as undefined.
    if (value === undefined) continue;
    const offender = firstThatIsNotJson(value);
    if (offender !== null) return `.${key}${offender}`;
  }
  return null;
}

/** By index, because a hole in a list would be skipped otherwise, and written as null. */
function firstInList(list: readonly unknown[]): string | null {
  for (let index = 0; index < list.length; index += 1) {
    const offender = firstThatIsNotJson(list[index]);
    if (offender !== null) return `[${index}]${offender}`;
  }
  return null;
}

function notJson(path: string, cause?: unknown): EventStoreError {
  const message = `${path} must be plain JSON: text, finite numbers, true, false, null, lists and objects of them.`;
  return new EventStoreError('event_invalid', message, { cause });
}

function invalid(path: string, wanted: string, found: unknown): EventStoreError {
  const shown = typeof found === 'string' ? JSON.stringify(found.slice(0, 80)) : String(found);
  return new EventStoreError('event_invalid', `${path} must be ${wanted}; it is ${shown}.`);
}
