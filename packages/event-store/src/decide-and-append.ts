import type { AppendResult, EventStore, NewEvent, RecordedEvent } from './event-store.ts';

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
 */
export async function decideAndAppend(
  store: EventStore,
  stream: string,
  decide: Decide,
  { attempts = 5 }: { readonly attempts?: number } = {},
): Promise<DecisionResult> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const before: RecordedEvent[] = [];
    for await (const event of store.readStream(stream)) before.push(event);
    const events = await decide(before);
    const append = await store.append(stream, events, before.at(-1)?.revision ?? 'no_stream');
    if (append.ok) return { ok: true, append, before, events };
  }
  return { ok: false, reason: 'too_much_contention', attempts };
}
