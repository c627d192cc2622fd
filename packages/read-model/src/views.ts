import type {
  CandidateKind,
  Cents,
  CommissionStatus,
  CouponState,
  Day,
  Instant,
  LinkState,
  MerchantDetails,
  OrderState,
  PartnerState,
  ProgrammeState,
} from '@provisie/domain';

export type * from './payout-views.ts';

/** One page of a listing. `next` is the cursor of the following page; null on the last. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

export interface PageRequest {
  /** 1 to 500. */
  readonly limit: number;
  /** As an earlier page gave it; null for the first. A cursor that isn't one of ours: `InvalidCursorError`. */
  readonly cursor: string | null;
}

/** What a listing shows of an entity is what its facts come to. */
export type ProgrammeView = ProgrammeState;
export type PartnerStatus = PartnerState['status'];
/** Without the keys that show a self-referral: nobody reads those. */
export type PartnerView = Omit<PartnerState, 'customerKeys'>;
export type LinkView = LinkState;
export type CouponView = CouponState;
export type OrderView = Omit<OrderState, 'customer'>;

export interface CommissionView {
  readonly orderId: string;
  readonly partnerId: string;
  readonly programmeId: string;
  readonly termsVersion: number;
  readonly currency: string;
  readonly placedAt: Instant;
  readonly kind: CandidateKind;
  readonly linkCode: string | null;
  readonly couponCode: string | null;
  readonly baseCents: Cents;
  readonly amountCents: Cents;
  readonly payableFrom: Instant | null;
  readonly status: CommissionStatus;
  readonly rejectionReason: string | null;
  /** What of the amount need not be paid any more. */
  readonly writtenOffCents: Cents;
}

export interface CommissionFilter {
  readonly partnerId?: string;
  readonly programmeId?: string;
  readonly status?: CommissionStatus;
  readonly placedFrom?: Instant;
  /** Exclusive. */
  readonly placedBefore?: Instant;
  /** Statuses are derived for this moment. */
  readonly at: Instant;
}

/** What becomes payable in the course of a day, in one currency. */
export interface PendingDay {
  /** Null: not known yet, its order isn't completed. */
  readonly payableDay: Day | null;
  readonly currency: string;
  readonly amountCents: Cents;
  readonly commissions: number;
}

/** Amounts of one partner in one currency at one moment. Without VAT, but for what goes through the bank. */
export interface BalanceView {
  readonly partnerId: string;
  readonly currency: string;
  /** Earned, still in hold. */
  readonly pendingCents: Cents;
  /**
   * The balance of DESIGN rule 9: past hold, minus payouts and write-offs. What is to be taken back is taken off
   * already, so it may be negative.
   */
  readonly payableCents: Cents;
  /** What payouts paid of orders above what those are worth now, as a positive number; the next payout takes it back. */
  readonly clawbackCents: Cents;
  /** On its way through the bank, VAT included. */
  readonly scheduledCents: Cents;
  /** Gone through the bank, VAT included. */
  readonly paidCents: Cents;
  /** The VAT in `scheduledCents` and `paidCents`. */
  readonly vatCents: Cents;
  readonly writtenOffCents: Cents;
  /** The lowest threshold in force of the programmes in which the partner has a link or coupon; null without any. */
  readonly thresholdCents: Cents | null;
  /** What is missing to the threshold; 0 when a payout is due. */
  readonly missingCents: Cents | null;
  readonly payoutDue: boolean;
}

export interface AsOf {
  /** What was true at this moment (`occurredAt`). */
  readonly asOf: Instant;
  /** What had been heard by this moment (`recordedAt`); null: everything heard so far. */
  readonly knownAt: Instant | null;
}

export type PerformanceDimension = 'day' | 'partner' | 'link' | 'coupon' | 'campaign' | 'programme';

export interface PerformanceFilter {
  /** UTC days, `YYYY-MM-DD`, both inclusive. */
  readonly fromDay: string;
  readonly toDay: string;
  readonly partnerId?: string;
  readonly programmeId?: string;
  readonly groupBy: readonly PerformanceDimension[];
}

export interface PerformanceRow {
  /** Null for a dimension that isn't grouped by, and for what has none (a coupon order has no link). */
  readonly day: string | null;
  readonly partnerId: string | null;
  readonly programmeId: string | null;
  readonly linkCode: string | null;
  readonly couponCode: string | null;
  readonly campaign: string | null;
  readonly clicks: number;
  /** Visitors with a click or a visit, each once a day. */
  readonly uniqueVisitors: number;
  readonly visits: number;
  /** Attributed, and not cancelled. */
  readonly orders: number;
  readonly currency: string | null;
  readonly revenueCents: Cents;
  readonly commissionCents: Cents;
  /** orders ÷ unique visitors; null without visitors. */
  readonly conversionRate: number | null;
  /** Whole cents, rounded half up; null without orders. */
  readonly averageOrderCents: Cents | null;
  /** Commission per click, in whole cents rounded half up; null without clicks. */
  readonly earningsPerClickCents: Cents | null;
}

export interface JournalFilter {
  readonly partnerId?: string;
  readonly orderId?: string;
  readonly recordedFrom?: Instant;
  /** Exclusive. */
  readonly recordedBefore?: Instant;
}

/** One balanced entry of the journal: its lines add up to zero. Debits are positive, credits negative. */
export interface JournalEntryView {
  readonly entryId: string;
  readonly causeEventId: string;
  readonly causePosition: number;
  readonly causeType: string;
  readonly recordedAt: Instant;
  /** What the entry is about: an order, a payout or a write-off; the other two are null. */
  readonly orderId: string | null;
  readonly payoutId: string | null;
  readonly writeOffId: string | null;
  readonly currency: string;
  readonly lines: readonly {
    readonly account: string;
    readonly partnerId: string | null;
    readonly amountCents: Cents;
    /** From this moment on the line counts (a release from hold lies in the future). */
    readonly effectiveAt: Instant;
  }[];
}

/** An event that could not be read and was set aside. */
export interface QuarantinedEventView {
  readonly position: number;
  readonly eventId: string;
  readonly stream: string;
  readonly type: string;
  readonly version: number;
  readonly recordedAt: Instant;
  readonly error: string;
}

export interface ProjectionStatus {
  /** The last position handled. */
  readonly position: number;
  readonly handledAt: Instant | null;
  /** `recordedAt` of the last event handled. */
  readonly lastRecordedAt: Instant | null;
}

export interface MerchantView extends MerchantDetails {
  readonly changedAt: Instant;
}
