import { Worker } from 'node:worker_threads';
import type { ReadElsewhere } from '@provisie/event-store';
import { z } from 'zod';
import type { Digest } from './digest.ts';

/** What the thread says; null: that was all. */
export interface FromThread {
  readonly digest: Digest | null;
}

/** Digests that may wait to be taken: enough that neither thread waits for the other for long. */
const AHEAD = 4;

/** Our own thread says it, so its shape needs no second check. */
const asSaid = z.custom<FromThread>();

/** The log from its beginning, read and digested in a thread of its own. */
export async function* digestsApart(
  elsewhere: ReadElsewhere,
  until: number,
): AsyncGenerator<Digest> {
  const thread = new Worker(new URL('digest-thread.ts', import.meta.url), {
    workerData: { elsewhere, until, ahead: AHEAD },
    resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 128 },
  });
  const said = new Said(thread);
  try {
    for (;;) {
      const { digest } = await said.next();
      if (digest === null) return;
      thread.postMessage('taken', []);
      yield digest;
    }
  } finally {
    await thread.terminate();
  }
}

/** What the thread said and nobody took yet; bounded by the thread, which waits. */
class Said {
  readonly #said: FromThread[] = [];
  #failure: Error | null = null;
  #wake: () => void = () => {};

  constructor(thread: Worker) {
    thread.on('message', (message: unknown) => {
      this.#said.push(asSaid.parse(message));
      this.#wake();
    });
    thread.once('error', (error: unknown) => {
      this.#fail(error);
    });
    thread.once('exit', (code) => {
      this.#fail(new Error(`The thread that reads the log ended with ${String(code)}.`));
    });
  }

  #fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(String(error));
    this.#wake();
  }

  async next(): Promise<FromThread> {
    for (;;) {
      const first = this.#said.shift();
      if (first !== undefined) return first;
      if (this.#failure !== null) throw this.#failure;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
