import type messages from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerEvent } from './envelope.ts';
import type { KnownStream } from './known-stream.ts';
import type { KnownStreams } from './known-streams.ts';
import type { Patience } from './patience.ts';
import { appendRequests } from './requests.ts';
import type { ServerRevision } from './requests.ts';
import type { Retention } from './retention.ts';
import type { ServerConnection } from './server-connection.ts';
import type { StreamNames } from './stream-names.ts';

export type WriteAnswer =
  /** The events are where they were to be, from this revision on: written now, or before by somebody. */
  | { readonly kind: 'stands'; readonly firstRevision: number }
  /** The stream ends elsewhere; what is known of it is up to date now. */
  | { readonly kind: 'refused' };

/** Each event is a message of its own; thousands take a busy machine seconds. */
const MILLISECONDS_PER_EVENT = 3;

/**
 * Writes events behind a revision, so that every attempt after the first is safe: the server finds the ids
 * where they would stand, or the stream has moved on.
 */
export class StreamAppender {
  readonly #connection: ServerConnection;
  readonly #names: StreamNames;
  readonly #patience: Patience;
  readonly #known: KnownStreams;
  readonly #retention: Retention;

  constructor(parts: {
    readonly connection: ServerConnection;
    readonly names: StreamNames;
    readonly patience: Patience;
    readonly known: KnownStreams;
    readonly retention: Retention;
  }) {
    this.#connection = parts.connection;
    this.#names = parts.names;
    this.#patience = parts.patience;
    this.#known = parts.known;
    this.#retention = parts.retention;
  }

  async write(
    stream: string,
    known: KnownStream,
    events: readonly ServerEvent[],
    last: ServerRevision = known.last,
  ): Promise<WriteAnswer> {
    if (last === null) await this.#retention.apply(stream);
    const since = this.#known.tick();
    const requests = appendRequests(this.#names.onServer(stream), last, events);
    const response = await this.#patience.until(
      (milliseconds) => this.#connection.append(requests, milliseconds),
      { extraMs: events.length * MILLISECONDS_PER_EVENT },
    );
    const success = response.getSuccess();
    if (success === undefined) {
      const fresh = await this.#known.refresh(stream);
      const current = currentOf(response);
      // What retention hides can't be read, but the server said where the stream ends.
      if (current !== null) fresh.skipTo(current);
      return { kind: 'refused' };
    }
    const firstRevision = Number(success.getCurrentRevision()) - events.length + 1;
    known.extend(events.map(({ id }, index) => ({ id, revision: firstRevision + index })));
    known.confirm(since);
    return { kind: 'stands', firstRevision };
  }
}

function currentOf(response: messages.AppendResp): number | null {
  const wrong = response.getWrongExpectedVersion();
  return wrong?.hasCurrentRevision() === true ? Number(wrong.getCurrentRevision()) : null;
}
