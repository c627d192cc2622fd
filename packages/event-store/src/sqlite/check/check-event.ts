import type { JsonObject } from '@provisie/domain';
import { EventStoreError } from '../../event-store.ts';
import type { RecordedEvent } from '../../event-store.ts';
import { readFact } from '../../read-fact.ts';
import type { Faults } from './fault.ts';
import type { EventRow } from './readable-rows.ts';

/** What must hold for an event by itself, and after the one before it. */
export function checkEvent(row: EventRow, previous: EventRow | null, faults: Faults): void {
  const { position, stream, category, recordedAt } = row;
  const place = `position ${position}`;
  if (previous === null && position < 1) faults.add('position', `${place}: positions begin at 1`);
  if (previous !== null && recordedAt < previous.recordedAt) {
    faults.add(
      'recorded_at',
      `${place} was recorded at ${moment(recordedAt)}, before the event that it follows (${moment(previous.recordedAt)})`,
    );
  }
  if (stream === null) faults.add('stream', `${place} names a stream that isn't there`);
  else if (category !== stream.split('-', 1)[0] || row.isOneCategory === 0) {
    faults.add('category', `${place}, stream ${stream}: its category is ${category ?? 'missing'}`);
  }
  if (row.id.length !== 16) faults.add('id', `${place} has an id of ${row.id.length} bytes`);
  checkContent(row, place, faults);
}

function checkContent(row: EventRow, place: string, faults: Faults): void {
  if (jsonOf(row.data) === undefined) faults.add('json', `${place}: its data are no JSON`);
  else if (row.metadata !== null && !isObject(jsonOf(row.metadata))) {
    faults.add('json', `${place}: its metadata are no JSON object`);
  }
  const event = eventOfRow(row);
  if (event === null) return;
  try {
    readFact(event);
  } catch (error) {
    if (!(error instanceof EventStoreError)) throw error;
    faults.add('event', error.message);
  }
}

/** Null when it is no event: its stream, its id or its JSON is broken. */
export function eventOfRow(row: EventRow): RecordedEvent | null {
  const { stream, id } = row;
  const data = jsonOf(row.data);
  const metadata = row.metadata === null ? {} : jsonOf(row.metadata);
  if (stream === null || id.length !== 16 || data === undefined || !isObject(metadata)) return null;
  const { position, revision, type, version, occurredAt, recordedAt } = row;
  return {
    id: uuidOf(id),
    type,
    version,
    occurredAt,
    data,
    metadata,
    stream,
    revision,
    position,
    recordedAt,
  };
}

function jsonOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function uuidOf(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A damaged number may be no instant at all. */
function moment(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : date.toISOString();
}
