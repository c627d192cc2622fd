import type {
  Cents,
  DocumentKind,
  EventPayload,
  Instant,
  PayoutCandidate,
  PayoutRunView,
  PayoutStatus,
  PayoutView,
} from '@provisie/domain';

export type { PayoutCandidate, PayoutRunView, PayoutView };

/** As a listing shows a payout: without its lines. */
export interface PayoutSummary extends Omit<PayoutView, 'lines'> {
  readonly lineCount: number;
}

export interface PayoutFilter {
  readonly partnerId?: string;
  readonly runId?: string;
  readonly status?: PayoutStatus;
}

/** A payout that was approved and not made. */
export type SkippedPayout = Readonly<EventPayload<'PayoutSkipped'>> & {
  readonly skippedAt: Instant;
};

export type SkippedFilter = Omit<PayoutFilter, 'status'>;

/** What a run asks for. */
export interface CandidateRequest {
  readonly currency: string;
  /** Null: every partner who has an open item. */
  readonly partnerIds: readonly string[] | null;
  /** The moment of the run: terms are those in force then. */
  readonly at: Instant;
  /** Customers count whose commission is payable by then. */
  readonly cutOff: Instant;
}

/** Whose payout, if it were made at this moment. */
export interface OutlookRequest {
  readonly partnerId: string;
  readonly currency: string;
  readonly at: Instant;
}

/** What a document says that isn't personal; the whole stands in its event. */
export interface DocumentView {
  readonly documentId: string;
  readonly number: string;
  readonly kind: DocumentKind;
  readonly partnerId: string;
  readonly payoutId: string;
  readonly currency: string;
  readonly issueDate: string;
  readonly netCents: Cents;
  readonly vatCents: Cents;
  readonly totalCents: Cents;
}

/** A line of a partner's account: what an event did to it. Positive amounts are in the partner's favour. */
export interface StatementLine {
  readonly entryId: string;
  readonly line: number;
  /** From when on it counts. */
  readonly effectiveAt: Instant;
  /** When it was heard of. */
  readonly recordedAt: Instant;
  readonly causeEventId: string;
  readonly causePosition: number;
  readonly causeType: string;
  readonly orderId: string | null;
  readonly payoutId: string | null;
  readonly writeOffId: string | null;
  /** `partner_pending`, `partner_payable` or `clawback_receivable`. */
  readonly account: string;
  readonly amountCents: Cents;
}

export interface StatementBalance {
  readonly pendingCents: Cents;
  /** Payable minus what is to be taken back. */
  readonly balanceCents: Cents;
}

/** The account of one partner in one currency as it stood at a moment, and as it was known at one. */
export interface StatementView {
  readonly partnerId: string;
  readonly currency: string;
  readonly opening: StatementBalance;
  /** By `effectiveAt`, then by the log; each with the balance after it. */
  readonly lines: readonly (StatementLine & StatementBalance)[];
  readonly closing: StatementBalance;
  /** The cursor of the following lines; null when these are the last. */
  readonly next: string | null;
}

export interface StatementRequest {
  readonly partnerId: string;
  readonly currency: string;
  /** Lines that count before this make up the opening balance; null: from the beginning. */
  readonly from: Instant | null;
  readonly asOf: Instant;
  /** Null: everything heard so far. */
  readonly knownAt: Instant | null;
}

/** Why an account looks different at two pairs of moments: the lines that are in the second and not in the first. */
export interface StatementDifference {
  readonly partnerId: string;
  readonly currency: string;
  readonly before: StatementBalance;
  readonly after: StatementBalance;
  /** `heard_since`: it counted already, but wasn't known. `happened_since`: it didn't count yet. */
  readonly lines: readonly (StatementLine & { readonly why: 'heard_since' | 'happened_since' })[];
  readonly next: string | null;
}

/** One account of the ledger, over all partners. */
export interface TrialBalanceRow {
  readonly currency: string;
  readonly account: string;
  readonly debitCents: Cents;
  readonly creditCents: Cents;
  /** Debits minus credits. */
  readonly balanceCents: Cents;
}
