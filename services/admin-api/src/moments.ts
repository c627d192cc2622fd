import type { Fact, Instant } from '@provisie/domain';
import { CLOCKS_DIFFER_MS } from '@provisie/event-store';
import { instantInput, iso } from './instants.ts';
import { problem } from './problems.ts';

/** Of a request that changes something: when that happened. `effect` says what becomes of orders since then. */
export function pastMoment(effect: string) {
  return instantInput.optional().openapi({
    description: `Default now; earlier when you move in with history or tell of it late. ${effect}`,
  });
}

/** Holds for everything that decides who may earn. */
export const DECIDED_ANEW =
  'Orders placed since then are decided anew, but for what a payout has fixed.';

/** The moment given, or now. Throws `invalid_request` naming `path` when it lies in the future. */
export function notInFuture(given: Instant | undefined, now: Instant, path: string): Instant {
  if (given === undefined) return now;
  if (given <= now + CLOCKS_DIFFER_MS) return given;
  throw wrongMoment(path, 'lies in the future', `${iso(now)} or earlier`);
}

/**
 * Up to when something had been heard of; null, everything so far, when nothing is given. What will be heard nobody knows:
 * an answer for a moment to come could not be made again. Throws `invalid_request` naming `path` for one that is.
 */
export function heardBy(given: Instant | undefined, now: Instant, path: string): Instant | null {
  return given === undefined ? null : notInFuture(given, now, path);
}

export interface ChangeMoment {
  /** What the caller said. */
  readonly told: Instant | undefined;
  readonly now: Instant;
  /** Earlier than this it would change nothing, or something that wasn't there yet. */
  readonly since: Instant;
  readonly path: string;
}

/**
 * The moment of what is done to something that all this happened to: the one told, else one later than all
 * of it. Throws `invalid_request` naming `path` when it was told and can't be.
 */
export function momentOfChange(
  facts: readonly Fact[],
  { told, now, since, path }: ChangeMoment,
): Instant {
  if (told === undefined) return momentAfter(facts, now);
  if (told >= since) return notInFuture(told, now, path);
  throw wrongMoment(path, 'lies before what it changes', `${iso(since)} or later`);
}

function wrongMoment(path: string, what: string, expected: string) {
  return problem('invalid_request', 'One value is not right; see `errors`.', {
    errors: [{ path, problem: what, expected }],
  });
}

/**
 * The moment of what is done now to something that all this happened to: later than all of it. At one
 * millisecond the stricter of two facts would win, whichever came last (rule 14).
 */
export function momentAfter(facts: readonly Fact[], now: Instant): Instant {
  return facts.reduce((latest, { occurredAt }) => Math.max(latest, occurredAt + 1), now);
}
