import { MOST_PAYOUT_LINES, type PayoutLine } from '../events/payout-events.ts';
import type { Instant } from '../instant.ts';
import type { Cents } from '../money.ts';
import type { PartnerState } from '../state/partner-state.ts';
import type { PayoutTerms } from './payout-terms.ts';
import { payoutLinesOf } from './open-items.ts';
import type { OpenItem, PayoutCut } from './open-items.ts';
import { taxedParts } from './paid-parts.ts';
import type { PaidPart } from './paid-parts.ts';
import { isScheduled, nextPayday } from './schedule.ts';
import type { VatPart } from './tax.ts';
import { taxedAs, vatParts } from './vat.ts';

/** One of `PAYOUT_BLOCK_REASONS` with what there is to tell of it. */
export type PayoutBlock =
  | { readonly reason: 'not_approved' }
  | { readonly reason: 'suspended'; readonly since: Instant; readonly told: string }
  | { readonly reason: 'under_review'; readonly since: Instant; readonly told: string }
  | { readonly reason: 'no_payout_details' }
  /** The details changed lately: somebody else may have changed them. */
  | { readonly reason: 'details_cooling'; readonly until: Instant }
  | { readonly reason: 'no_self_billing_agreement' }
  | { readonly reason: 'too_few_customers'; readonly customers: number; readonly minimum: number }
  | { readonly reason: 'not_scheduled'; readonly next: Instant | null }
  /** No link or coupon in a programme of this currency, so no terms to pay under. */
  | { readonly reason: 'no_terms' }
  /** More than stand in one payout: those up to an earlier cut-off are to be paid first. */
  | { readonly reason: 'too_many_orders'; readonly orders: number; readonly maximum: number }
  /** An invoice with Dutch VAT names it in euros, at an exchange rate that isn't known here. */
  | { readonly reason: 'vat_not_in_euros'; readonly currency: string };

/** Without the keys that show a self-referral: paying doesn't read those. */
export type PayeeState = Omit<PartnerState, 'customerKeys'>;

/** What a payout is worked out from, of one partner and currency. */
export interface PayoutCandidate {
  readonly partnerId: string;
  readonly currency: string;
  readonly partner: PayeeState | null;
  /** As they are at the moment of the run; null without any. */
  readonly terms: PayoutTerms | null;
  readonly items: readonly OpenItem[];
  /** Of the partner, with a commission that is payable by the cut-off or was paid. */
  readonly customers: number;
  /** When the last payout that was neither cancelled nor failed was scheduled. */
  readonly lastPayoutAt: Instant | null;
  /** Of orders of which something is taken back, what was paid and how it was taxed. */
  readonly paid: ReadonlyMap<string, readonly PaidPart[]>;
}

export interface PayoutMoments extends PayoutCut {
  /** How long changed payout details block payouts. */
  readonly coolingMs: number;
}

/** What a run would pay a partner now, or why it wouldn't. */
export interface PayoutAssessment {
  readonly partnerId: string;
  readonly currency: string;
  /** `due`: it would be paid. `below_threshold`: nothing else stands in the way. */
  readonly status: 'due' | 'below_threshold' | 'blocked';
  readonly blocks: readonly PayoutBlock[];
  readonly thresholdCents: Cents | null;
  /** What is missing to the threshold; 0 when it is reached. */
  readonly missingCents: Cents;
  /** The sum of the lines; negative while there is more to take back than to pay. */
  readonly netCents: Cents;
  /** What of it is taken back, as a positive number. */
  readonly clawbackCents: Cents;
  readonly vatCents: Cents;
  readonly totalCents: Cents;
  readonly vat: readonly VatPart[];
  readonly lines: readonly PayoutLine[];
}

