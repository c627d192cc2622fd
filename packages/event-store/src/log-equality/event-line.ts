import canonicalize from 'canonicalize';
import type { JsonObject } from '@provisie/domain';
import type { RecordedEvent } from '../event-store.ts';

/** An event as it stands in `events.jsonl`, without the end of the line: what was recorded, sealed data still sealed. */
export function eventLine(event: RecordedEvent): string {
  const { position, id, type, version, stream, revision, metadata, data } = event;
  return JSON.stringify({
    position,
    id,
    type,
    version,
    stream,
    revision,
    occurredAt: new Date(event.occurredAt).toISOString(),
    recordedAt: new Date(event.recordedAt).toISOString(),
    metadata,
    data,
  });
}

/** The same for every engine: without the position, keys in the order of RFC 8785. */
export function contentLine(event: RecordedEvent): string {
  const { position: _, ...content } = event;
  return canonicalize(content) ?? '';
}

/** Reads what `eventLine` wrote; null when it is something else. */
export function eventOfLine(line: string): RecordedEvent | null {
  const value = jsonOf(line);
  if (!isObject(value)) return null;
  const { position, id, type, version, stream, revision, metadata, data } = value;
  const occurredAt = instantOf(value['occurredAt']);
  const recordedAt = instantOf(value['recordedAt']);
  if (typeof id !== 'string' || typeof type !== 'string' || typeof stream !== 'string') return null;
  if (!isWhole(position) || !isWhole(version) || !isWhole(revision)) return null;
  if (occurredAt === null || recordedAt === null || !isObject(metadata)) return null;
  return { position, id, type, version, stream, revision, occurredAt, recordedAt, metadata, data };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function instantOf(value: unknown): number | null {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
