import type { EventStore } from '@provisie/event-store';
import { digestOf, type Digest } from './digest.ts';

export interface DigestedLog {
  readonly store: EventStore;
  /** The last position to read. */
  readonly until: number;
  readonly signal?: AbortSignal;
}

const BATCH_SIZE = 4_000;

/** The log from its beginning, digested batch by batch. */
export async function* digests({ store, until, signal }: DigestedLog): AsyncGenerator<Digest> {
  const reading = { batchSize: BATCH_SIZE, ...(signal === undefined ? {} : { signal }) };
  for await (const batch of store.readAll(0, reading)) {
    const events = batch.filter((event) => event.position <= until);
    const digest = digestOf(events);
    if (digest !== null) yield digest;
    if (events.length < batch.length) return;
  }
}
