import canonicalize from 'canonicalize';
import type { IdentificationFact, TouchFact } from './facts.ts';
import type { Instant } from './instant.ts';

interface Dated {
  readonly occurredAt: Instant;
}

/**
 * Rule 13: of two facts with the same key the smaller by (`occurredAt`, content as canonical JSON, RFC 8785)
 * counts. What only the log knows of a fact (id, position, `recordedAt`) is no part of its content.
 */
export function countingFact<F extends Dated & { readonly data: unknown }>(
  known: F | undefined,
  met: F,
): F {
  if (known === undefined || known === met) return met;
  if (known.occurredAt !== met.occurredAt) return earlier(known, met);
  return canonical(met.data) < canonical(known.data) ? met : known;
}

/** Rule 13 for touches, over what the rules read of them. */
export function countingTouch(known: TouchFact | undefined, met: TouchFact): TouchFact {
  return countingNarrowed(known, met);
}

/** Rule 13 for identifications, over what the rules read of them. */
export function countingIdentification(
  known: IdentificationFact | undefined,
  met: IdentificationFact,
): IdentificationFact {
  return countingNarrowed(known, met);
}

function countingNarrowed<F extends Dated>(known: F | undefined, met: F): F {
  if (known === undefined || known === met) return met;
  if (known.occurredAt !== met.occurredAt) return earlier(known, met);
  return canonicalUnrecorded(met) < canonicalUnrecorded(known) ? met : known;
}

function earlier<F extends Dated>(a: F, b: F): F {
  return a.occurredAt < b.occurredAt ? a : b;
}

function canonicalUnrecorded(fact: object): string {
  return canonical({ ...fact, recordedAt: undefined });
}

function canonical(content: unknown): string {
  return canonicalize(content) ?? '';
}
