import type { Fact, FactOfType } from '../event-catalogue.ts';
import type { Instant } from '../instant.ts';
import { countingFact } from '../repeats.ts';

export type ProgrammeFact = FactOfType<'ProgrammeOpened' | 'TermsPublished' | 'ProgrammeClosed'>;
export type TermsFact = FactOfType<'TermsPublished'>;

/** Everything known of one programme; each fact once. */
export interface ProgrammeHistory {
  opened: FactOfType<'ProgrammeOpened'> | undefined;
  closed: FactOfType<'ProgrammeClosed'> | undefined;
  /** By terms version. */
  readonly terms: Map<number, TermsFact>;
}

export function newProgrammeHistory(): ProgrammeHistory {
  return { opened: undefined, closed: undefined, terms: new Map() };
}

/** What the facts of one programme come to; others are passed over. */
export function programmeHistoryOf(facts: Iterable<Fact>): ProgrammeHistory {
  const history = newProgrammeHistory();
  for (const fact of facts) {
    if (
      fact.type === 'ProgrammeOpened' ||
      fact.type === 'TermsPublished' ||
      fact.type === 'ProgrammeClosed'
    ) {
      addProgrammeFact(history, fact);
    }
  }
  return history;
}

export function addProgrammeFact(history: ProgrammeHistory, fact: ProgrammeFact): void {
  switch (fact.type) {
    case 'ProgrammeOpened':
      history.opened = countingFact(history.opened, fact);
      break;
    case 'ProgrammeClosed':
      history.closed = countingFact(history.closed, fact);
      break;
    case 'TermsPublished': {
      const { termsVersion } = fact.data;
      history.terms.set(termsVersion, countingFact(history.terms.get(termsVersion), fact));
      break;
    }
  }
}

/** The terms in force at `at`: the greatest (`effectiveFrom`, `termsVersion`) that has begun; null before any. */
export function termsAt(history: ProgrammeHistory, at: Instant): TermsFact | null {
  let inForce: TermsFact | null = null;
  for (const terms of history.terms.values()) {
    if (terms.data.effectiveFrom > at) continue;
    if (inForce === null || supersedes(terms, inForce)) inForce = terms;
  }
  return inForce;
}

function supersedes(terms: TermsFact, other: TermsFact): boolean {
  const { effectiveFrom, termsVersion } = terms.data;
  if (effectiveFrom !== other.data.effectiveFrom) return effectiveFrom > other.data.effectiveFrom;
  return termsVersion > other.data.termsVersion;
}

/** Closed from the millisecond of its closing on, and before its opening. */
export function isOpenAt(history: ProgrammeHistory, at: Instant): boolean {
  if (history.opened === undefined || history.opened.occurredAt > at) return false;
  return history.closed === undefined || history.closed.occurredAt > at;
}
