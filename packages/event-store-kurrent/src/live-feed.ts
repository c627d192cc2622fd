import type messages from '@eventstore/db-client/generated/streams_pb.js';
import type { RecordedEvent } from '@provisie/event-store';
import { opened } from './answers.ts';
import type { ReadCall, Recorded } from './answers.ts';
import { recordedEventOf } from './envelope.ts';
import { within } from './patience.ts';
import { subscriptionRequest } from './requests.ts';
import type { ServerConnection } from './server-connection.ts';
import type { StreamNames } from './stream-names.ts';

/** Beyond these the server has to wait until some were taken. */
const MAX_BUFFERED = 1000;

/**
 * What is appended from now on, as a subscription of the server's delivers it. It may fall silent without a
 * word: whoever uses it must look at the log by himself from time to time.
 */
export class LiveFeed {
  readonly #call: ReadCall;
  readonly #names: StreamNames;
  readonly #buffer: Recorded[] = [];
  #failure: { readonly error: unknown } | null = null;
  #wake: (() => void) | null = null;

  private constructor(call: ReadCall, names: StreamNames) {
    this.#call = call;
    this.#names = names;
  }

  /** Resolves when the server has confirmed it. Rejects with the error of the call, or `TookTooLong`. */
  static async open(
    connection: ServerConnection,
    names: StreamNames,
    pattern: string,
    milliseconds: number,
  ): Promise<LiveFeed> {
    const call = await opened(connection, subscriptionRequest(pattern), milliseconds);
    const feed = new LiveFeed(call, names);
    try {
      await within(milliseconds, feed.#start());
    } catch (error) {
      feed.close();
      throw error;
    }
    return feed;
  }

  get isEmpty(): boolean {
    return this.#buffer.length === 0;
  }

  /** The next events, at most so many; none when nothing came for so long or the signal aborted. */
  async next(
    atMost: number,
    silenceMs: number,
    signal: AbortSignal,
  ): Promise<readonly RecordedEvent[]> {
    if (this.isEmpty && this.#failure === null) await this.#woken(silenceMs, signal);
    if (this.isEmpty && this.#failure !== null) throw this.#failure.error;
    const taken = this.#buffer.splice(0, atMost);
    if (this.#buffer.length < MAX_BUFFERED / 2) this.#call.resume();
    return taken
      .map((recorded) => recordedEventOf(recorded, this.#names))
      .filter((event) => event !== null);
  }

  close(): void {
    this.#call.cancel();
  }

  #start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#call.on('error', (error: unknown) => this.#fail(error, reject));
      this.#call.on('end', () => this.#fail(new Error('the subscription ended'), reject));
      this.#call.on('data', (answer: messages.ReadResp) => {
        if (answer.hasConfirmation()) resolve();
        const recorded = answer.getEvent()?.getEvent();
        if (recorded !== undefined) this.#take(recorded);
      });
    });
  }

  #take(recorded: Recorded): void {
    this.#buffer.push(recorded);
    if (this.#buffer.length >= MAX_BUFFERED) this.#call.pause();
    this.#wake?.();
  }

  #fail(error: unknown, reject: (error: unknown) => void): void {
    this.#failure ??= { error };
    reject(error);
    this.#wake?.();
  }

  #woken(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#wake = null;
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener('abort', done, { once: true });
      this.#wake = done;
    });
  }
}
