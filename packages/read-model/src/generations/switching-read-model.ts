import type { ReadModel } from '../read-model.ts';

/** Something to read that another may take the place of. */
export interface Switching {
  /** Runs the query on what is there to read now, which stays open until it is done. */
  use<Result>(query: (model: ReadModel) => Promise<Result>): Promise<Result>;
  /** Aborts when something else is read from now on. */
  readonly changed: AbortSignal;
}

/** Each query goes to what is read when it begins. */
export function switchingReadModel(live: Switching): ReadModel {
  return {
    status: () => live.use((model) => model.status()),
    waitFor: (position, timeoutMs, signal) => waitFor(live, position, timeoutMs, signal),
    programmes: (page) => live.use((model) => model.programmes(page)),
    programme: (programmeId) => live.use((model) => model.programme(programmeId)),
    partners: (filter, page) => live.use((model) => model.partners(filter, page)),
    partner: (partnerId) => live.use((model) => model.partner(partnerId)),
    partnersWithAccount: (key) => live.use((model) => model.partnersWithAccount(key)),
    links: (filter, page) => live.use((model) => model.links(filter, page)),
    link: (code) => live.use((model) => model.link(code)),
    coupons: (filter, page) => live.use((model) => model.coupons(filter, page)),
    coupon: (code) => live.use((model) => model.coupon(code)),
    orders: (filter, page) => live.use((model) => model.orders(filter, page)),
    order: (orderId) => live.use((model) => model.order(orderId)),
    decision: (orderId) => live.use((model) => model.decision(orderId)),
    commissions: (filter, page) => live.use((model) => model.commissions(filter, page)),
    pendingDays: (partnerId, at) => live.use((model) => model.pendingDays(partnerId, at)),
    balances: (filter, at, page) => live.use((model) => model.balances(filter, at, page)),
    performance: (filter) => live.use((model) => model.performance(filter)),
    journal: (filter, page) => live.use((model) => model.journal(filter, page)),
    snapshot: (work) => live.use((model) => model.snapshot(work)),
    payoutRuns: (page) => live.use((model) => model.payoutRuns(page)),
    payoutRun: (runId) => live.use((model) => model.payoutRun(runId)),
    skippedPayouts: (filter, page) => live.use((model) => model.skippedPayouts(filter, page)),
    payouts: (filter, page) => live.use((model) => model.payouts(filter, page)),
    payout: (payoutId) => live.use((model) => model.payout(payoutId)),
    documents: (filter, page) => live.use((model) => model.documents(filter, page)),
    document: (documentId) => live.use((model) => model.document(documentId)),
    merchant: () => live.use((model) => model.merchant()),
    statement: (request, page) => live.use((model) => model.statement(request, page)),
    statementDifference: (partnerId, currency, before, after, page) =>
      live.use((model) => model.statementDifference(partnerId, currency, before, after, page)),
    trialBalance: (at) => live.use((model) => model.trialBalance(at)),
    quarantine: (page) => live.use((model) => model.quarantine(page)),
  };
}

/** Goes on waiting on what is read next, for the one before stands still. */
async function waitFor(
  live: Switching,
  position: number,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const { changed } = live;
    const ends = signal === undefined ? changed : AbortSignal.any([changed, signal]);
    const leftMs = Math.max(0, deadline - performance.now());
    if (await live.use((model) => model.waitFor(position, leftMs, ends))) return true;
    if (signal?.aborted === true || !changed.aborted) return false;
    if (performance.now() >= deadline) return false;
  }
}
