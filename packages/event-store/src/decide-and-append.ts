import { EventStoreError } from './event-store.ts';
import type {
  AppendResult,
  EventStore,
  ExpectedRevision,
  NewEvent,
  RecordedEvent,
} from './event-store.ts';

export type Decide = (
  events: readonly RecordedEvent[],
) => Promise<readonly NewEvent[]> | readonly NewEvent[];

export type Appended = Extract<AppendResult, { readonly ok: true }>;

export type DecisionResult =
  | {
      readonly ok: true;
      readonly append: Appended;
      /** The stream as it was when the last decision was made. */
      readonly before: readonly RecordedEvent[];
      /** What was decided, and is now in the log. */
      readonly events: readonly NewEvent[];
    }
  | { readonly ok: false; readonly reason: 'too_much_contention'; readonly attempts: number };

/**
 * Reads a stream, decides, and appends on condition that nobody else appended meanwhile; otherwise reads
 * and decides anew, `attempts` times at most. `decide` therefore may run more than once; what it throws
 * comes through. Deciding on nothing writes nothing, but is checked against the stream all the same.
 *
 * An event whose id follows from what it tells of may be written by somebody else between reading and
 * appending, with other content: that is read and decided anew too. `event_id_reused` comes through only
 * if the id was taken although nothing was appended here since.
 */
export async function decideAndAppend(
  store: EventStore,
  stream: string,
  decide: Decide,
  { attempts = 5 }: { readonly attempts?: number } = {},
): Promise<DecisionResult> {
  let clashedAt: ExpectedRevision | null = null;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const before: RecordedEvent[] = [];
    for await (const event of store.readStream(stream)) before.push(event);
    const events = await decide(before);
    const expected = before.at(-1)?.revision ?? 'no_stream';
    const append = await appendUnlessClash(store, stream, events, expected, clashedAt);
    if (append === 'clash') clashedAt = expected;
    else if (append.ok) return { ok: true, append, before, events };
  }
  return { ok: false, reason: 'too_much_contention', attempts };
}

/** `clash`: an id stands for something else, as it may when another wrote after the stream was read. */
async function appendUnlessClash(
  store: EventStore,
  stream: string,
  events: readonly NewEvent[],
  expected: ExpectedRevision,
  clashedAt: ExpectedRevision | null,
): Promise<AppendResult | 'clash'> {
  try {
    return await store.append(stream, events, expected);
  } catch (error) {
    const isClash = error instanceof EventStoreError && error.code === 'event_id_reused';
    if (!isClash || expected === clashedAt) throw error;
    return 'clash';
  }
}
