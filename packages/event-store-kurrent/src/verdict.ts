import type { AppendResult, RecordedEvent } from '@provisie/event-store';
import { repeatOf } from '@provisie/event-store/adapting';
import type { AppendOutcome, PreparedAppend, StoredEvent } from '@provisie/event-store/adapting';
import type { EventReader } from './event-reader.ts';
import type { KnownStream } from './known-stream.ts';

/** `stands`: some of its ids are in the stream already. */
export type Verdict = 'write' | 'conflict' | 'stands';

/** `last`: the stream's last revision when it is this append's turn; `isTaken`: ids of before it in line. */
export function verdictOf(
  { events, expected }: PreparedAppend,
  known: KnownStream,
  last: number | null,
  isTaken: (id: string) => boolean,
): Verdict {
  if (events.some(({ id }) => known.revisionOf(id) !== undefined || isTaken(id))) return 'stands';
  if (expected === 'any' || known.isUncertain) return 'write';
  return (expected === 'no_stream' ? null : expected) === last ? 'write' : 'conflict';
}

export function conflictAt(actualRevision: number | null): AppendResult {
  return { ok: false, reason: 'conflict', actualRevision };
}

/** Of an append of which ids stand in the stream: was it written before, or do they stand for something else? */
export async function outcomeOfRepeat(
  append: PreparedAppend,
  known: KnownStream,
  reader: EventReader,
): Promise<AppendOutcome> {
  const revisions = append.events
    .map(({ id }) => known.revisionOf(id))
    .filter((revision) => revision !== undefined);
  const found = new Map<string, StoredEvent>();
  for (const [from, count] of rangesOf(revisions)) {
    const { events } = await reader.streamPart(append.stream, { from, count });
    for (const event of events) found.set(event.id, storedEvent(event));
  }
  return repeatOf(append, ({ id }) => found.get(id)) ?? conflictAt(known.last);
}

function storedEvent(event: RecordedEvent): StoredEvent {
  const { stream, revision, position, type, version, occurredAt, data } = event;
  return { stream, revision, position, type, version, occurredAt, data: JSON.stringify(data) };
}

/** First revision and count of each run without a gap. */
function rangesOf(revisions: readonly number[]): (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const revision of revisions.toSorted((one, other) => one - other)) {
    const current = ranges.at(-1);
    if (current !== undefined && revision <= current[0] + current[1]) {
      current[1] = revision - current[0] + 1;
    } else {
      ranges.push([revision, 1]);
    }
  }
  return ranges;
}
