import { streams } from '@provisie/domain';
import { EventStoreError } from '@provisie/event-store';
import type { EventStore, NewEvent } from '@provisie/event-store';

export type AppendedTouch = 'accepted' | 'repeated';

/** The store of a collector: a log, or a node's spool in front of one. */
export type TouchStore = Pick<EventStore, 'append'>;

/**
 * Appends touches to the streams of the worker, each by the day on which it happened: so one that is sent
 * again after midnight meets itself. Rejects as `append` does; the same touches may then be sent again.
 */
export async function appendTouches(
  store: TouchStore,
  worker: string,
  touches: readonly NewEvent[],
): Promise<ReadonlyMap<NewEvent, AppendedTouch>> {
  const days = Map.groupBy(touches, ({ occurredAt }) => streams.touches(worker, occurredAt));
  const appended = await Promise.all(
    Array.from(days, async ([stream, ofDay]) => {
      const together = await appendOrClash(store, stream, ofDay);
      if (together !== 'clash') return ofDay.map((touch) => [touch, together] as const);
      return Promise.all(ofDay.map((touch) => appendAlone(store, stream, touch)));
    }),
  );
  return new Map(appended.flat());
}

async function appendAlone(store: TouchStore, stream: string, touch: NewEvent) {
  const outcome = await appendOrClash(store, stream, [touch]);
  // A touch's id is bound to what happened: the same id is the same touch, heard in another way.
  return [touch, outcome === 'clash' ? 'repeated' : outcome] as const;
}

/** A clash: the store took none of them, because it has one of the ids already. */
async function appendOrClash(
  store: TouchStore,
  stream: string,
  touches: readonly NewEvent[],
): Promise<AppendedTouch | 'clash'> {
  try {
    const result = await store.append(stream, touches, 'any');
    if (!result.ok) return 'clash';
    return result.repeated ? 'repeated' : 'accepted';
  } catch (error) {
    if (error instanceof EventStoreError && error.code === 'event_id_reused') return 'clash';
    throw error;
  }
}
