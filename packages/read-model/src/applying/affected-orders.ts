import type { EntityFact, FactOfType, TouchFact } from '@provisie/domain';
import type { Batch } from '../batch/batch.ts';
import type { EntityCache } from '../batch/entity-cache.ts';
import { ordersNamedBy } from '../batch/fact-rows.ts';
import { ordersMinding } from './minding-orders.ts';
import { FROM_THE_BEGINNING, ordersThatRead, termsKey } from '../batch/reads.ts';
import type { ReadKind } from '../tables/index.ts';
import { utmKey } from '../batch/touch-rows.ts';

/** Orders that are looked up together. */
const AT_ONCE = 500;

type PayoutFact = FactOfType<'PayoutScheduled' | 'PayoutPaid' | 'PayoutFailed' | 'PayoutCancelled'>;

/** The orders whose decision read what a touch changes. */
export async function ordersAffectedByTouch(batch: Batch, touch: TouchFact): Promise<Set<string>> {
  const { visitorId, touchId, occurredAt } = touch;
  return new Set([
    ...(await readersOf(batch, 'visitor', visitorId, occurredAt)),
    ...(await readersOf(batch, 'touch', touchId, occurredAt)),
  ]);
}

/** The orders whose decision read (`kind`, `key`) at `from` or later. */
export function readersOf(
  { session, rows }: Batch,
  kind: ReadKind,
  key: string,
  from: number,
): Promise<ReadonlySet<string>> {
  return ordersThatRead(session, rows.reads, kind, key, from);
}

/**
 * The orders whose decision read what the fact changes: to be asked when the fact is among the rows already.
 * A fact that holds from its own moment on doesn't concern orders placed before.
 */
export async function ordersAffectedBy(batch: Batch, fact: EntityFact): Promise<Iterable<string>> {
  const { lookups } = batch;
  const { occurredAt } = fact;
  switch (fact.type) {
    case 'OrderPlaced':
    case 'OrderAmended':
    case 'OrderCompleted':
    case 'OrderRefunded':
    case 'OrderCancelled':
      return ordersAffectedTogether(batch, fact, [fact.data.orderId]);
    case 'CommissionRejected':
    case 'CommissionReinstated':
      return [fact.data.orderId];
    case 'ProgrammeOpened':
    case 'ProgrammeClosed':
      return readersOf(batch, 'programme', fact.data.programmeId, occurredAt);
    case 'TermsPublished':
      return ordersAffectedByTerms(batch, fact);
    case 'PartnerApplied':
    case 'PartnerProfileChanged':
      return lookups.find(() => ordersOfThemselves(batch, fact.data.partnerId));
    case 'PartnerApproved':
    case 'PartnerSuspended':
    case 'PartnerReinstated':
      return readersOf(batch, 'partner', fact.data.partnerId, occurredAt);
    case 'LinkCreated':
      return ordersAffectedByLink(batch, fact);
    case 'LinkRetargeted':
      return [];
    case 'LinkDisabled':
      return readersOf(batch, 'link', fact.data.code, occurredAt);
    case 'CouponIssued':
      return readersOf(batch, 'coupon', fact.data.code, FROM_THE_BEGINNING);
    case 'CouponWithdrawn':
      return readersOf(batch, 'coupon', fact.data.code, occurredAt);
    case 'PayoutScheduled':
    case 'PayoutPaid':
    case 'PayoutFailed':
    case 'PayoutCancelled':
      return ordersAffectedByPayout(batch, fact);
    case 'BalanceWrittenOff':
      return lookups.find(() => ordersAffectedByWriteOff(batch, fact.data.writeOffId));
    case 'PayoutExported':
    case 'PayoutDetailsChanged':
    case 'PayoutDetailsRemoved':
    case 'SelfBillingAgreed':
    case 'SelfBillingEnded':
    case 'PartnerReviewOpened':
    case 'PartnerReviewClosed':
      return [];
  }
}

