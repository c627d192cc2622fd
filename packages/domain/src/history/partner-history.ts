import type { FactOfType } from '../event-catalogue.ts';
import type { Instant } from '../instant.ts';
import { countingFact } from '../repeats.ts';

export type PartnerFact = FactOfType<
  | 'PartnerApplied'
  | 'PartnerApproved'
  | 'PartnerSuspended'
  | 'PartnerReinstated'
  | 'PartnerProfileChanged'
>;
export type ProfileFact = FactOfType<'PartnerApplied' | 'PartnerProfileChanged'>;
export type StandingFact = FactOfType<'PartnerApproved' | 'PartnerSuspended' | 'PartnerReinstated'>;

/** Everything known of one partner. */
export interface PartnerHistory {
  readonly profiles: ProfileFact[];
  readonly standings: StandingFact[];
}

export function newPartnerHistory(): PartnerHistory {
  return { profiles: [], standings: [] };
}

export function addPartnerFact(history: PartnerHistory, fact: PartnerFact): void {
  switch (fact.type) {
    case 'PartnerApplied':
    case 'PartnerProfileChanged':
      history.profiles.push(fact);
      break;
    case 'PartnerApproved':
    case 'PartnerSuspended':
    case 'PartnerReinstated':
      history.standings.push(fact);
      break;
  }
}

/** Approved by then, and the last that happened to them is no suspension; at one millisecond it is. */
export function isActiveAt(history: PartnerHistory, at: Instant): boolean {
  let approved = false;
  let last: StandingFact | null = null;
  for (const fact of history.standings) {
    if (fact.occurredAt > at) continue;
    if (fact.type === 'PartnerApproved') approved = true;
    if (last === null || outranks(fact, last)) last = fact;
  }
  return approved && last?.type !== 'PartnerSuspended';
}

function outranks(fact: StandingFact, other: StandingFact): boolean {
  if (fact.occurredAt !== other.occurredAt) return fact.occurredAt > other.occurredAt;
  return fact.type === 'PartnerSuspended';
}

/**
 * The profile in force at `at`: the latest by then; when there was none yet, the earliest of all, because the
 * person was who they are before we heard of them. Of two at one millisecond the change, not the application;
 * of two changes the smaller content.
 */
export function profileAt(history: PartnerHistory, at: Instant): ProfileFact | null {
  let latest: ProfileFact | null = null;
  let earliest: ProfileFact | null = null;
  for (const fact of history.profiles) {
    if (fact.occurredAt <= at) {
      latest = latest === null ? fact : laterProfile(latest, fact);
    } else {
      earliest = earliest === null ? fact : earlierProfile(earliest, fact);
    }
  }
  return latest ?? earliest;
}

function laterProfile(known: ProfileFact, met: ProfileFact): ProfileFact {
  if (met.occurredAt !== known.occurredAt) return met.occurredAt > known.occurredAt ? met : known;
  return profileOfTwo(known, met);
}

function earlierProfile(known: ProfileFact, met: ProfileFact): ProfileFact {
  if (met.occurredAt !== known.occurredAt) return met.occurredAt < known.occurredAt ? met : known;
  return profileOfTwo(known, met);
}

function profileOfTwo(known: ProfileFact, met: ProfileFact): ProfileFact {
  if (known.type !== met.type) return met.type === 'PartnerProfileChanged' ? met : known;
  return countingFact(known, met);
}
