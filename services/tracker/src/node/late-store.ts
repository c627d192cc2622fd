import { EventStoreError } from '@provisie/event-store';
import type { EventStore } from '@provisie/event-store';

/** A store that may not be there yet. */
export type LateStore = Pick<EventStore, 'append' | 'readStream' | 'subscribe' | 'close'>;

/**
 * Opens the store when it is first needed, and tries again at every use until that works: a node must start
 * without it. Until then everything rejects as `open` did, or with `store_unavailable`.
 */
export function createLateStore(open: () => Promise<EventStore>): LateStore {
  let opening: Promise<EventStore> | null = null;
  let isClosed = false;

  const opened = async (): Promise<EventStore> => {
    if (isClosed) throw new EventStoreError('store_closed', 'The event store is closed.');
    const attempt = (opening ??= open());
    try {
      return await attempt;
    } catch (error) {
      // Whoever waited for this attempt must not forget the next one, which another may have begun.
      if (opening === attempt) opening = null;
      if (error instanceof EventStoreError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      const message = `The event store can't be opened: ${reason}`;
      throw new EventStoreError('store_unavailable', message, { cause: error });
    }
  };

  return {
    append: async (...given) => (await opened()).append(...given),
    async *readStream(...given) {
      yield* (await opened()).readStream(...given);
    },
    async *subscribe(...given) {
      yield* (await opened()).subscribe(...given);
    },
    async close() {
      isClosed = true;
      const store = await opening?.catch(() => null);
      await store?.close();
    },
  };
}
