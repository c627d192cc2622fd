import type { AppendResult, EventStoreError } from '@provisie/event-store';
import { WaitingAppends } from '@provisie/event-store/adapting';
import type { PreparedAppend, WaitingAppend } from '@provisie/event-store/adapting';

export interface AppendQueueOptions {
  /** Rejects with `EventStoreError` when the whole group failed. */
  readonly write: (group: readonly PreparedAppend[]) => Promise<readonly Promise<AppendResult>[]>;
  readonly failure: (error: unknown) => EventStoreError;
  readonly maxQueuedEvents: number;
}

const MAX_EVENTS_PER_GROUP = 4096;

/**
 * Group commit: the appends that arrive in one turn of the event loop, or while a group is being written,
 * share the next transaction.
 */
export class AppendQueue {
  readonly #options: AppendQueueOptions;
  readonly #waiting: WaitingAppends;
  readonly #unsettled = new Set<Promise<unknown>>();
  #work: Promise<void> | null = null;

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
    this.#work ??= this.#writeAll();
    return result;
  }

  /** Resolves when nothing waits or is under way. */
  async idle(): Promise<void> {
    while (this.#work !== null) await this.#work;
    await Promise.allSettled(this.#unsettled);
  }

  async #writeAll(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (!this.#waiting.areEmpty) await this.#writeGroup(this.#waiting.takeGroup());
    this.#work = null;
  }

  async #writeGroup(group: readonly WaitingAppend[]): Promise<void> {
    try {
      const results = await this.#options.write(group.map(({ append }) => append));
      results.forEach((result, index) => this.#settle(group[index], result));
    } catch (error) {
      const failure = this.#options.failure(error);
      for (const { reject } of group) reject(failure);
    }
  }

  #settle(waiting: WaitingAppend | undefined, result: Promise<AppendResult>): void {
    const settled = result.then(waiting?.resolve, (error: unknown) =>
      waiting?.reject(this.#options.failure(error)),
    );
    this.#unsettled.add(settled);
    void settled.finally(() => this.#unsettled.delete(settled));
  }
}
