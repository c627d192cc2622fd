import type messages from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadAllOptions, RecordedEvent } from '@provisie/event-store';
import { answersTo, recordedIn } from './answers.ts';
import type { Recorded } from './answers.ts';
import { positionOf, recordedEventOf, writeOf } from './envelope.ts';
import { failureOf, isNoPosition } from './failure.ts';
import type { Patience } from './patience.ts';
import { logRequest, streamRequest } from './requests.ts';
import type { LogRange, StreamRange } from './requests.ts';
import type { ServerConnection } from './server-connection.ts';
import { categoryOf } from './stream-names.ts';
import type { StreamNames } from './stream-names.ts';

export const DEFAULT_BATCH_SIZE = 500;

/** The end of a stream, newest event first. */
export interface StreamTail {
  readonly exists: boolean;
  /** Empty too when retention hides all of them. */
  readonly events: readonly RecordedEvent[];
}

/** Where an event stands in the log, and which append wrote it. */
export interface Place {
  readonly position: number;
  readonly write: string | null;
}

/** Reads, from the leader, and again where it was interrupted. Rejects with the errors of calls. */
export class EventReader {
  readonly #connection: ServerConnection;
  readonly #names: StreamNames;
  readonly #patience: Patience;

  constructor(connection: ServerConnection, names: StreamNames, patience: Patience) {
    this.#connection = connection;
    this.#names = names;
    this.#patience = patience;
  }

  /** Of the last event that is ours; 0 when there is none. */
  async head(signal?: AbortSignal): Promise<number> {
    return (await this.last(signal))?.position ?? 0;
  }

  last(signal?: AbortSignal): Promise<RecordedEvent | null> {
    return this.#patience.until(
      async (milliseconds) => {
        // Nearly always the last event of a stream of ours is ours; a projection may have put a link there.
        let from: LogRange['from'] = 'end';
        for (let count = 1; ; count = 100) {
          const request = logRequest({ from, pattern: this.#names.pattern(undefined), count });
          let read = 0;
          for await (const recorded of recordedIn(
            answersTo(this.#connection, request, milliseconds),
          )) {
            const event = recordedEventOf(recorded, this.#names);
            if (event !== null) return event;
            from = { before: Number(recorded.getCommitPosition()) };
            read += 1;
          }
          if (read < count) return null;
        }
      },
      { signal },
    );
  }

  /** What begins at a position; null when nothing of ours does. */
  async at(position: number, signal?: AbortSignal): Promise<RecordedEvent | null> {
    const pattern = this.#names.pattern(undefined);
    const request = logRequest({ from: { at: position }, pattern, count: 1 });
    const read = async (milliseconds: number) => {
      for await (const recorded of recordedIn(answersTo(this.#connection, request, milliseconds))) {
        const event = recordedEventOf(recorded, this.#names);
        return event?.position === position ? event : null;
      }
      return null;
    };
    try {
      return position < 1 ? null : await this.#patience.until(read, { signal });
    } catch (error) {
      if (isNoPosition(error)) return null;
      throw error;
    }
  }

  /** All at once: for few events. */
  streamPart(stream: string, range: StreamRange): Promise<StreamTail> {
    return this.#patience.until((milliseconds) => this.#streamPart(stream, range, milliseconds), {
      isPaced: true,
    });
  }

  async #streamPart(stream: string, range: StreamRange, milliseconds: number): Promise<StreamTail> {
    const request = streamRequest(this.#names.onServer(stream), range);
    const events: RecordedEvent[] = [];
    for await (const answer of answersTo(this.#connection, request, milliseconds)) {
      if (answer.hasStreamNotFound()) return { exists: false, events };
      const recorded = answer.getEvent()?.getEvent();
      const event = recorded === undefined ? null : recordedEventOf(recorded, this.#names);
      if (event !== null) events.push(event);
    }
    return { exists: true, events };
  }

  /** Of the events from one revision to another, by revision. */
  places(stream: string, first: number, last: number): Promise<ReadonlyMap<number, Place>> {
    const range = { from: first, count: last - first + 1 };
    const request = streamRequest(this.#names.onServer(stream), range);
    return this.#patience.until(
      async (milliseconds) => {
        const places = new Map<number, Place>();
        for await (const recorded of recordedIn(
          answersTo(this.#connection, request, milliseconds),
        )) {
          const position = positionOf(recorded.getCommitPosition(), stream);
          places.set(Number(recorded.getStreamRevision()), { position, write: writeOf(recorded) });
        }
        return places;
      },
      { isPaced: true },
    );
  }

  async *stream(
    stream: string,
    from: number,
    limit: number,
    signal?: AbortSignal,
  ): AsyncGenerator<RecordedEvent> {
    const server = this.#names.onServer(stream);
    const count = limit === Infinity ? undefined : limit;
    let next = from;
    let yielded = 0;
    const part = () =>
      streamRequest(server, {
        from: next,
        ...(count === undefined ? {} : { count: count - yielded }),
      });
    for await (const recorded of this.#resumed(part, signal)) {
      const event = recordedEventOf(recorded, this.#names);
      if (event === null) continue;
      yield event;
      yielded += 1;
      next = event.revision + 1;
      if (yielded === limit) return;
    }
  }

  /** Batches of what comes after a position, to the end of the log. */
  async *batches(
    after: number,
    { categories, batchSize = DEFAULT_BATCH_SIZE, signal }: ReadAllOptions,
  ): AsyncGenerator<readonly RecordedEvent[]> {
    if (categories?.length === 0) return;
    const pattern = this.#names.pattern(categories);
    const wanted = categories === undefined ? null : new Set(categories);
    let position = after;
    const part = () => logRequest({ from: position === 0 ? 'start' : { at: position }, pattern });
    let batch: RecordedEvent[] = [];
    for await (const recorded of this.#resumed(part, signal)) {
      const event = recordedEventOf(recorded, this.#names);
      if (event === null || event.position <= position) continue;
      position = event.position;
      if (wanted !== null && !wanted.has(categoryOf(event.stream))) continue;
      batch.push(event);
      if (batch.length < batchSize) continue;
      yield batch;
      signal?.throwIfAborted();
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }

  /** Asks again, from where it stood, when a read breaks off; as long as it gets further. */
  async *#resumed(
    request: () => messages.ReadReq,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Recorded> {
    const { attemptMs, limitMs } = this.#patience.options;
    let failures = 0;
    let lastProgress = Date.now();
    for (;;) {
      signal?.throwIfAborted();
      try {
        const answers = answersTo(this.#connection, request(), attemptMs, signal);
        for await (const recorded of recordedIn(answers)) {
          failures = 0;
          yield recorded;
          signal?.throwIfAborted();
          lastProgress = Date.now();
        }
        return;
      } catch (error) {
        signal?.throwIfAborted();
        const isOver = Date.now() - lastProgress > limitMs;
        if (isOver || !failureOf(error).isPassing) throw error;
        await this.#patience.pause(this.#patience.pauseAfter(failures), signal);
        failures += 1;
      }
    }
  }
}
