/**
 * Lets one request of an isolate do what serves them all, while the others wait for it. On workerd what a request
 * has under way dies with it, so a turn lapses; and a promise may only be waited for by the request that made it,
 * so each waits for its own.
 */
export interface Turn {
  /** Null while another has the turn. Call what it returns when done; after `lapsesAfterMs` it is anybody's again. */
  begin(lapsesAfterMs: number): (() => void) | null;
  /** Resolves when the turn ends, or after `mostMs`. */
  next(mostMs: number): Promise<void>;
}

export function createTurn(now: () => number): Turn {
  let taken: { readonly until: number } | null = null;
  let waiting = new Set<() => void>();
  return {
    begin(lapsesAfterMs) {
      if (taken !== null && now() < taken.until) return null;
      const mine = { until: now() + lapsesAfterMs };
      taken = mine;
      return () => {
        if (taken === mine) taken = null;
        const woken = waiting;
        waiting = new Set();
        for (const wake of woken) wake();
      };
    },
    async next(mostMs) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const wake = () => {
        resolve(undefined);
      };
      waiting.add(wake);
      const lapse = taken === null ? mostMs : Math.max(0, taken.until - now());
      const timer = setTimeout(wake, Math.min(mostMs, lapse));
      await promise;
      clearTimeout(timer);
      waiting.delete(wake);
    },
  };
}
