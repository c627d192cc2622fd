import { streams } from '@provisie/domain';
import { EventStoreError, type EventStore } from '@provisie/event-store';
import type { ClickEvent } from './click-reader.ts';

export interface WrittenClicks {
  /** New in the log. */
  recorded: number;
  /** There already, from an earlier import. */
  alreadyKnown: number;
}

const BATCH_SIZE = 500;

/** Appends clicks many at a time, to a stream for each day of theirs. */
export function createClickWriter(store: Pick<EventStore, 'append'>) {
  const written: WrittenClicks = { recorded: 0, alreadyKnown: 0 };
  let stream = '';
  let waiting: ClickEvent[] = [];

  const flush = async () => {
    const batch = waiting;
    waiting = [];
    await append(store, stream, batch, written);
  };

  return {
    written,
    async add(event: ClickEvent) {
      const itsStream = streams.touches('import', event.occurredAt);
      if (waiting.length >= BATCH_SIZE || (waiting.length > 0 && stream !== itsStream))
        await flush();
      stream = itsStream;
      waiting.push(event);
    },
    flush,
  };
}

/**
 * All or nothing of a batch; when only a part of it is in the log already (a log that has grown since, an
 * import that was broken off), each half by itself.
 */
async function append(
  store: Pick<EventStore, 'append'>,
  stream: string,
  batch: readonly ClickEvent[],
  written: WrittenClicks,
): Promise<void> {
  if (batch.length === 0) return;
  const outcome = await tryAppend(store, stream, batch);
  if (outcome === 'recorded') {
    written.recorded += batch.length;
  } else if (outcome === 'repeated' || batch.length === 1) {
    written.alreadyKnown += batch.length;
  } else {
    const middle = Math.ceil(batch.length / 2);
    await append(store, stream, batch.slice(0, middle), written);
    await append(store, stream, batch.slice(middle), written);
  }
}

async function tryAppend(
  store: Pick<EventStore, 'append'>,
  stream: string,
  batch: readonly ClickEvent[],
): Promise<'recorded' | 'repeated' | 'partly_known'> {
  try {
    const result = await store.append(stream, batch, 'any');
    if (!result.ok) return 'partly_known';
    return result.repeated ? 'repeated' : 'recorded';
  } catch (error) {
    // The same click id, seen by the live tracker or on another line: known, whatever else differs.
    if (error instanceof EventStoreError && error.code === 'event_id_reused') return 'partly_known';
    throw error;
  }
}
