import type { Facts } from './facts.ts';
import type { Instant } from './instant.ts';

export interface AsOfMoments {
  /** What was true at this moment: facts with `occurredAt` ≤ it. Left out: whatever was ever true. */
  readonly asOf?: Instant;
  /** What had been heard by this moment: facts with `recordedAt` ≤ it. Left out: everything heard. */
  readonly knownAt?: Instant;
}

/**
 * The facts that were true at `asOf` and heard of by `knownAt`. Terms are among them from when they were
 * published (`occurredAt`), whatever moment they take effect at.
 */
export function factsAsOf(facts: Facts, moments: AsOfMoments): Facts {
  const asOf = moments.asOf ?? Number.POSITIVE_INFINITY;
  const knownAt = moments.knownAt ?? Number.POSITIVE_INFINITY;
  const holds = (fact: { readonly occurredAt: Instant; readonly recordedAt: Instant }) =>
    fact.occurredAt <= asOf && fact.recordedAt <= knownAt;
  return {
    touches: facts.touches.filter(holds),
    identifications: facts.identifications.filter(holds),
    entities: facts.entities.filter(holds),
  };
}
