import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AppendResult } from '@provisie/event-store';
import { refusalWhenFull } from '@provisie/event-store/adapting';
import type { PreparedAppend } from '@provisie/event-store/adapting';

export interface WaitingAppend {
  readonly append: PreparedAppend;
  /** When it was asked for, by the clock of `KnownStreams`. */
  readonly since: number;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

export interface AppendQueueOptions {
  /** Settles the first of these, or more; gives how many it settled. */
  readonly settleFirst: (stream: string, waiting: readonly WaitingAppend[]) => Promise<number>;
  readonly now: () => number;
  readonly maxQueuedEvents: number;
  /** Streams that are written at the same time. */
  readonly maxStreams: number;
}

/**
 * Appends to one stream are settled in the order they came, those of one turn of the event loop together;
 * streams side by side.
 */
export class AppendQueue {
  readonly #options: AppendQueueOptions;
  readonly #waiting = new Map<string, WaitingAppend[]>();
  readonly #idle = new Set<() => void>();
  readonly #streamsInLine: string[] = [];
  #running = 0;
  #queuedEvents = 0;

  constructor(options: AppendQueueOptions) {
    this.#options = options;
  }

  add(append: PreparedAppend): Promise<AppendResult> {
    const refusal = refusalWhenFull(this.#queuedEvents, append, this.#options.maxQueuedEvents);
    if (refusal !== null) return Promise.reject(refusal);
    this.#queuedEvents += append.events.length;
    const { promise, resolve, reject } = Promise.withResolvers<AppendResult>();
    const waiting = { append, since: this.#options.now(), resolve, reject };
    const line = this.#waiting.get(append.stream);
    if (line !== undefined) {
      line.push(waiting);
      return promise;
    }
    this.#waiting.set(append.stream, [waiting]);
    this.#streamsInLine.push(append.stream);
    this.#startNext();
    return promise;
  }

  /** Resolves when nothing waits any more. */
  async settled(): Promise<void> {
    if (this.#waiting.size === 0) return;
    await new Promise<void>((resolve) => this.#idle.add(resolve));
  }

  #startNext(): void {
    if (this.#running >= this.#options.maxStreams) return;
    const stream = this.#streamsInLine.shift();
    if (stream === undefined) return;
    this.#running += 1;
    void this.#settle(stream).finally(() => {
      this.#running -= 1;
      this.#startNext();
    });
  }

  async #settle(stream: string): Promise<void> {
    // Those that come in the same turn share a write.
    await nextTurn();
    const line = this.#waiting.get(stream) ?? [];
    while (line.length > 0) {
      const settled = await this.#settleSome(stream, line);
      for (const { append } of line.splice(0, settled)) this.#queuedEvents -= append.events.length;
    }
    this.#waiting.delete(stream);
    if (this.#waiting.size > 0) return;
    for (const wake of this.#idle) wake();
    this.#idle.clear();
  }

  async #settleSome(stream: string, line: readonly WaitingAppend[]): Promise<number> {
    try {
      return await this.#options.settleFirst(stream, line);
    } catch (error) {
      line[0]?.reject(error);
      return 1;
    }
  }
}
