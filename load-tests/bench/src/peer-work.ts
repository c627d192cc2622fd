import { newFact, type NewFact } from '@provisie/domain';
import { createEventIds } from '@provisie/event-store';
import { clickData } from './synthetic-clicks.ts';

/** How much each peer is given to do; the same for both sides of a row. */
export interface PeerWork {
  /** Each waits for its append before it makes the next. */
  readonly writers: number;
  readonly singles: number;
  readonly batches: number;
}

export const PER_BATCH = 100;

const nextId = createEventIds();

/** The `n`-th event that a peer writes: a click with the fields of a real one. */
export function peerEvent(n: number): NewFact<'ClickRecorded'> {
  return newFact('ClickRecorded', { id: nextId(), occurredAt: Date.now(), data: clickData(n) });
}

export function peerBatch(n: number): NewFact<'ClickRecorded'>[] {
  return Array.from({ length: PER_BATCH }, (_, i) => peerEvent(n * PER_BATCH + i));
}

/** Does `count` things, each writer one after the other; every writer has a stream of its own. */
export async function byWriters(
  writers: number,
  count: number,
  work: (n: number, stream: string) => Promise<void>,
): Promise<void> {
  let next = 0;
  const write = async (_: unknown, writer: number) => {
    for (let n = next++; n < count; n = next++) await work(n, `touches-peer${writer}-2026-01-01`);
  };
  await Promise.all(Array.from({ length: writers }, write));
}
