import { EventStoreError } from './event-store.ts';
import type { RecordedEvent } from './event-store.ts';
import { eventDifference } from './log-equality/event-difference.ts';
import { prepareEvents } from './prepared-event.ts';
import type { PreparedEvent } from './prepared-event.ts';

/** What another store holds is checked like what is appended. Throws `EventStoreError` `import_conflict`. */
export function preparedImport(event: RecordedEvent): PreparedEvent {
  const { id, type, version, occurredAt, data, metadata, stream } = event;
  if (typeof data !== 'object' || data === null) {
    throw importConflict(event, 'its data are no object');
  }
  const content = { id, type, version, occurredAt, data };
  const isBare = Object.keys(metadata).length === 0;
  try {
    const [prepared] = prepareEvents(stream, [isBare ? content : { ...content, metadata }]);
    if (prepared !== undefined) return prepared;
  } catch (cause) {
    throw importConflict(event, cause instanceof Error ? cause.message : String(cause), cause);
  }
  throw importConflict(event, 'it could not be read');
}

/** Throws `import_conflict` unless a kept position and `recordedAt` follow those of the event before. */
export function checkPlace(
  event: RecordedEvent,
  before: { readonly position: number; readonly recordedAt: number },
): void {
  const { position, recordedAt } = event;
  if (!Number.isSafeInteger(position) || position <= before.position) {
    throw importConflict(event, `the event before it has position ${before.position}`);
  }
  if (!Number.isSafeInteger(recordedAt) || recordedAt < before.recordedAt) {
    throw importConflict(event, `it was recorded before the event that it follows`);
  }
}

/** Throws `import_conflict` unless the revision is the one with which its stream goes on. */
export function checkRevision(event: RecordedEvent, next: number): void {
  if (event.revision !== next) {
    throw importConflict(event, `the stream goes on with revision ${next}`);
  }
}

/** For a position that the log has passed: throws `import_conflict` unless `found`, which it holds there, is the same. */
export function checkThere(event: RecordedEvent, found: RecordedEvent | undefined): void {
  if (found?.position !== event.position) {
    throw importConflict(event, 'the log goes on beyond it, and holds nothing there');
  }
  const difference = eventDifference(event, found, { withPositions: true });
  if (difference === null) return;
  throw importConflict(
    event,
    `the log holds event ${found.id} of stream ${found.stream} there, which differs in its ${difference}`,
  );
}

export function importConflict(
  { position, stream, revision }: RecordedEvent,
  reason: string,
  cause?: unknown,
): EventStoreError {
  return new EventStoreError(
    'import_conflict',
    `The event of position ${position} (stream ${stream}, revision ${revision}) doesn't fit into this log: ${reason}.`,
    { cause },
  );
}
