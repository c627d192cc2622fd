import type { Fact } from '../event-catalogue.ts';
import { partnerEvents } from '../events/partner-events.ts';
import {
  addPartnerFact,
  isActiveAt,
  lastFact,
  newPartnerHistory,
  profileAt,
} from '../history/partner-history.ts';
import type { PartnerFact, PartnerHistory, StandingFact } from '../history/partner-history.ts';
import type { Instant } from '../instant.ts';
import { countingFact } from '../repeats.ts';
import type { TaxProfile } from '../payout/tax.ts';
import type { Sealed } from '../sealed.ts';

export interface PartnerState {
  readonly partnerId: string;
  readonly status: 'applied' | 'approved' | 'suspended';
  readonly profile: Sealed;
  readonly customerKeys: readonly string[];
  readonly appliedAt: Instant;
  /** Of the first approval. */
  readonly approvedAt: Instant | null;
  /** Of the suspension in force. */
  readonly suspendedAt: Instant | null;
  readonly suspensionReason: string | null;
  /** Null until they were given. */
  readonly payoutDetails: PayoutDetailsState | null;
  /** The agreement in force to issue the partner's invoices; null without one. */
  readonly selfBilling: { readonly agreement: string; readonly agreedAt: Instant } | null;
  /** The review that is open; null when none is. */
  readonly review: { readonly reason: string; readonly openedAt: Instant } | null;
}

export interface PayoutDetailsState {
  /** Of the event. */
  readonly payoutDetailsId: string;
  readonly changedAt: Instant;
  readonly taxProfile: TaxProfile;
  readonly accountKey: string;
  readonly details: Sealed;
}

/** What the facts of one partner come to; null when no profile is among them. */
export function partnerState(facts: Iterable<Fact>): PartnerState | null {
  const history = newPartnerHistory();
  for (const fact of facts) {
    if (isPartnerFact(fact)) addPartnerFact(history, fact);
  }
  const profile = profileAt(history, Number.POSITIVE_INFINITY);
  if (profile === null) return null;
  const suspension = suspensionInForce(history);
  return {
    ...profile.data,
    status: statusOf(history, suspension),
    appliedAt: Math.min(...history.profiles.map((fact) => fact.occurredAt)),
    approvedAt: firstApproval(history),
    suspendedAt: suspension?.occurredAt ?? null,
    suspensionReason: suspension?.data.reason ?? null,
    payoutDetails: payoutDetailsOf(history),
    selfBilling: selfBillingOf(history),
    review: reviewOf(history),
  };
}

function isPartnerFact(fact: Fact): fact is PartnerFact {
  return Object.hasOwn(partnerEvents, fact.type);
}

function payoutDetailsOf({ payoutDetails }: PartnerHistory): PayoutDetailsState | null {
  const last = lastFact(payoutDetails, (fact) => fact.type === 'PayoutDetailsRemoved');
  if (last?.type !== 'PayoutDetailsChanged') return null;
  const { details, accountKey, taxProfile } = last.data;
  return {
    payoutDetailsId: last.id,
    changedAt: last.occurredAt,
    taxProfile,
    accountKey,
    details,
  };
}

function selfBillingOf({ selfBilling }: PartnerHistory): PartnerState['selfBilling'] {
  const last = lastFact(selfBilling, (fact) => fact.type === 'SelfBillingEnded');
  if (last?.type !== 'SelfBillingAgreed') return null;
  return { agreement: last.data.agreement, agreedAt: last.occurredAt };
}

function reviewOf({ reviews }: PartnerHistory): PartnerState['review'] {
  const last = lastFact(reviews, (fact) => fact.type === 'PartnerReviewOpened');
  if (last?.type !== 'PartnerReviewOpened') return null;
  return { reason: last.data.reason, openedAt: last.occurredAt };
}

type SuspendedFact = Extract<StandingFact, { readonly type: 'PartnerSuspended' }>;

function statusOf(
  history: PartnerHistory,
  suspension: SuspendedFact | null,
): PartnerState['status'] {
  if (suspension !== null) return 'suspended';
  return isActiveAt(history, Number.POSITIVE_INFINITY) ? 'approved' : 'applied';
}

/** The last suspension, unless something lifted it later. */
function suspensionInForce(history: PartnerHistory): SuspendedFact | null {
  let last: SuspendedFact | undefined;
  let liftedAt = Number.NEGATIVE_INFINITY;
  for (const fact of history.standings) {
    if (fact.type !== 'PartnerSuspended') liftedAt = Math.max(liftedAt, fact.occurredAt);
    else if (last === undefined || fact.occurredAt > last.occurredAt) last = fact;
    else if (fact.occurredAt === last.occurredAt) last = countingFact(last, fact);
  }
  return last === undefined || liftedAt > last.occurredAt ? null : last;
}

function firstApproval(history: PartnerHistory): Instant | null {
  const approvals = history.standings.filter((fact) => fact.type === 'PartnerApproved');
  return approvals.length === 0 ? null : Math.min(...approvals.map((fact) => fact.occurredAt));
}
