import { EventStoreError } from '@provisie/event-store';
import type { EventStore } from '@provisie/event-store';
import type { Outbox, OutgoingBatch } from './outbox.ts';

const IDS_AT_ONCE = 500;

/**
 * After a conflict: reads what the store has of the stream beyond what was known here, takes that out of the
 * queue, and goes on from where the stream really ends. That is so when an answer got lost and the queue has
 * grown since, when the spool was put back from a backup, when its copy runs elsewhere, and when the store
 * itself was put back. Resolves to how many events were found that waited here.
 */
export async function adoptStream(
  store: Pick<EventStore, 'readStream'>,
  outbox: Pick<Outbox, 'found' | 'streamEndsAt'>,
  { stream, expected }: Pick<OutgoingBatch, 'stream' | 'expected'>,
  actualRevision: number | null,
  timeLimitMs: number,
): Promise<number> {
  let last = expected === 'no_stream' ? -1 : expected;
  let ids: string[] = [];
  let found = 0;
  const isNews = () => ids.length > 0;
  const takeOut = () => {
    outbox.streamEndsAt(stream, last);
    found += outbox.found(ids);
    ids = [];
  };
  const signal = AbortSignal.timeout(timeLimitMs);
  const options = { fromRevision: last + 1, signal };
  let hasRead = false;
  try {
    for await (const event of store.readStream(stream, options)) {
      hasRead = true;
      last = event.revision;
      ids.push(event.id);
      if (ids.length >= IDS_AT_ONCE) takeOut();
    }
  } catch (error) {
    // What was read counts, so that the next try begins further on.
    if (isNews()) takeOut();
    if (!signal.aborted) throw error;
    const message = `The store didn't send the stream ${stream} within ${String(timeLimitMs)} ms.`;
    throw new EventStoreError('store_unavailable', message, { cause: error });
  }
  if (isNews()) takeOut();
  if (!hasRead) outbox.streamEndsAt(stream, actualRevision);
  return found;
}
