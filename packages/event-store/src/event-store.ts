import type { Json, JsonObject } from '@provisie/domain';

/** An event to append. */
export interface NewEvent {
  /** UUID, lower case. The same id again is a repeat (same content) or an error (other content). */
  readonly id: string;
  readonly type: string;
  /** Of the payload's schema, from 1. */
  readonly version: number;
  /** When it happened: UTC milliseconds. */
  readonly occurredAt: number;
  /** JSON-serialisable. */
  readonly data: object;
  /** Who and what caused it; never read by a rule. */
  readonly metadata?: JsonObject;
}

/** An event as the log returns it. */
export interface RecordedEvent {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly occurredAt: number;
  readonly data: unknown;
  readonly metadata: JsonObject;
  readonly stream: string;
  /** Place in its stream, from 0, without gaps. */
  readonly revision: number;
  /** Place in the whole log; grows, from 1; may have gaps. */
  readonly position: number;
  /** When the store took it: UTC milliseconds, never falling as positions grow. */
  readonly recordedAt: number;
}

/** `any`: append whatever is there. `no_stream`: the stream must not exist. A number: its last revision. */
export type ExpectedRevision = 'any' | 'no_stream' | number;

export type AppendResult =
  | {
      readonly ok: true;
      /** Of the last of these events; null for an empty append to a stream that doesn't exist. */
      readonly revision: number | null;
      /** Of the last of these events; for an empty append the head of the log. */
      readonly position: number;
      /** True when all of them were there already and nothing was written. */
      readonly repeated: boolean;
    }
  | {
      readonly ok: false;
      readonly reason: 'conflict';
      /** The stream's last revision; null when it doesn't exist. */
      readonly actualRevision: number | null;
    };

export interface ReadStreamOptions {
  /** The first revision wanted; default 0. */
  readonly fromRevision?: number;
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

export interface ReadAllOptions {
  /** Only streams of these categories: the part of a stream's name before its first `-`. Default: all. */
  readonly categories?: readonly string[];
  /** Events in a batch at most; default 500. */
  readonly batchSize?: number;
  readonly signal?: AbortSignal;
}

/**
 * `position` is how far the log has been read: with categories it may lie beyond the last event. In a
 * batch of events, it is the position of its last event.
 */
export type Batch =
  | {
      readonly kind: 'events';
      readonly events: readonly RecordedEvent[];
      readonly position: number;
    }
  /** Everything that was in the log when it was read has been delivered before this. */
  | { readonly kind: 'caught_up'; readonly position: number };

/** How a thread of its own opens a log to read it. */
export interface ReadElsewhere {
  /** The URL of a module with an `openElsewhere: (options: unknown) => EventStore`. */
  readonly module: string;
  readonly options: Json;
}

/** The log. Adapters pass the suite in `event-store-testkit`. */
export interface EventStore {
  /** Where reading keeps the thread busy that does it: how another may do it as well. */
  readonly elsewhere?: ReadElsewhere;
  /**
   * All or nothing, durable when it resolves.
   * Rejects with `EventStoreError`: `event_invalid` (names the field), `event_id_reused` (same id, other
   * content), `append_too_large` (it never fits, others do), `store_full`, `store_busy`, `store_corrupt`,
   * `store_closed`, `store_unavailable`.
   */
  append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult>;
  /** Nothing at all for a stream that doesn't exist. */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent>;
  /** In log order, from the first event after `after` (0: the beginning) to the head; then ends. */
  readAll(after: number, options?: ReadAllOptions): AsyncIterable<readonly RecordedEvent[]>;
  /** What stands there; null when nothing does. Between two positions of an engine there may be none that it can read. */
  eventAt(position: number): Promise<RecordedEvent | null>;
  /** As `readAll`, then waits for more until `signal` aborts (then it ends) or the store closes (then it ends). */
  subscribe(after: number, options?: ReadAllOptions): AsyncIterable<Batch>;
  /** The position of the last event; 0 when the log is empty. */
  head(): Promise<number>;
  /** Finishes the appends under way, then releases everything. */
  close(): Promise<void>;
}

/** A log that is only read, in its order and at its positions. */
export type ReadableLog = Pick<EventStore, 'readAll' | 'eventAt' | 'elsewhere'>;

/** A store that can take over the log of another one. */
export interface ImportingStore extends EventStore {
  /**
   * Appends what another store recorded, in that one's log order, and keeps it as it is: stream, revision,
   * id, content, metadata and `recordedAt` (which must not fall); `position` too where the engine lets it be
   * chosen. Nobody else may write meanwhile. Events that are there already, at the same places, are passed
   * over, so that an import that broke off may begin again with its last batch. Durable when it resolves.
   * Rejects with `EventStoreError` `import_conflict` when the log holds something else.
   */
  importEvents(events: readonly RecordedEvent[]): Promise<void>;
}

export type EventStoreErrorCode =
  | 'event_invalid'
  | 'event_id_reused'
  | 'store_full'
  | 'store_busy'
  | 'store_corrupt'
  /** Not an event store of ours, and left as it was. */
  | 'store_foreign'
  /** Written by a newer version, and left as it was. */
  | 'store_newer'
  | 'store_closed'
  | 'store_unavailable'
  | 'event_unreadable'
  /** More in one event, or in one append, than the store takes: the same again is refused again. */
  | 'append_too_large'
  | 'import_conflict';

/** A failure of the store with a code that callers can rely on; `message` is fit for a person. */
export class EventStoreError extends Error {
  override readonly name = 'EventStoreError';
  readonly code: EventStoreErrorCode;

  constructor(code: EventStoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
