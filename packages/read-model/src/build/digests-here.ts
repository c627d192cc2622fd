import type { ReadableLog } from '@provisie/event-store';
import { Digesting, type Digest } from './digest.ts';

export interface ReadLog {
  readonly store: ReadableLog;
  /** The last position to read. */
  readonly until: number;
  readonly signal?: AbortSignal;
}

/** Few, so that what is read of an event is forgotten before it has grown old. */
const READ_AT_ONCE = 500;
/** Few, for the same reason. */
const HANDED_OVER_TOGETHER = 2_000;
/** Of a store that is slow to read, what came in so long: it is kept, and shows as progress. */
const DIGESTED_WITHIN_MS = 200;

/** The log from its beginning, digested stretch by stretch. */
export async function* digestsOf({ store, until, signal }: ReadLog): AsyncGenerator<Digest> {
  const reading = { batchSize: READ_AT_ONCE, ...(signal === undefined ? {} : { signal }) };
  const digesting = new Digesting();
  let since = performance.now();
  for await (const batch of store.readAll(0, reading)) {
    const events = batch.filter((event) => event.position <= until);
    digesting.add(events);
    if (events.length < batch.length) break;
    const isDue = performance.now() - since > DIGESTED_WITHIN_MS;
    if (digesting.events < HANDED_OVER_TOGETHER && !isDue) continue;
    yield* given(digesting.take());
    since = performance.now();
  }
  yield* given(digesting.take());
}

function* given(digest: Digest | null): Generator<Digest> {
  if (digest !== null) yield digest;
}
