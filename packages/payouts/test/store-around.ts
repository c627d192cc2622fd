import type { EventStore } from '@provisie/event-store';

/** A store that is another in some of what it does. */
export function storeAround(store: EventStore, changed: Partial<EventStore>): EventStore {
  return {
    append: store.append.bind(store),
    readStream: store.readStream.bind(store),
    readAll: store.readAll.bind(store),
    eventAt: store.eventAt.bind(store),
    subscribe: store.subscribe.bind(store),
    head: store.head.bind(store),
    close: store.close.bind(store),
    ...changed,
  };
}
