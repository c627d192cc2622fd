import type { FactOfType } from '../event-catalogue.ts';
import type { Instant } from '../instant.ts';
import { countingFact } from '../repeats.ts';

export type PartnerFact = FactOfType<
  | 'PartnerApplied'
  | 'PartnerApproved'
  | 'PartnerSuspended'
  | 'PartnerReinstated'
  | 'PartnerProfileChanged'
  | 'PayoutDetailsChanged'
  | 'PayoutDetailsRemoved'
  | 'SelfBillingAgreed'
  | 'SelfBillingEnded'
  | 'PartnerReviewOpened'
  | 'PartnerReviewClosed'
>;
export type ProfileFact = FactOfType<'PartnerApplied' | 'PartnerProfileChanged'>;
export type StandingFact = FactOfType<'PartnerApproved' | 'PartnerSuspended' | 'PartnerReinstated'>;
export type PayoutDetailsFact = FactOfType<'PayoutDetailsChanged' | 'PayoutDetailsRemoved'>;
export type SelfBillingFact = FactOfType<'SelfBillingAgreed' | 'SelfBillingEnded'>;
export type ReviewFact = FactOfType<'PartnerReviewOpened' | 'PartnerReviewClosed'>;

/** Everything known of one partner. */
export interface PartnerHistory {
  readonly profiles: ProfileFact[];
  readonly standings: StandingFact[];
  readonly payoutDetails: PayoutDetailsFact[];
  readonly selfBilling: SelfBillingFact[];
  readonly reviews: ReviewFact[];
}

export function newPartnerHistory(): PartnerHistory {
  return { profiles: [], standings: [], payoutDetails: [], selfBilling: [], reviews: [] };
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
    case 'PayoutDetailsChanged':
    case 'PayoutDetailsRemoved':
      history.payoutDetails.push(fact);
      break;
    case 'SelfBillingAgreed':
    case 'SelfBillingEnded':
      history.selfBilling.push(fact);
      break;
    case 'PartnerReviewOpened':
    case 'PartnerReviewClosed':
      history.reviews.push(fact);
      break;
  }
}

/** The fact in force: the last by `occurredAt`; at one millisecond the stricter type, then the smaller content (rules 13, 14). */
export function lastFact<F extends PartnerFact>(
  facts: readonly F[],
  isStricter: (fact: F) => boolean,
): F | null {
  let last: F | null = null;
  for (const fact of facts) {
    if (last === null || fact.occurredAt > last.occurredAt) last = fact;
    else if (fact.occurredAt < last.occurredAt) continue;
    else if (isStricter(fact) !== isStricter(last)) last = isStricter(fact) ? fact : last;
    else last = countingFact(last, fact);
  }
  return last;
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
