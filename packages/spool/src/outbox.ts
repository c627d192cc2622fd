import type { NewEvent } from '@provisie/event-store';

/** An event that waits to be forwarded. */
export interface WaitingEvent {
  /** Its place in the queue. */
  readonly seq: number;
  readonly bytes: number;
  readonly event: NewEvent;
}

/** The next events of the queue that go into one stream. */
export interface OutgoingBatch {
  readonly stream: string;
  /** What makes sending it again safe: only this spool writes the stream. */
  readonly expected: 'no_stream' | number;
  readonly events: readonly WaitingEvent[];
}

export interface BatchLimits {
  readonly events: number;
  readonly bytes: number;
  /** Leaves out so many at the head of the queue; default 0. */
  readonly skip?: number;
}

/**
 * The side of a spool from which it is forwarded. What is said here is forgotten at worst by a crash, and then said
 * again: nothing is sent twice for that, because the store knows what it has.
 */
export interface Outbox {
  /** Null: nothing waits. */
  next(limits: BatchLimits): OutgoingBatch | null;
  /** The events at the head of the queue are in the store; the last of them at this revision. */
  forwarded(batch: OutgoingBatch, revision: number): void;
  /** These ids were found in the store, wherever they stand in the queue; returns how many waited here. */
  found(ids: readonly string[]): number;
  /** The stream's last revision in the store; null: it isn't there. */
  streamEndsAt(stream: string, revision: number | null): void;
  /** Out of the queue, but not lost: it is kept with the reason. */
  setAside(waiting: WaitingEvent, code: string, message: string): void;
  /** Puts everything that was set aside at the end of the queue again; returns how many. */
  takeBack(): number;
  /** Removes what was forwarded, a little at a time; true when there is more of that to do. */
  tidy(): boolean;
  /** Resolves when something may wait, or when the signal aborts. */
  arrival(signal: AbortSignal): Promise<void>;
}
