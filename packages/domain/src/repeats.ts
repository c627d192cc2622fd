import canonicalize from 'canonicalize';
import type { IdentificationFact, TouchFact } from './facts.ts';
import type { Instant } from './instant.ts';

interface Dated {
  readonly occurredAt: Instant;
}

interface Placing extends Dated {
  readonly data: { readonly source?: { readonly modifiedAt?: Instant | undefined } | undefined };
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

/**
 * Rule 13 for placings: where a shop tells what an order was like at one moment and at another, the earlier counts, whatever
 * dates they give; so an order that somebody edits in the shop keeps what it was placed as.
 */
export function countingPlacing<F extends Placing>(known: F | undefined, met: F): F {
  if (known === undefined || known === met) return met;
  const [before, after] = [toldAt(known), toldAt(met)];
  if (before !== after) return before < after ? known : met;
  return countingFact(known, met);
}

/** What doesn't come as a state of a shop was said of the placing itself. */
function toldAt({ data }: Placing): number {
  return data.source?.modifiedAt ?? Number.NEGATIVE_INFINITY;
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
