import type { Fact, Instant } from '@provisie/domain';
import { iso } from './instants.ts';
import { problem } from './problems.ts';

/** How far another machine's clock may run ahead of ours. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** The moment given, or now. Throws `invalid_request` naming `path` when it lies in the future. */
export function notInFuture(given: Instant | undefined, now: Instant, path: string): Instant {
  if (given === undefined) return now;
  if (given <= now + CLOCK_SKEW_MS) return given;
  throw problem('invalid_request', 'One value is not right; see `errors`.', {
    errors: [{ path, problem: 'lies in the future', expected: `${iso(now)} or earlier` }],
  });
}

/**
 * The moment of what is done now to something that all this happened to: later than all of it. At one
 * millisecond the stricter of two facts would win, whichever came last (rule 14).
 */
export function momentAfter(facts: readonly Fact[], now: Instant): Instant {
  return facts.reduce((latest, { occurredAt }) => Math.max(latest, occurredAt + 1), now);
}
