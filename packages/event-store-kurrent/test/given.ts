import { createEventIds } from '@provisie/event-store';
import type { Batch, EventStore, NewEvent, RecordedEvent } from '@provisie/event-store';

const nextId = createEventIds();

export function anEvent(more: Partial<NewEvent> = {}): NewEvent {
  return {
    id: nextId(),
    type: 'Noted',
    version: 1,
    occurredAt: 1_700_000_000_000,
    data: {},
    ...more,
  };
}

export async function logOf(store: EventStore): Promise<RecordedEvent[]> {
  return (await Array.fromAsync(store.readAll(0))).flat();
}

export function idsOf(list: readonly { readonly id: string }[]): string[] {
  return list.map(({ id }) => id);
}

/** What a subscription brings, until so many events came; fails when that takes longer than ten seconds. */
export async function followed(
  store: EventStore,
  count: number,
  after = 0,
  onBatch: (batch: Batch) => void = () => {},
): Promise<RecordedEvent[]> {
  const seen: RecordedEvent[] = [];
  const signal = AbortSignal.timeout(10_000);
  for await (const batch of store.subscribe(after, { signal })) {
    onBatch(batch);
    if (batch.kind === 'events') seen.push(...batch.events);
    if (seen.length >= count) return seen;
  }
  throw new Error(`only ${seen.length} of ${count} events came`);
}
