import type { EventStore, RecordedEvent } from '@provisie/event-store';

const SMALL_BATCH = 7;

/** A log in memory, as a build reads it. */
export function logInMemory(events: readonly RecordedEvent[]): EventStore {
  const refused = (): Promise<never> =>
    Promise.reject(new Error('This log is only read in the order of the log.'));
  return {
    append: refused,
    head: async () => events.at(-1)?.position ?? 0,
    eventAt: async (at) => events.find(({ position }) => position === at) ?? null,
    close: async () => {},
    async *readAll(after, { batchSize = SMALL_BATCH } = {}) {
      const rest = events.filter(({ position }) => position > after);
      const size = Math.min(batchSize, SMALL_BATCH);
      for (let from = 0; from < rest.length; from += size) yield rest.slice(from, from + size);
    },
    async *readStream() {
      yield await refused();
    },
    async *subscribe() {
      yield await refused();
    },
  };
}
