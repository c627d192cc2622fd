import { EventStoreError } from '../event-store.ts';
import type { AppendResult } from '../event-store.ts';
import type { AppendOutcome, PreparedAppend } from '../prepared-append.ts';
import { WaitingAppends } from '../waiting-appends.ts';
import type { WaitingAppend } from '../waiting-appends.ts';

export interface AppendQueueOptions {
  /** Commits a group; throws when nothing of it was written. */
  readonly write: (group: readonly PreparedAppend[]) => AppendOutcome[];
  readonly failure: (error: unknown) => EventStoreError;
  readonly maxQueuedEvents: number;
}

/** More than these in one transaction would hold up the event loop for too long. */
const MAX_EVENTS_PER_GROUP = 4096;

/**
 * Group commit: the appends that arrive in one turn of the event loop share one transaction, and so one
 * fsync. They are answered after it, in the order they came.
 */
export class AppendQueue {
  readonly #options: AppendQueueOptions;
  readonly #waiting: WaitingAppends;
  #isScheduled = false;

  constructor(options: AppendQueueOptions) {
    this.#options = options;
    const { maxQueuedEvents } = options;
    this.#waiting = new WaitingAppends({
      maxQueuedEvents,
      maxEventsPerGroup: MAX_EVENTS_PER_GROUP,
    });
  }

  add(append: PreparedAppend): Promise<AppendResult> {
    const result = this.#waiting.add(append);
    this.#schedule();
    return result;
  }

  /** Writes everything that waits, now. */
  flush(): void {
    while (!this.#waiting.areEmpty) this.#writeGroup();
  }

  #schedule(): void {
    if (this.#isScheduled || this.#waiting.areEmpty) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      if (!this.#waiting.areEmpty) this.#writeGroup();
      this.#schedule();
    });
  }

  #writeGroup(): void {
    const group = this.#waiting.takeGroup();
    try {
      const outcomes = this.#options.write(group.map(({ append }) => append));
      outcomes.forEach((outcome, index) => settle(group[index], outcome));
    } catch (error) {
      const failure = this.#options.failure(error);
      for (const { reject } of group) reject(failure);
    }
  }
}

function settle(waiting: WaitingAppend | undefined, outcome: AppendOutcome): void {
  if (outcome instanceof EventStoreError) waiting?.reject(outcome);
  else waiting?.resolve(outcome);
}
