/** Ends early when the signal is aborted. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || milliseconds <= 0) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const end = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    resolve(undefined);
  };
  const timer = setTimeout(end, milliseconds);
  signal.addEventListener('abort', end);
  return promise;
}

export interface BackOffOptions {
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** Twice as long after every failure, and never quite the same: many nodes wait for one store. */
export function backOffMs(failures: number, options: BackOffOptions): number {
  const { firstPauseMs, longestPauseMs, random } = options;
  const most = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.max(0, failures - 1));
  return most * (0.5 + random() / 2);
}
