import {
  programmeHistoryOf,
  termsAt,
  termsSchema,
  type ChangedTerms,
  type Fact,
  type Instant,
  type Terms,
} from '@provisie/domain';

/** Terms that a programme is supposed to have had for all orders placed from a moment on. */
export interface Supposition {
  readonly programmeId: string;
  /** One that the programme never published. */
  readonly termsVersion: number;
  /** The versions in whose place they are: those that took effect from then on. */
  readonly replaces: readonly number[];
  /** UTC milliseconds. */
  readonly from: Instant;
  readonly terms: Terms;
}

export interface SupposedTerms {
  readonly programmeId: string;
  /** What differs from the terms in force at `from`. */
  readonly changes: ChangedTerms;
  /** UTC milliseconds; default: since the programme has terms. */
  readonly from?: Instant | undefined;
}

/** Said of terms that can't be supposed, in words for a person. */
export class SuppositionError extends Error {
  override readonly name = 'SuppositionError';
}

/**
 * The terms in force at a moment, the first ones before that, with changes. `published` are the facts of the programme.
 * Throws `SuppositionError` for a programme that has no terms, and where the currency would be another.
 */
export function supposed(
  { programmeId, changes, from }: SupposedTerms,
  published: Iterable<Fact>,
): { readonly supposition: Supposition; readonly inForce: Terms } {
  const history = programmeHistoryOf(published);
  if (history.opened === undefined) {
    throw new SuppositionError(`There is no programme ${programmeId}.`);
  }
  const all = [...history.terms.values()].map(({ data }) => data);
  const [first] = all.toSorted((a, b) => a.effectiveFrom - b.effectiveFrom);
  if (first === undefined) {
    throw new SuppositionError(`The programme ${programmeId} has no terms yet that could differ.`);
  }
  const since = from ?? first.effectiveFrom;
  const inForce = termsAt(history, since)?.data.terms ?? first.terms;
  const terms = termsSchema.parse({ ...inForce, ...changes });
  if (terms.currency !== inForce.currency) {
    throw new SuppositionError(
      `The programme ${programmeId} pays in ${inForce.currency}; under terms in ${terms.currency} its orders would earn nothing.`,
    );
  }
  const termsVersion = 1 + Math.max(...all.map((each) => each.termsVersion));
  const later = all.filter(({ effectiveFrom }) => effectiveFrom >= since);
  const replaces = later.map((each) => each.termsVersion);
  return { supposition: { programmeId, termsVersion, replaces, from: since, terms }, inForce };
}
