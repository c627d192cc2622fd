import { streams, type Fact, type NewFact } from '@provisie/domain';
import {
  decideAndAppend,
  readFact,
  type EventStore,
  type ReadStreamOptions,
  type RecordedEvent,
} from '@provisie/event-store';
import { PayoutError } from './errors.ts';

/** Everything that happened in a stream. */
export async function factsIn(
  store: EventStore,
  stream: string,
  options: ReadStreamOptions = {},
): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  for await (const event of store.readStream(stream, options)) facts.push(readFact(event));
  return facts;
}

/** What one event of a stream tells, by its id; null when it isn't there. */
export async function factOf(store: EventStore, stream: string, id: string): Promise<Fact | null> {
  for await (const event of store.readStream(stream)) if (event.id === id) return readFact(event);
  return null;
}

/** The events of a run's stream hold hundreds of payouts each. */
const LARGE_EVENTS_AT_ONCE = 4;

/** The events of a stream of which few fit into memory at a time. */
export async function* largeEventsIn(
  store: EventStore,
  stream: string,
  fromRevision = 0,
): AsyncGenerator<RecordedEvent> {
  for (let from = fromRevision; ; from += LARGE_EVENTS_AT_ONCE) {
    const options = { fromRevision: from, limit: LARGE_EVENTS_AT_ONCE };
    const events = await Array.fromAsync(store.readStream(stream, options));
    yield* events;
    if (events.length < LARGE_EVENTS_AT_ONCE) return;
  }
}

export interface Append {
  readonly stream: string;
  readonly by: string;
  readonly requestHash?: string | null;
  /** What happens, given what happened: nothing when it is so already. May run again when others wrote meanwhile. */
  readonly decide: (facts: readonly Fact[]) => Promise<readonly NewFact[]> | readonly NewFact[];
}

/** Many may write to one stream, and each round lets one through. */
const ATTEMPTS = 40;

export interface Decided {
  /** Of the last event decided on or written. */
  readonly position: number;
  /** All that is in the stream then. */
  readonly facts: () => Promise<readonly Fact[]>;
}

/** Decides on a stream and appends on condition that nobody else did. */
export async function decideOn(
  store: EventStore,
  { stream, by, requestHash = null, decide }: Append,
): Promise<Decided> {
  const result = await decideAndAppend(
    store,
    stream,
    async (before: readonly RecordedEvent[]) => {
      const events = await decide(before.map(readFact));
      const command = events[0]?.id;
      const metadata = {
        by,
        ...(command === undefined ? {} : { command }),
        ...(requestHash === null ? {} : { requestHash }),
      };
      return events.map((event) => Object.assign({}, event, { metadata }));
    },
    { attempts: ATTEMPTS },
  );
  if (!result.ok)
    throw new PayoutError('contended', 'Others kept writing at the same place. Try again.');
  const { before, events, append } = result;
  const fromRevision = before.length;
  return {
    position: events.length === 0 ? (before.at(-1)?.position ?? 0) : append.position,
    facts: async () => {
      const after =
        events.length === 0
          ? []
          : await Array.fromAsync(store.readStream(stream, { fromRevision }));
      return [...before, ...after].map(readFact);
    },
  };
}

export function payoutsOf(store: EventStore, partnerId: string): Promise<readonly Fact[]> {
  return factsIn(store, streams.payouts(partnerId));
}
