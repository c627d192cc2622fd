import { EventStoreError } from '../event-store.ts';
import type { AppendResult } from '../event-store.ts';
import type { AppendOutcome, PreparedAppend } from '../prepared-append.ts';

interface Waiting {
  readonly append: PreparedAppend;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: EventStoreError) => void;
}

export interface AppendQueueOptions {
  /** Commits a group; throws when nothing of it was written. */
  readonly write: (group: readonly PreparedAppend[]) => AppendOutcome[];
  readonly failure: (error: unknown) => EventStoreError;
  readonly maxQueuedEvents: number;
}

/** More than these in one transaction would hold up the event loop for too long. */
const maxEventsPerGroup = 4096;

/**
 * Group commit: the appends that arrive in one turn of the event loop share one transaction, and so one
 * fsync. They are answered after it, in the order they came.
 */
export class AppendQueue {
  readonly #options: AppendQueueOptions;
  #waiting: Waiting[] = [];
  #queuedEvents = 0;
  #isScheduled = false;

  constructor(options: AppendQueueOptions) {
    this.#options = options;
  }

  add(append: PreparedAppend): Promise<AppendResult> {
    const { maxQueuedEvents } = this.#options;
    const isFull = this.#queuedEvents + append.events.length > maxQueuedEvents;
    if (isFull && this.#waiting.length > 0) {
      const message = `More than ${maxQueuedEvents} events wait to be written. Try again in a moment.`;
      return Promise.reject(new EventStoreError('store_busy', message));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ append, resolve, reject });
      this.#queuedEvents += append.events.length;
      this.#schedule();
    });
  }

  /** Writes everything that waits, now. */
  flush(): void {
    while (this.#waiting.length > 0) this.#writeGroup();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      if (this.#waiting.length > 0) this.#writeGroup();
      if (this.#waiting.length > 0) this.#schedule();
    });
  }

  #writeGroup(): void {
    const group = this.#takeGroup();
    try {
      const outcomes = this.#options.write(group.map(({ append }) => append));
      outcomes.forEach((outcome, index) => settle(group[index], outcome));
    } catch (error) {
      const failure = this.#options.failure(error);
      for (const { reject } of group) reject(failure);
    }
  }

  #takeGroup(): Waiting[] {
    let events = 0;
    const tooMany = this.#waiting.findIndex(({ append }, index) => {
      events += append.events.length;
      return index > 0 && events > maxEventsPerGroup;
    });
    const group = this.#waiting.splice(0, tooMany === -1 ? this.#waiting.length : tooMany);
    for (const { append } of group) this.#queuedEvents -= append.events.length;
    return group;
  }
}

function settle(waiting: Waiting | undefined, outcome: AppendOutcome): void {
  if (outcome instanceof EventStoreError) waiting?.reject(outcome);
  else waiting?.resolve(outcome);
}
