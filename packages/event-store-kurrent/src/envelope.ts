import type messages from '@eventstore/db-client/generated/streams_pb.js';
import type { JsonObject } from '@provisie/domain';
import { EventStoreError } from '@provisie/event-store';
import type { RecordedEvent } from '@provisie/event-store';
import type { PreparedEvent } from '@provisie/event-store/adapting';
import type { StreamNames } from './stream-names.ts';

type Recorded = messages.ReadResp.ReadEvent.RecordedEvent;

/** An event as the server is given it. */
export interface ServerEvent {
  readonly id: string;
  readonly type: string;
  /** JSON. */
  readonly data: string;
  /** JSON. */
  readonly metadata: string;
}

/** Of the envelope in which the server keeps, as the event's metadata, what it has no place for itself. */
const ENVELOPE_VERSION = 1;

const withoutMetadata: JsonObject = Object.freeze({});
const ticksPerMillisecond = 10_000n;

export interface Recording {
  /** Of an event that another store recorded. */
  readonly recordedAt?: number;
  /** Of an event that follows on one whose `recordedAt` lies in the future. */
  readonly recordedNotBefore?: number;
  /** Of the append that wrote it: by this it knows its own events again. */
  readonly write?: string;
}

export function serverEventOf(event: PreparedEvent, recording: Recording = {}): ServerEvent {
  const { id, type, version, occurredAt, data, metadata } = event;
  const own = metadata === null ? '' : `,"metadata":${metadata}`;
  const imported = Object.entries(recording)
    .map(([key, value]) => `,${JSON.stringify(key)}:${JSON.stringify(value)}`)
    .join('');
  return {
    id,
    type,
    data,
    metadata: `{"provisie":${ENVELOPE_VERSION},"version":${version},"occurredAt":${occurredAt}${imported}${own}}`,
  };
}

/**
 * Null for an event that the server or a projection of it wrote.
 * Throws `EventStoreError`: `store_foreign` for one that another application wrote, `store_newer`,
 * `store_unavailable` when the server gives no position that can be used, `store_corrupt`.
 */
export function recordedEventOf(recorded: Recorded, names: StreamNames): RecordedEvent | null {
  const type = recorded.getMetadataMap().get('type') ?? '';
  const server = Buffer.from(recorded.getStreamIdentifier()?.getStreamName_asU8() ?? []);
  const name = server.toString('utf8');
  const stream = names.ofServer(name);
  if (stream === null || type.startsWith('$')) return null;
  const place = `${name} at revision ${recorded.getStreamRevision()}`;
  const envelope = envelopeOf(jsonOf(recorded.getCustomMetadata_asU8(), place, foreign), place);
  return {
    id: recorded.getId()?.getString() ?? '',
    type,
    version: envelope.version,
    occurredAt: envelope.occurredAt,
    data: jsonOf(recorded.getData_asU8(), place, corrupt),
    metadata: envelope.metadata,
    stream,
    revision: Number(recorded.getStreamRevision()),
    position: positionOf(recorded.getCommitPosition(), place),
    recordedAt: envelope.recordedAt ?? Math.max(createdAt(recorded), envelope.recordedNotBefore),
  };
}

/** Which append wrote it; null when it doesn't say. */
export function writeOf(recorded: Recorded): string | null {
  const envelope = jsonOf(recorded.getCustomMetadata_asU8(), 'an event', foreign);
  const write = isObject(envelope) ? envelope['write'] : null;
  return typeof write === 'string' ? write : null;
}

/** Throws `EventStoreError` `store_unavailable` when it is no safe integer. */
export function positionOf(commit: string, place: string): number {
  const position = Number(commit);
  if (Number.isSafeInteger(position)) return position;
  throw new EventStoreError(
    'store_unavailable',
    `The event store server gives no position for ${place} that can be counted with (${commit}). It must be of version 22.10 or later, and its log smaller than 9 petabytes.`,
  );
}

interface Envelope {
  readonly version: number;
  readonly occurredAt: number;
  readonly recordedAt: number | null;
  readonly recordedNotBefore: number;
  readonly metadata: JsonObject;
}

function envelopeOf(json: unknown, place: string): Envelope {
  if (!isObject(json) || typeof json['provisie'] !== 'number') throw foreign(place);
  if (json['provisie'] > ENVELOPE_VERSION) {
    throw new EventStoreError(
      'store_newer',
      `The event in ${place} was written by a newer version of Provisie. Update this one.`,
    );
  }
  const { version, occurredAt, recordedAt, recordedNotBefore, metadata } = json;
  if (typeof version !== 'number' || typeof occurredAt !== 'number') throw corrupt(place);
  return {
    version,
    occurredAt,
    recordedAt: typeof recordedAt === 'number' ? recordedAt : null,
    recordedNotBefore: typeof recordedNotBefore === 'number' ? recordedNotBefore : 0,
    metadata: isObject(metadata) ? metadata : withoutMetadata,
  };
}

function createdAt(recorded: Recorded): number {
  return Number(BigInt(recorded.getMetadataMap().get('created') ?? '0') / ticksPerMillisecond);
}

function jsonOf(
  bytes: Uint8Array,
  place: string,
  problem: (place: string) => EventStoreError,
): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
  } catch {
    throw problem(place);
  }
}

function foreign(place: string): EventStoreError {
  return new EventStoreError(
    'store_foreign',
    `The event in ${place} isn't Provisie's: another application writes to this server. Give Provisie a namespace of its own there, or a server.`,
  );
}

function corrupt(place: string): EventStoreError {
  return new EventStoreError('store_corrupt', `The event in ${place} can't be read as JSON.`);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
