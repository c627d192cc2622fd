import { isEventType, upcastPayload } from '@provisie/domain';
import type { EventPayload, EventType, Fact, RecordedFact } from '@provisie/domain';
import { EventStoreError } from './event-store.ts';
import type { RecordedEvent } from './event-store.ts';

/**
 * An event of the log as the domain knows it, at its newest version.
 * Throws `EventStoreError` `event_unreadable` when its type or version is unknown or its content doesn't
 * fit; the message names its place in the log and the path that doesn't fit.
 */
export function readFact(recorded: RecordedEvent): Fact {
  const { id, type, occurredAt, recordedAt, position } = recorded;
  if (!isEventType(type)) throw unreadable(recorded, `no event is called ${type}`);
  const payload = upcastPayload(type, recorded.version, recorded.data);
  if (!payload.ok) throw unreadable(recorded, payload.problem.message);
  const fact = { id, type, occurredAt, recordedAt, position, data: payload.data };
  if (!isFact(fact)) throw unreadable(recorded, `no event is called ${type}`);
  return fact;
}

/** The same; null for one that can't be read, for those who leave it to the tables to set it aside. */
export function readableFact(recorded: RecordedEvent): Fact | null {
  try {
    return readFact(recorded);
  } catch (error) {
    if (error instanceof EventStoreError && error.code === 'event_unreadable') return null;
    throw error;
  }
}

/** `upcastPayload` read the payload by the schema of this very type: that tie is what the compiler can't see. */
function isFact(read: RecordedFact<EventType, EventPayload<EventType>>): read is Fact {
  return isEventType(read.type);
}

function unreadable(recorded: RecordedEvent, reason: string): EventStoreError {
  const { position, stream, revision, type, version } = recorded;
  return new EventStoreError(
    'event_unreadable',
    `The event at position ${position} (${type} version ${version}, stream ${stream}, revision ${revision}) can't be read: ${reason}.`,
  );
}
