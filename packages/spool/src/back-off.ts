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