/** Those placed since they hold; those that a payout prices by them, and others of their customers that mind. */
async function ordersAffectedByTerms(
  batch: Batch,
  published: FactOfType<'TermsPublished'>,
): Promise<ReadonlySet<string>> {
  const from = earliestEffect(batch.cache, published);
  const affected = new Set(await readersOf(batch, 'programme', published.data.programmeId, from));
  const terms = termsKey(published.data);
  const priced = [...(await readersOf(batch, 'terms', terms, FROM_THE_BEGINNING))];
  for (let at = 0; at < priced.length; at += AT_ONCE) {
    const some = priced.slice(at, at + AT_ONCE);
    await batch.makeRoom(some.length);
    const together = await ordersAffectedTogether(batch, published, some);
    for (const orderId of together) affected.add(orderId);
  }
  return affected;
}

/** Of two publications of one version either may count, so the earlier effect of both limits the orders. */
function earliestEffect(cache: EntityCache, published: FactOfType<'TermsPublished'>): number {
  const { programmeId, termsVersion } = published.data;
  let earliest = published.data.effectiveFrom;
  for (const fact of cache.factsOf('programme', programmeId)) {
    if (fact.type !== 'TermsPublished' || fact.data.termsVersion !== termsVersion) continue;
    earliest = Math.min(earliest, fact.data.effectiveFrom);
  }
  return earliest;
}

/** A profile says which customers the partner is: of nobody else's orders does it say anything. */
function ordersOfThemselves({ cache, facts }: Batch, partnerId: string): Set<string> {
  const customers = new Set<string>();
  for (const fact of cache.factsOf('partner', partnerId)) {
    if (fact.type !== 'PartnerApplied' && fact.type !== 'PartnerProfileChanged') continue;
    for (const customer of fact.data.customerKeys) customers.add(customer);
  }
  const orderIds = new Set<string>();
  for (const customer of customers) {
    for (const orderId of facts.ordersOf(customer)) orderIds.add(orderId);
  }
  return orderIds;
}

async function ordersAffectedByLink(
  batch: Batch,
  created: FactOfType<'LinkCreated'>,
): Promise<Iterable<string>> {
  const named = await readersOf(batch, 'link', created.data.code, FROM_THE_BEGINNING);
  const utm = utmKey(created.data.utm);
  if (utm === null) return named;
  return [...named, ...(await readersOf(batch, 'utm', utm, created.occurredAt))];
}

/** Those that its lines name, and others of their customers that mind a lock. */
async function ordersAffectedByPayout(batch: Batch, fact: PayoutFact): Promise<Iterable<string>> {
  const { facts, lookups } = batch;
  const named = await lookups.find(() => {
    const scheduled = [...facts.about('payout', fact.data.payoutId)].filter(isScheduled);
    return new Set(scheduled.flatMap(ordersNamedBy));
  });
  return ordersAffectedTogether(batch, fact, [...named]);
}

/** The orders that the fact is about, if their placing is known, and others of their customers that mind. */
async function ordersAffectedTogether(
  batch: Batch,
  fact: EntityFact,
  orderIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { customers, lookups } = batch;
  const sights = await lookups.findEach(orderIds, (orderId) => customers.sightOf(orderId, fact));
  const placed = orderIds.filter((orderId) => (sights.get(orderId)?.after ?? null) !== null);
  return new Set([...placed, ...(await ordersMinding(batch, sights.values()))]);
}

/** Those that it names: nothing of them is locked, so other orders of their customers don't mind. */
function ordersAffectedByWriteOff({ facts }: Batch, writeOffId: string): Set<string> {
  const named = new Set<string>();
  for (const fact of facts.about('write_off', writeOffId)) {
    if (fact.type !== 'BalanceWrittenOff') continue;
    for (const orderId of ordersNamedBy(fact)) named.add(orderId);
  }
  return named;
}

function isScheduled(fact: EntityFact): fact is FactOfType<'PayoutScheduled'> {
  return fact.type === 'PayoutScheduled';
}