/** Who is due, who is below the threshold and by how much, who is blocked and why. */
export function assessPayout(
  candidate: PayoutCandidate,
  { at, cutOff, coolingMs }: PayoutMoments,
): PayoutAssessment {
  const { partnerId, currency, terms } = candidate;
  const lines = payoutLinesOf(candidate.items, { at, cutOff });
  const vat = vatOf(candidate, lines, cutOff);
  const netCents = sum(lines.map((line) => line.amountCents));
  const vatCents = sum(vat.map((part) => part.vatCents));
  const totalCents = netCents + vatCents;
  const blocks = [
    ...blocksOf(candidate, at, coolingMs),
    ...lengthBlocks(lines),
    ...invoiceBlocks(currency, vat),
  ];
  const thresholdCents = terms?.thresholdCents ?? null;
  const isReached = netCents >= (thresholdCents ?? 0) && netCents > 0 && totalCents > 0;
  return {
    partnerId,
    currency,
    status: blocks.length > 0 ? 'blocked' : isReached ? 'due' : 'below_threshold',
    blocks,
    thresholdCents,
    missingCents: isReached ? 0 : Math.max(1, (thresholdCents ?? 0) - netCents),
    netCents,
    clawbackCents: 0 - sum(lines.map((line) => Math.min(0, line.amountCents))),
    vatCents,
    totalCents,
    vat,
    lines,
  };
}

/**
 * What is paid is taxed as the partner is now, at the rate in force at the cut-off, by which the commissions became
 * payable; what is taken back as it was when it was paid.
 */
function vatOf(
  { partner, paid }: PayoutCandidate,
  lines: readonly PayoutLine[],
  cutOff: Instant,
): readonly VatPart[] {
  const now = taxedAs(partner?.payoutDetails?.taxProfile ?? 'private_person', cutOff);
  return vatParts(
    lines.flatMap(({ orderId, amountCents }) =>
      taxedParts(amountCents, paid.get(orderId) ?? [], now),
    ),
  );
}

function* blocksOf(
  { partner, terms, customers, lastPayoutAt }: PayoutCandidate,
  at: Instant,
  coolingMs: number,
): Generator<PayoutBlock> {
  yield* standingBlocks(partner);
  yield* detailsBlocks(partner, at, coolingMs);
  if (terms === null) {
    yield { reason: 'no_terms' };
    return;
  }
  const { minimumCustomers: minimum, schedules } = terms;
  if (customers < minimum) yield { reason: 'too_few_customers', customers, minimum };
  if (!isScheduled(schedules, lastPayoutAt, at)) {
    yield { reason: 'not_scheduled', next: nextPayday(schedules, at) };
  }
}

function* lengthBlocks({ length: orders }: readonly PayoutLine[]): Generator<PayoutBlock> {
  const maximum = MOST_PAYOUT_LINES;
  if (orders > maximum) yield { reason: 'too_many_orders', orders, maximum };
}

/** Directive 2006/112 Art. 230: whatever the currency of an invoice, its VAT stands on it in that of the country, too. */
function* invoiceBlocks(currency: string, vat: readonly VatPart[]): Generator<PayoutBlock> {
  const hasVat = vat.some(({ vatCents }) => vatCents !== 0);
  if (currency !== 'EUR' && hasVat) yield { reason: 'vat_not_in_euros', currency };
}

function* standingBlocks(partner: PayeeState | null): Generator<PayoutBlock> {
  if (partner === null || partner.status === 'applied') yield { reason: 'not_approved' };
  if (partner?.status === 'suspended') {
    const { suspendedAt, suspensionReason } = partner;
    yield { reason: 'suspended', since: suspendedAt ?? 0, told: suspensionReason ?? '' };
  }
  const review = partner?.review ?? null;
  if (review !== null)
    yield { reason: 'under_review', since: review.openedAt, told: review.reason };
}

function* detailsBlocks(
  partner: PayeeState | null,
  at: Instant,
  coolingMs: number,
): Generator<PayoutBlock> {
  const details = partner?.payoutDetails ?? null;
  if (details === null) {
    yield { reason: 'no_payout_details' };
    return;
  }
  const until = details.changedAt + coolingMs;
  if (at < until) yield { reason: 'details_cooling', until };
  const isInvoiced = details.taxProfile !== 'private_person';
  if (isInvoiced && partner?.selfBilling === null) yield { reason: 'no_self_billing_agreement' };
}

function sum(amounts: readonly Cents[]): Cents {
  return amounts.reduce((total, cents) => total + cents, 0);
}
