import { setTimeout as pause } from 'node:timers/promises';
import { TookTooLong, failureOf } from './failure.ts';

export interface PatienceOptions {
  /** How long one attempt may take. */
  readonly attemptMs: number;
  /** How long all attempts together may take. */
  readonly limitMs: number;
  /** Before the second attempt; doubles up to `longestPauseMs`, give or take. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

export interface UntilOptions {
  readonly signal?: AbortSignal | undefined;
  /** For each attempt, where there is much to do. */
  readonly extraMs?: number;
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
    { signal, extraMs = 0, isPaced = false }: UntilOptions = {},
  ): Promise<Result> {
    const attemptMs = this.options.attemptMs + extraMs;
    const end = Date.now() + this.options.limitMs + 2 * extraMs;
    for (let before = 0; ; before += 1) {
      const milliseconds = Math.min(attemptMs, end - Date.now());
      try {
        const work = attempt(Math.max(1, milliseconds));
        return await (isPaced ? work : within(Math.max(1, milliseconds), work));
      } catch (error) {
        const pauseMs = this.pauseAfter(before);
        const isOver = Date.now() + pauseMs >= end;
        if (isOver || signal?.aborted === true || !failureOf(error).isPassing) throw error;
        await this.pause(pauseMs, signal);
      }
    }
  }

  pauseAfter(before: number): number {
    const { firstPauseMs, longestPauseMs } = this.options;
    const longest = Math.min(longestPauseMs, firstPauseMs * 2 ** before);
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
