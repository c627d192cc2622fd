import { streams, type Fact, type NewFact } from '@provisie/domain';
import {
  decideAndAppend,
  readFact,
  type EventStore,
  type RecordedEvent,
} from '@provisie/event-store';
import { PayoutError } from './errors.ts';

/** Everything that happened in a stream. */
export async function factsIn(store: EventStore, stream: string): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  for await (const event of store.readStream(stream)) facts.push(readFact(event));
  return facts;
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

/** Decides on a stream and appends on condition that nobody else did; resolves to all that is in it then. */
export async function decideOn(
  store: EventStore,
  { stream, by, requestHash = null, decide }: Append,
): Promise<{
  readonly facts: readonly Fact[];
  readonly written: number;
  readonly position: number;
}> {
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
  const after =
    events.length === 0
      ? []
      : await Array.fromAsync(store.readStream(stream, { fromRevision: before.length }));
  return {
    facts: [...before, ...after].map(readFact),
    written: events.length,
    position: events.length === 0 ? (before.at(-1)?.position ?? 0) : append.position,
  };
}

export function payoutsOf(store: EventStore, partnerId: string): Promise<readonly Fact[]> {
  return factsIn(store, streams.payouts(partnerId));
}
