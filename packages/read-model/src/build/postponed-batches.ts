import type { RecordedEvent } from '@provisie/event-store';
import type { TouchesRead } from '../batch/batch-visitors.ts';
import type { ReadModelDatabase } from '../database/read-model-database.ts';
import { isTouch } from './digest.ts';
import { nextPostponed } from './postponed-events.ts';
import { readTouchesOf } from './touches-coming.ts';

export interface PostponedReading {
  readonly database: ReadModelDatabase;
  /** The position that was reached. */
  readonly after: number;
  /** Events in a batch at most. */
  readonly batchSize: number;
  /** Enough to come that reading ahead is worth while. */
  readonly isLong: boolean;
}

export interface PostponedBatch {
  readonly events: readonly RecordedEvent[];
  /** Which the orders among them will ask for; null where that wasn't read. */
  readonly touches: TouchesRead | null;
}

/** What was postponed, in log order. While a batch is applied, the touches of the next are read. */
export async function* postponedBatches({
  database,
  after,
  batchSize,
  isLong,
}: PostponedReading): AsyncGenerator<PostponedBatch> {
  const aside = isLong ? database.readAside() : null;
  const read = async (before: readonly RecordedEvent[], from: number): Promise<PostponedBatch> => {
    const events = await nextPostponed(database.reading, from, batchSize);
    // A touch that is applied meanwhile may change what the tables say of touches.
    const isSettled = ![...before, ...events].some(isTouch);
    const touches = aside !== null && isSettled ? await readTouchesOf(aside.session, events) : null;
    return { events, touches };
  };
  try {
    let next = read([], after);
    for (;;) {
      const batch = await next;
      const last = batch.events.at(-1);
      if (last === undefined) return;
      next = read(batch.events, last.position);
      // Whoever applies the batch may fail first.
      next.catch(() => {});
      yield batch;
    }
  } finally {
    await aside?.close();
  }
}
