import type { EventStore } from './event-store.ts';

/** Clocks of machines that keep time differ by less. */
export const CLOCKS_DIFFER_MS = 5 * 60_000;

/**
 * By how many milliseconds the log's last event was recorded later than `now`; 0 when it wasn't. `recordedAt` never falls, so
 * after a clock that was ahead everything is recorded at its last moment until the time has come there: what is asked for
 * as it was known before leaves it out.
 */
export async function logAheadMs(
  store: Pick<EventStore, 'head' | 'eventAt'>,
  now: number,
): Promise<number> {
  const head = await store.head();
  const last = head === 0 ? null : await store.eventAt(head);
  return Math.max(0, (last?.recordedAt ?? 0) - now);
}
