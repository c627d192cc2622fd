import { eventCatalogue, isEventType } from '@provisie/domain';
import type { EventType, Fact, RecordedFact } from '@provisie/domain';
import { EventStoreError } from './event-store.ts';
import type { RecordedEvent } from './event-store.ts';

/**
 * An event of the log as the domain knows it, at its newest version.
 * Throws `EventStoreError` `event_unreadable` when its type or version is unknown or its content doesn't fit.
 */
export function readFact(recorded: RecordedEvent): Fact {
  const { id, type, occurredAt, recordedAt, position } = recorded;
  if (!isEventType(type)) throw unreadable(recorded, 'no event of this type is known');
  const data = upcast(type, recorded);
  const fact = { id, type, occurredAt, recordedAt, position, data };
  if (!isFact(fact)) throw unreadable(recorded, misfit(type, data));
  return fact;
}

function upcast(type: EventType, recorded: RecordedEvent): unknown {
  const { version: newest, upcasts } = eventCatalogue[type];
  const { version } = recorded;
  if (version < 1 || version > newest) {
    throw unreadable(recorded, `version ${version} is unknown, the newest known is ${newest}`);
  }
  try {
    return upcasts.slice(version - 1).reduce((data, next) => next(data), recorded.data);
  } catch (cause) {
    throw unreadable(recorded, `version ${version} can't be brought to version ${newest}`, cause);
  }
}

function isFact(candidate: RecordedFact<EventType, unknown>): candidate is Fact {
  return eventCatalogue[candidate.type].schema.safeParse(candidate.data).success;
}

/** Every path that doesn't fit, and why. */
function misfit(type: EventType, data: unknown): string {
  const { error } = eventCatalogue[type].schema.safeParse(data);
  const issues = error?.issues ?? [];
  return issues
    .map(({ path, message }) => `${['data', ...path].map(String).join('.')}: ${message}`)
    .join('; ');
}

function unreadable(recorded: RecordedEvent, reason: string, cause?: unknown): EventStoreError {
  const { position, stream, revision, type, version } = recorded;
  return new EventStoreError(
    'event_unreadable',
    `The event at position ${position} (${type} version ${version}, stream ${stream}, revision ${revision}) can't be read: ${reason}.`,
    { cause },
  );
}
