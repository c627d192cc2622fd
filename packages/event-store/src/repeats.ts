import canonicalize from 'canonicalize';
import { EventStoreError } from './event-store.ts';
import type { AppendResult } from './event-store.ts';
import type { PreparedAppend } from './prepared-append.ts';
import type { PreparedEvent } from './prepared-event.ts';

/** What a log holds under an id. */
export interface StoredEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly type: string;
  readonly version: number;
  readonly occurredAt: number;
  /** JSON. */
  readonly data: string;
}

/**
 * Tells whether an append that could not be written was written before: the acknowledgement of the first
 * time, when exactly these events stand in this stream one after the other; an error when an id stands
 * for something else; null when it is no repeat. `find` looks an event up by its id.
 */
export function repeatOf(
  { stream, events }: Pick<PreparedAppend, 'stream' | 'events'>,
  find: (event: PreparedEvent) => StoredEvent | undefined,
): AppendResult | EventStoreError | null {
  const stored: StoredEvent[] = [];
  for (const event of events) {
    const found = find(event);
    if (found === undefined) continue;
    const difference = differenceOf(stream, event, found);
    if (difference !== null) return reused(event, found, difference);
    stored.push(found);
  }
  const last = stored.at(-1);
  if (last === undefined || stored.length < events.length || !areConsecutive(stored)) return null;
  return { ok: true, revision: last.revision, position: last.position, repeated: true };
}

function areConsecutive(stored: readonly StoredEvent[]): boolean {
  const first = stored[0]?.revision ?? 0;
  return stored.every(({ revision }, index) => revision === first + index);
}

/** What of the content differs; null when nothing does. */
function differenceOf(stream: string, event: PreparedEvent, stored: StoredEvent): string | null {
  if (stored.stream !== stream) return 'stream';
  if (stored.type !== event.type) return 'type';
  if (stored.version !== event.version) return 'version';
  if (stored.occurredAt !== event.occurredAt) return 'occurredAt';
  return isSameJson(stored.data, event.data) ? null : 'data';
}

function isSameJson(one: string, other: string): boolean {
  return one === other || canonicalize(JSON.parse(one)) === canonicalize(JSON.parse(other));
}

function reused(event: PreparedEvent, stored: StoredEvent, difference: string): EventStoreError {
  return new EventStoreError(
    'event_id_reused',
    `The event id ${event.id} is taken by the ${stored.type} at position ${stored.position} in stream ${stored.stream}, which differs in its ${difference}.`,
  );
}
