import { pause } from '@provisie/event-store';
import type { ReadModelDatabase } from '../database/read-model-database.ts';
import type { ReadModel } from '../read-model.ts';
import { partnersWithAccount } from './account-sharing.ts';
import { listBalances } from './balances.ts';
import { listCandidates } from './candidates.ts';
import { listCommissions } from './commissions.ts';
import { findDocument, findMerchant, listDocuments } from './documents.ts';
import {
  findCoupon,
  findLink,
  findPartner,
  findProgramme,
  listCoupons,
  listLinks,
  listPartners,
  listProgrammes,
} from './entities.ts';
import { listJournal } from './journal.ts';
import { findDecision, findOrder, listOrders } from './orders.ts';
import {
  findPayout,
  findPayoutRun,
  listPayoutRuns,
  listPayouts,
  listSkippedPayouts,
} from './payouts.ts';
import { payoutOutlook } from './payout-outlook.ts';
import { pendingDaysOf } from './pending-days.ts';
import { performance as performanceOf } from './performance.ts';
import { listQuarantine } from './quarantine.ts';
import { listingsOf } from './snapshot-listings.ts';
import { differenceOf, statementOf } from './statements.ts';
import { trialBalanceOf } from './trial-balance.ts';

/** How often another process's progress is looked at while somebody waits for it. */
const POLL_MS = 50;

/** Queries over the tables that the projector keeps. */
export function readModelOf(database: ReadModelDatabase): ReadModel {
  const session = database.reading;
  return {
    status: async () => {
      const { position, handled_at, last_recorded_at } = await database.checkpoint();
      return { position, handledAt: handled_at, lastRecordedAt: last_recorded_at };
    },
    waitFor: (position, timeoutMs, signal) => waitFor(database, position, timeoutMs, signal),
    programmes: (page) => listProgrammes(session, page),
    programme: (programmeId) => findProgramme(session, programmeId),
    partners: (filter, page) => listPartners(session, filter, page),
    partner: (partnerId) => findPartner(session, partnerId),
    partnersWithAccount: (accountKey) => partnersWithAccount(session, accountKey),
    links: (filter, page) => listLinks(session, filter, page),
    link: (code) => findLink(session, code),
    coupons: (filter, page) => listCoupons(session, filter, page),
    coupon: (code) => findCoupon(session, code),
    orders: (filter, page) => listOrders(session, filter, page),
    order: (orderId) => findOrder(session, orderId),
    decision: (orderId) => findDecision(session, orderId),
    commissions: (filter, page) => listCommissions(session, filter, page),
    pendingDays: (partnerId, at) => pendingDaysOf(session, partnerId, at),
    balances: (filter, at, page) => listBalances(session, filter, at, page),
    performance: (filter) => performanceOf(session, filter),
    journal: (filter, page) => listJournal(session, filter, page),
    snapshot: (work) =>
      database.snapshot(async (snapshot) => {
        const { position } = await snapshot.db
          .selectFrom('checkpoint')
          .select('position')
          .executeTakeFirstOrThrow();
        return work({
          position,
          payoutCandidates: (request, page) => listCandidates(snapshot, request, page),
          payoutOutlook: (request) => payoutOutlook(snapshot, request),
          ...listingsOf(snapshot),
        });
      }),
    payoutRuns: (page) => listPayoutRuns(session, page),
    payoutRun: (runId) => findPayoutRun(session, runId),
    skippedPayouts: (filter, page) => listSkippedPayouts(session, filter, page),
    payouts: (filter, page) => listPayouts(session, filter, page),
    payout: (payoutId) => findPayout(session, payoutId),
    documents: (filter, page) => listDocuments(session, filter, page),
    document: (documentId) => findDocument(session, documentId),
    merchant: () => findMerchant(session),
    statement: (request, page) => statementOf(session, request, page),
    statementDifference: (partnerId, currency, before, after, page) =>
      differenceOf(session, { partnerId, currency }, before, after, page),
    trialBalance: (at) => database.snapshot((snapshot) => trialBalanceOf(snapshot, at)),
    quarantine: (page) => listQuarantine(session, page),
  };
}

/** Woken by a projector in this process; another process's is looked at from time to time. */
async function waitFor(
  database: ReadModelDatabase,
  position: number,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  const woken = new AbortController();
  const release = database.onHandled((handled) => {
    if (handled >= position) woken.abort();
  });
  try {
    for (;;) {
      if ((await database.checkpoint()).position >= position) return true;
      const leftMs = deadline - performance.now();
      if (leftMs <= 0 || signal?.aborted === true) return false;
      if (woken.signal.aborted) return true;
      const signals = signal === undefined ? [woken.signal] : [woken.signal, signal];
      await pause(Math.min(leftMs, POLL_MS), AbortSignal.any(signals));
    }
  } finally {
    release();
  }
}
