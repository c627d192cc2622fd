import type { Fact } from '../event-catalogue.ts';
import { programmeHistoryOf } from '../history/programme-history.ts';
import type { Instant } from '../instant.ts';
import type { Terms } from '../terms.ts';

export interface ProgrammeState {
  readonly programmeId: string;
  readonly name: string;
  readonly hosts: readonly string[];
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  /** By version, newest first. */
  readonly terms: readonly {
    readonly termsVersion: number;
    readonly effectiveFrom: Instant;
    readonly publishedAt: Instant;
    readonly terms: Terms;
  }[];
}

/** What the facts of one programme come to; null when its opening isn't among them. */
export function programmeState(facts: Iterable<Fact>): ProgrammeState | null {
  const history = programmeHistoryOf(facts);
  if (history.opened === undefined) return null;
  return {
    ...history.opened.data,
    openedAt: history.opened.occurredAt,
    closedAt: history.closed?.occurredAt ?? null,
    terms: [...history.terms.values()]
      .sort((a, b) => b.data.termsVersion - a.data.termsVersion)
      .map(({ occurredAt, data: { termsVersion, effectiveFrom, terms } }) => ({
        termsVersion,
        effectiveFrom,
        publishedAt: occurredAt,
        terms,
      })),
  };
}
