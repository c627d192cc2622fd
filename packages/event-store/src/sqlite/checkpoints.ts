import { Worker } from 'node:worker_threads';

/** About a thousand pages of log: a checkpoint of those takes a few milliseconds. */
const EVENTS_BETWEEN = 2000;

/**
 * Has a thread of its own do most of the checkpoints of a store: a commit that fills the log copies all of its pages into the
 * file, and whoever waits for it or behind it waits ten times as long as usual. What the thread has copied, it needn't. If
 * the thread fails, commits copy everything, as they would without it.
 */
export class Checkpoints {
  readonly #file: string;
  #thread: Worker | null = null;
  #hasFailed = false;
  #events = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** So many events more have been committed. */
  written(events: number): void {
    this.#events += events;
    if (this.#events < EVENTS_BETWEEN || this.#hasFailed) return;
    this.#events = 0;
    this.#thread ??= this.#startThread();
    this.#thread.postMessage('checkpoint', []);
  }

  #startThread(): Worker {
    const thread = new Worker(new URL('checkpoint-thread.ts', import.meta.url), {
      argv: [this.#file],
      execArgv: [],
    });
    thread.once('error', () => {
      this.#hasFailed = true;
    });
    thread.unref();
    return thread;
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
  }
}
