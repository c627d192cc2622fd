import type { ReadableLog } from '@provisie/event-store';
import type { Projection } from './projection.ts';

export interface LogApplied {
  readonly store: ReadableLog;
  /** The last position to apply; default: all that there is. */
  readonly until?: number;
  /** Ends it between two batches; its reason is thrown. */
  readonly signal?: AbortSignal;
  /** Called when a batch is applied; what it throws ends it. */
  readonly onBatch: () => Promise<void>;
}

const BATCH_SIZE = 4_000;

/** Applies the log from where the projection stands, in batches as large as suit a build that nobody reads yet. */
export async function applyLog(projection: Projection, options: LogApplied): Promise<void> {
  const { store, until = Number.POSITIVE_INFINITY, signal, onBatch } = options;
  const reading = { batchSize: BATCH_SIZE, ...(signal === undefined ? {} : { signal }) };
  for await (const batch of store.readAll(projection.position, reading)) {
    signal?.throwIfAborted();
    const events = batch.filter((event) => event.position <= until);
    await projection.apply(events);
    await onBatch();
    if (events.length < batch.length) return;
  }
  signal?.throwIfAborted();
}
