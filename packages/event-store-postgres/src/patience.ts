import { setTimeout } from 'node:timers/promises';
import { isPassing } from './store-failure.ts';

export interface Patience {
  /** How long failures that pass are met by trying again. */
  readonly milliseconds: number;
  readonly signal?: AbortSignal | undefined;
}

const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 1_000;

/** Tries until it succeeds, fails in a way that won't pass, or patience ends; throws the last failure. */
export async function withPatience<Result>(
  { milliseconds, signal }: Patience,
  attempt: () => Promise<Result>,
): Promise<Result> {
  const end = performance.now() + milliseconds;
  let pause = FIRST_PAUSE_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const isOver = signal?.aborted === true || performance.now() + pause > end;
      if (isOver || !isPassing(error)) throw error;
    }
    await paused(pause, signal);
    pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
  }
}

/** Ends early, without an error, when the signal aborts. */
export async function paused(milliseconds: number, signal?: AbortSignal): Promise<void> {
  try {
    await setTimeout(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch {
    // Aborted: the caller looks at the signal.
  }
}
