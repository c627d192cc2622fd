import { setTimeout as pause } from 'node:timers/promises';
import { TookTooLong, failureOf } from './failure.ts';

export interface PatienceOptions {
  /** How long one attempt may take. */
  readonly attemptMilliseconds: number;
  /** How long all attempts together may take. */
  readonly limitMilliseconds: number;
  /** Before the second attempt; doubles up to `longestPauseMilliseconds`, give or take. */
  readonly firstPauseMilliseconds: number;
  readonly longestPauseMilliseconds: number;
}

export interface UntilOptions {
  readonly signal?: AbortSignal | undefined;
  /** For each attempt, where there is much to do. */
  readonly extraMilliseconds?: number;
  /** The attempt itself notices when nothing moves: it may take as long as it gets on. */
  readonly isPaced?: boolean;
}

/** How often and how long the server is tried. */
export class Patience {
  readonly options: PatienceOptions;

  constructor(options: PatienceOptions) {
    this.options = options;
  }

  /**
   * Tries until it succeeds, fails for good, or the limit is over; then rejects with the last error.
   * `attempt` is told how many milliseconds it has.
   */
  async until<Result>(
    attempt: (milliseconds: number) => Promise<Result>,
    { signal, extraMilliseconds = 0, isPaced = false }: UntilOptions = {},
  ): Promise<Result> {
    const attemptMilliseconds = this.options.attemptMilliseconds + extraMilliseconds;
    const end = Date.now() + this.options.limitMilliseconds + 2 * extraMilliseconds;
    for (let before = 0; ; before += 1) {
      const milliseconds = Math.min(attemptMilliseconds, end - Date.now());
      try {
        const work = attempt(Math.max(1, milliseconds));
        return await (isPaced ? work : within(Math.max(1, milliseconds), work));
      } catch (error) {
        const pauseMilliseconds = this.pauseAfter(before);
        const isOver = Date.now() + pauseMilliseconds >= end;
        if (isOver || signal?.aborted === true || !failureOf(error).isPassing) throw error;
        await this.pause(pauseMilliseconds, signal);
      }
    }
  }

  pauseAfter(before: number): number {
    const { firstPauseMilliseconds, longestPauseMilliseconds } = this.options;
    const longest = Math.min(longestPauseMilliseconds, firstPauseMilliseconds * 2 ** before);
    // Not all at the same moment, when a server comes back.
    return longest * (0.5 + Math.random() / 2);
  }

  /** Shorter when the signal aborts. */
  async pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
    await pause(milliseconds, undefined, { signal, ref: true }).catch(() => {});
  }
}

/** Rejects with `TookTooLong` when the work takes longer; what becomes of it then is nobody's business. */
export async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  // A little later than the deadline of the call itself, whose error says more.
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TookTooLong()), milliseconds + 50);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
