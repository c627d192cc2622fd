import type { EventStore, RecordedEvent } from '@provisie/event-store';

/** The log as a release sees it that can't cope with what `poison` makes of some events. */
export function poisoned(
  store: EventStore,
  poison: (event: RecordedEvent) => RecordedEvent,
): EventStore {
  return {
    append: (stream, events, expected) => store.append(stream, events, expected),
    readStream: (stream, options) => store.readStream(stream, options),
    head: () => store.head(),
    eventAt: async (position) => {
      const event = await store.eventAt(position);
      return event === null ? null : poison(event);
    },
    close: () => store.close(),
    async *readAll(after, options) {
      for await (const events of store.readAll(after, options)) yield events.map(poison);
    },
    async *subscribe(after, options) {
      for await (const batch of store.subscribe(after, options)) {
        yield batch.kind === 'events' ? { ...batch, events: batch.events.map(poison) } : batch;
      }
    },
  };
}

/** The events at these positions happened at no moment at all: they can be read, and no column takes them. */
export function outOfTime(...positions: readonly number[]) {
  return (event: RecordedEvent): RecordedEvent =>
    positions.includes(event.position) ? { ...event, occurredAt: Number.NaN } : event;
}
