const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 8000;

/**
 * How long to wait after the n-th attempt: twice as long each time, half of it by lot, so that clients that failed together
 * don't come back together; and never less than the server asked for.
 */
export function pauseMs(
  attempt: number,
  retryAfterMs: number | null,
  random: () => number = Math.random,
): number {
  const longest = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
  return Math.max(retryAfterMs ?? 0, (longest * (1 + random())) / 2);
}

/** Of the server, or of what stands before it. */
const PASSING: ReadonlySet<number> = new Set([429, 502, 503, 504]);
/** The second: an attempt before, whose answer was lost, is still being carried out. */
const PASSING_CODES: ReadonlySet<string> = new Set(['no_answer', 'idempotency_in_progress']);

/** Whether the same request may fare better in a moment. */
export function mayPass({ status, code }: { status: number; code: string }): boolean {
  return PASSING.has(status) || PASSING_CODES.has(code);
}

/** `Retry-After` (RFC 9110): seconds or a date. Null when there is none, or none that can be read. */
export function retryAfterMs(header: string | null, now: number): number | null {
  const ms = header !== null && /^\d+$/.test(header) ? Number(header) * 1000 : dateMs(header) - now;
  return Number.isNaN(ms) ? null : Math.max(ms, 0);
}

function dateMs(text: string | null): number {
  return text === null ? Number.NaN : Date.parse(text);
}

/** Rejects with the reason of the signal when that is aborted first. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
