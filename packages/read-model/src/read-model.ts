import type { Decision, Instant } from '@provisie/domain';
import type {
  AsOf,
  BalanceView,
  CandidateRequest,
  CommissionFilter,
  CommissionView,
  CouponView,
  DocumentView,
  JournalEntryView,
  JournalFilter,
  LinkView,
  MerchantView,
  OrderView,
  OutlookRequest,
  Page,
  PageRequest,
  PartnerStatus,
  PartnerView,
  PayoutCandidate,
  PayoutFilter,
  PayoutRunView,
  PayoutSummary,
  PayoutView,
  PendingDay,
  PerformanceFilter,
  PerformanceRow,
  ProgrammeView,
  ProjectionStatus,
  QuarantinedEventView,
  SkippedFilter,
  SkippedPayout,
  StatementDifference,
  StatementRequest,
  StatementView,
  TrialBalanceRow,
} from './views.ts';

/** What an export of everything reads. */
export interface SnapshotListings extends Pick<
  ReadModel,
  'commissions' | 'documents' | 'journal' | 'payouts' | 'quarantine' | 'trialBalance'
> {
  /** By order id. */
  decisions(page: PageRequest): Promise<Page<Decision>>;
}

/** The tables as they stand at one position, while the projector goes on. */
export interface ReadModelSnapshot extends SnapshotListings {
  /** The last position handled. */
  readonly position: number;
  /**
   * Every partner with an open item in the currency, or those asked for (without items too), by partner id. A page
   * also ends early where its partners have very many items.
   */
  payoutCandidates(request: CandidateRequest, page: PageRequest): Promise<Page<PayoutCandidate>>;
  /**
   * One partner, to be told sums: what is simply payable is one item, however many orders it comes from, and no more
   * customers are counted than the terms ask for.
   */
  payoutOutlook(request: OutlookRequest): Promise<PayoutCandidate>;
}

/** Everything the API reads. Nothing here writes. */
export interface ReadModel {
  status(): Promise<ProjectionStatus>;
  /** Resolves true as soon as `position` is handled, false when `timeoutMs` has passed first. */
  waitFor(position: number, timeoutMs: number, signal?: AbortSignal): Promise<boolean>;

  programmes(page: PageRequest): Promise<Page<ProgrammeView>>;
  programme(programmeId: string): Promise<ProgrammeView | null>;
  partners(
    filter: { readonly status?: PartnerStatus },
    page: PageRequest,
  ): Promise<Page<PartnerView>>;
  partner(partnerId: string): Promise<PartnerView | null>;
  /** Whose money goes to the account: the ids of the partners. */
  partnersWithAccount(accountKey: string): Promise<readonly string[]>;
  links(
    filter: { readonly partnerId?: string; readonly programmeId?: string },
    page: PageRequest,
  ): Promise<Page<LinkView>>;
  link(code: string): Promise<LinkView | null>;
  coupons(
    filter: { readonly partnerId?: string; readonly programmeId?: string },
    page: PageRequest,
  ): Promise<Page<CouponView>>;
  coupon(code: string): Promise<CouponView | null>;

  orders(
    filter: {
      readonly partnerId?: string;
      readonly placedFrom?: Instant;
      readonly placedBefore?: Instant;
    },
    page: PageRequest,
  ): Promise<Page<OrderView>>;
  order(orderId: string): Promise<OrderView | null>;
  decision(orderId: string): Promise<Decision | null>;
  commissions(filter: CommissionFilter, page: PageRequest): Promise<Page<CommissionView>>;
  /** What is in hold at a moment, soonest first; what has no day yet last. */
  pendingDays(partnerId: string, at: Instant): Promise<readonly PendingDay[]>;
  balances(
    filter: { readonly partnerId?: string },
    at: AsOf,
    page: PageRequest,
  ): Promise<Page<BalanceView>>;
  performance(filter: PerformanceFilter): Promise<readonly PerformanceRow[]>;
  /** In the order in which they were written. */
  journal(filter: JournalFilter, page: PageRequest): Promise<Page<JournalEntryView>>;
  /**
   * All that `work` reads of the snapshot is of one position. It has a connection of its own until `work` is done, so
   * nobody waits for it.
   */
  snapshot<Result>(work: (model: ReadModelSnapshot) => Promise<Result>): Promise<Result>;
  /** Newest first. */
  payoutRuns(page: PageRequest): Promise<Page<PayoutRunView>>;
  payoutRun(runId: string): Promise<PayoutRunView | null>;
  /** Payouts that were approved and not made. Newest first. */
  skippedPayouts(filter: SkippedFilter, page: PageRequest): Promise<Page<SkippedPayout>>;
  /** Newest first. */
  payouts(filter: PayoutFilter, page: PageRequest): Promise<Page<PayoutSummary>>;
  payout(payoutId: string): Promise<PayoutView | null>;
  /** Newest first. */
  documents(
    filter: { readonly partnerId?: string; readonly payoutId?: string },
    page: PageRequest,
  ): Promise<Page<DocumentView>>;
  document(documentId: string): Promise<DocumentView | null>;
  /** Null until the merchant's details were given. */
  merchant(): Promise<MerchantView | null>;

  /**
   * A partner's account in one currency. With `knownAt` null all pages show what had been heard by the first.
   * `opening` and `closing` are those of the whole statement on every page.
   */
  statement(request: StatementRequest, page: PageRequest): Promise<StatementView>;
  /**
   * Why an account looks different at two pairs of moments. `after` must not lie before `before` in either clock:
   * `InvalidMomentsError`.
   */
  statementDifference(
    partnerId: string,
    currency: string,
    before: AsOf,
    after: AsOf,
    page: PageRequest,
  ): Promise<StatementDifference>;
  /** Every account that was used by then, by currency and account; the balances of a currency add up to zero. */
  trialBalance(at: AsOf): Promise<readonly TrialBalanceRow[]>;

  /** Events that could not be read, in log order. */
  quarantine(page: PageRequest): Promise<Page<QuarantinedEventView>>;
}
