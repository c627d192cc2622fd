import type { RecordedEvent } from '@provisie/event-store';

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
