import type { Instant } from './instant.ts';
import type { BasisPoints, Cents } from './money.ts';
import type { Reward } from './terms.ts';

/** Why a candidate is out; a candidate carries the first of these that applies, in this order. */
export const EXCLUSION_REASONS = [
  'bot',
  'consent_denied',
  'programme_closed',
  'partner_not_active',
  'link_disabled',
  'coupon_not_valid',
  'self_referral',
  'currency_mismatch',
  'outside_window',
] as const;
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

/** Why a candidate that counted did not win. */
export type LossReason =
  | 'superseded_by_coupon'
  | 'superseded_by_link'
  | 'superseded_by_later_touch'
  | 'superseded_by_lock';

export type CandidateKind = 'order_coupon' | 'entered_coupon' | 'click' | 'visit';

export interface Candidate {
  /** The touch's id; `coupon:CODE` for a code that stands on the order. */
  readonly touchId: string;
  readonly kind: CandidateKind;
  readonly occurredAt: Instant;
  readonly visitorId: string | null;
  readonly linkCode: string | null;
  readonly couponCode: string | null;
  readonly partnerId: string;
  readonly programmeId: string;
  /** The programme's terms in force when the order was placed; null when there were none. */
  readonly termsVersion: number | null;
  /** Touches before this moment are outside the window; null without terms. */
  readonly windowOpensAt: Instant | null;
  readonly result: 'won' | ExclusionReason | LossReason;
}

export interface Award {
  readonly partnerId: string;
  readonly programmeId: string;
  readonly termsVersion: number;
  readonly touchId: string;
  readonly kind: CandidateKind;
  readonly linkCode: string | null;
  readonly couponCode: string | null;
  /** The payout that locked the award and its terms; null while nothing has. */
  readonly lockedByPayoutId: string | null;
}

/** What the order is worth to the rules. All amounts without VAT and shipping. */
export interface Base {
  readonly linesCents: Cents;
  /** The sum of the refunds that count; may exceed `linesCents`. */
  readonly refundsCents: Cents;
  /** `linesCents − refundsCents`, never below zero. */
  readonly baseCents: Cents;
  /** The amendment whose lines count; null when those of the placing do. */
  readonly amendmentId: string | null;
  /** Amendments that came after the lock and so changed nothing. */
  readonly refusedAmendmentIds: readonly string[];
  readonly refundIds: readonly string[];
}

export type RewardResult =
  | 'earned'
  | 'order_cancelled'
  | 'zero_base'
  | 'not_first_order'
  /** Another order of the customer holds the place under a lock. */
  | 'superseded_by_lock';

/** What the award earns under the winner's terms, and the arithmetic. */
export interface RewardDecision {
  readonly result: RewardResult;
  readonly reward: Reward;
  readonly rateBps: BasisPoints | null;
  /** The place of this order among the customer's orders that count, from 1; null when it doesn't count. */
  readonly rank: number | null;
  /** The orders that hold the places before it, earliest first (at most as many as the terms count). */
  readonly earlierOrderIds: readonly string[];
  readonly amountCents: Cents;
  /** For people: `10.00 % of €1,234.50 = €123.45`. */
  readonly arithmetic: string;
}

/** The commission of an award that ever earned a reward. */
export interface Commission {
  readonly amountCents: Cents;
  /** From this millisecond on it is payable; null while the order it waits for isn't completed. */
  readonly payableFrom: Instant | null;
  readonly rejection: {
    readonly occurredAt: Instant;
    readonly reason: string;
    readonly by: string;
  } | null;
  /** What of it need not be paid any more, as it was written off. */
  readonly writtenOffCents: Cents;
  /** The payouts that name the order and were neither cancelled nor failed. */
  readonly payouts: readonly {
    readonly payoutId: string;
    readonly state: 'scheduled' | 'paid';
    readonly amountCents: Cents;
  }[];
}

/** The whole answer to "why did A get this and not B?", for one order. */
export interface Decision {
  readonly orderId: string;
  readonly placedAt: Instant;
  readonly customer: string;
  readonly currency: string;
  /** The codes on the order, as the shop listed them. */
  readonly couponCodes: readonly string[];
  readonly cancelledAt: Instant | null;
  readonly completedAt: Instant | null;
  readonly base: Base;
  /** Latest first, at most fifty, the winner always among them. */
  readonly candidates: readonly Candidate[];
  readonly omittedCandidates: number;
  /** `awarded`, or why nobody was: no candidate at all, or all of them out. */
  readonly outcome: 'awarded' | 'no_touch' | 'no_counting_touch';
  readonly award: Award | null;
  readonly reward: RewardDecision | null;
  readonly commission: Commission | null;
}

export type CommissionStatus =
  'rejected' | 'reversed' | 'paid' | 'scheduled' | 'written_off' | 'payable' | 'pending';
