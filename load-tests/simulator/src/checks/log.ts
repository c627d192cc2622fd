import { readFact, type EventStore, type RecordedEvent } from '@provisie/event-store';
import type { Fact } from '@provisie/domain';

/** All that is in the log when a run is over. */
export interface Log {
  readonly events: readonly RecordedEvent[];
  readonly facts: readonly Fact[];
  stream(name: string): readonly RecordedEvent[];
  at(position: number): RecordedEvent | undefined;
  withId(id: string): readonly RecordedEvent[];
}

export async function readLog(store: EventStore): Promise<Log> {
  const events: RecordedEvent[] = [];
  for await (const batch of store.readAll(0)) events.push(...batch);
  const byStream = Map.groupBy(events, ({ stream }) => stream);
  const byId = Map.groupBy(events, ({ id }) => id);
  const byPosition = new Map(events.map((event) => [event.position, event]));
  return {
    events,
    facts: events.map(readFact),
    stream: (name) => byStream.get(name) ?? [],
    at: (position) => byPosition.get(position),
    withId: (id) => byId.get(id) ?? [],
  };
}
