import type { Batch, EventStoreError, ReadAllOptions, RecordedEvent } from '@provisie/event-store';
import { DEFAULT_BATCH_SIZE } from './event-reader.ts';
import type { EventReader } from './event-reader.ts';
import { failureOf } from './failure.ts';
import { LiveFeed } from './live-feed.ts';
import type { Patience } from './patience.ts';
import type { ServerConnection } from './server-connection.ts';
import { categoryOf } from './stream-names.ts';
import type { StreamNames } from './stream-names.ts';

export interface FollowingParts {
  readonly connection: ServerConnection;
  readonly names: StreamNames;
  readonly reader: EventReader;
  readonly patience: Patience;
  /** Without a word from the server for so long, the log itself is looked at. */
  readonly silenceMs: number;
  /** Told of each interruption; it goes on by itself. */
  readonly onInterruption: (error: EventStoreError) => void;
  readonly failure: (error: unknown, doing: string) => EventStoreError;
}

/** While events come without a pause, nobody needs to hear more often that all was delivered. */
const MARKS_APART_MS = 20;

/**
 * Follows the log from a position on, however often the server goes away. Reading alone decides what was
 * delivered; the server's subscription makes it quick. It begins at the end of the log, is opened before the
 * log is read to its end, and what both bring is delivered once: so nothing falls between them, and no
 * position has to exist on the server for it.
 */
export class Following {
  readonly #parts: FollowingParts;
  readonly #options: ReadAllOptions;
  readonly #signal: AbortSignal;
  readonly #wanted: ReadonlySet<string> | null;
  #position: number;
  #markedAt = -1;

  constructor(parts: FollowingParts, after: number, options: ReadAllOptions, signal: AbortSignal) {
    this.#parts = parts;
    this.#options = options;
    this.#signal = signal;
    this.#position = after;
    this.#wanted = options.categories === undefined ? null : new Set(options.categories);
  }

  /** Ends when the signal aborts; throws `EventStoreError` for what doesn't pass by itself. */
  async *batches(): AsyncGenerator<Batch> {
    const { patience, failure, onInterruption } = this.#parts;
    let failures = 0;
    while (!this.#signal.aborted) {
      try {
        for await (const batch of this.#untilInterrupted()) {
          failures = 0;
          yield batch;
        }
      } catch (error) {
        if (this.#signal.aborted) return;
        const named = failure(error, 'subscribing');
        if (!failureOf(error).isPassing) throw named;
        onInterruption(named);
        await patience.pause(patience.pauseAfter(failures), this.#signal);
        failures += 1;
      }
    }
  }

  async *#untilInterrupted(): AsyncGenerator<Batch> {
    const { connection, names, patience } = this.#parts;
    // However much there is to catch up with, the server need not keep new events for us meanwhile.
    yield* this.#toTheEnd();
    const pattern = names.pattern(this.#options.categories);
    const { attemptMs } = patience.options;
    const feed = await LiveFeed.open(connection, names, pattern, attemptMs);
    try {
      while (!this.#signal.aborted) {
        yield* this.#toTheEnd();
        yield* this.#liveUntilPause(feed);
      }
    } finally {
      feed.close();
    }
  }

  /** What is in the log, by reading it; and the mark that says so. */
  async *#toTheEnd(): AsyncGenerator<Batch> {
    const { reader } = this.#parts;
    const head = await reader.head(this.#signal);
    if (head > this.#position) {
      const options = { ...this.#options, signal: this.#signal };
      for await (const events of reader.batches(this.#position, options)) {
        yield* this.#delivered(events);
      }
    }
    this.#position = Math.max(this.#position, head);
    if (head <= this.#markedAt) return;
    this.#markedAt = this.#position;
    yield { kind: 'caught_up', position: this.#position };
  }

  /** What the subscription brings, until it brings nothing for a moment. */
  async *#liveUntilPause(feed: LiveFeed): AsyncGenerator<Batch> {
    const { silenceMs } = this.#parts;
    const { batchSize = DEFAULT_BATCH_SIZE } = this.#options;
    let markDue: number | null = null;
    while (!this.#signal.aborted) {
      const patient = markDue === null ? silenceMs : Math.max(0, markDue - Date.now());
      const events = await feed.next(batchSize, patient, this.#signal);
      if (events.length === 0 || (markDue !== null && feed.isEmpty && Date.now() >= markDue)) {
        yield* this.#delivered(events.filter((event) => this.#isNew(event)));
        return;
      }
      yield* this.#delivered(events.filter((event) => this.#isNew(event)));
      markDue ??= Date.now() + MARKS_APART_MS;
    }
  }

  *#delivered(events: readonly RecordedEvent[]): Generator<Batch> {
    const last = events.at(-1);
    if (last === undefined || this.#signal.aborted) return;
    // Before it is yielded: whoever asks for the next has handled this one.
    this.#position = last.position;
    yield { kind: 'events', events, position: last.position };
  }

  #isNew({ position, stream }: RecordedEvent): boolean {
    return position > this.#position && (this.#wanted?.has(categoryOf(stream)) ?? true);
  }
}
