import { EventStoreError } from '@provisie/event-store';
import type { EventStore } from '@provisie/event-store';
import type { OutgoingBatch } from './outbox.ts';

/** What became of a batch. */
export type Sending =
  /** It is in the store, since now or since an earlier time that wasn't heard of. */
  | { readonly kind: 'written'; readonly revision: number }
  /** The stream ends elsewhere than was thought. */
  | { readonly kind: 'conflict'; readonly actualRevision: number | null }
  /** Sending the same again would change nothing. */
  | { readonly kind: 'refused'; readonly error: EventStoreError }
  /** It may work later; whether it was written isn't known. */
  | { readonly kind: 'failed'; readonly error: unknown };

/** The store's judgement of what was sent, not of how the store is. */
const REFUSALS = new Set(['event_invalid', 'event_id_reused', 'append_too_large']);

/** Never rejects; resolves within the time limit. */
export async function sendBatch(
  store: Pick<EventStore, 'append'>,
  { stream, expected, events }: OutgoingBatch,
  timeLimitMs: number,
): Promise<Sending> {
  try {
    const appending = store.append(
      stream,
      events.map(({ event }) => event),
      expected,
    );
    const result = await within(appending, timeLimitMs);
    if (!result.ok) return { kind: 'conflict', actualRevision: result.actualRevision };
    const last = (expected === 'no_stream' ? -1 : expected) + events.length;
    return { kind: 'written', revision: result.revision ?? last };
  } catch (error) {
    const isRefusal = error instanceof EventStoreError && REFUSALS.has(error.code);
    return isRefusal ? { kind: 'refused', error } : { kind: 'failed', error };
  }
}

/** A connection that hangs must not hold up the queue for ever. */
async function within<Result>(work: Promise<Result>, limitMs: number): Promise<Result> {
  // If the limit comes first, nobody hears how it ends.
  work.catch(() => {});
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const message = `The store gave no answer within ${String(limitMs)} ms.`;
      reject(new EventStoreError('store_unavailable', message));
    }, limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
