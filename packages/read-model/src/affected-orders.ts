import type { EntityFact, FactOfType, TouchFact } from '@provisie/domain';
import type { Batch } from './batch.ts';
import type { EntityCache } from './entity-cache.ts';
import { ordersNamedBy } from './fact-rows.ts';
import { placingsAmong, type Placing } from './loader.ts';
import { FROM_THE_BEGINNING, ordersThatRead } from './reads.ts';
import type { ReadKind } from './tables.ts';
import { utmKey } from './touch-rows.ts';

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
  const { cache, lookups } = batch;
  const { occurredAt } = fact;
  switch (fact.type) {
    case 'OrderPlaced':
    case 'OrderAmended':
    case 'OrderCompleted':
    case 'OrderRefunded':
    case 'OrderCancelled':
      return lookups.find(() => ordersAffectedByOrder(batch, fact.data.orderId));
    case 'CommissionRejected':
    case 'CommissionReinstated':
      return [fact.data.orderId];
    case 'ProgrammeOpened':
    case 'ProgrammeClosed':
      return readersOf(batch, 'programme', fact.data.programmeId, occurredAt);
    case 'TermsPublished':
      return readersOf(batch, 'programme', fact.data.programmeId, earliestEffect(cache, fact));
    case 'PartnerApplied':
    case 'PartnerProfileChanged':
      return readersOf(batch, 'partner', fact.data.partnerId, FROM_THE_BEGINNING);
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
      return lookups.find(() => ordersAffectedByPayout(batch, fact.data.payoutId));
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

async function ordersAffectedByLink(
  batch: Batch,
  created: FactOfType<'LinkCreated'>,
): Promise<Iterable<string>> {
  const named = await readersOf(batch, 'link', created.data.code, FROM_THE_BEGINNING);
  const utm = utmKey(created.data.utm);
  if (utm === null) return named;
  return [...named, ...(await readersOf(batch, 'utm', utm, created.occurredAt))];
}

/**
 * The order, if its placing is known, and those of its customers that stand behind it. What comes later holds no place
 * before another, unless a payout has locked it: then all of them mind.
 */
function ordersAffectedByOrder(batch: Batch, orderId: string): Set<string> {
  const { facts } = batch;
  const placings = placingsAmong(facts.about('order', orderId));
  const isLocked = [...facts.settling(orderId)].some(({ kind }) => kind === 'payout');
  const affected = new Set<string>();
  for (const other of ordersOfCustomersOf(batch, placings)) {
    if (other === orderId || isLocked || mayStandBehind(batch, other, placings))
      affected.add(other);
  }
  return affected;
}

function* ordersOfCustomersOf({ facts }: Batch, placings: readonly Placing[]): Generator<string> {
  const customers = new Set(placings.map(({ data }) => data.customer));
  for (const customer of customers) yield* facts.ordersOf(customer);
}

/** By any of its placings, whichever of several counts. */
function mayStandBehind({ facts }: Batch, orderId: string, placings: readonly Placing[]): boolean {
  const earliest = Math.min(...placings.map(({ occurredAt }) => occurredAt));
  return placingsAmong(facts.about('order', orderId)).some(
    ({ occurredAt }) => occurredAt >= earliest,
  );
}

/** Those that its lines name, and the other orders of their customers: a lock holds a place among them. */
function ordersAffectedByPayout(batch: Batch, payoutId: string): Set<string> {
  const { facts } = batch;
  const affected = new Set<string>();
  for (const fact of facts.about('payout', payoutId)) {
    if (fact.type !== 'PayoutScheduled') continue;
    for (const orderId of ordersNamedBy(fact)) {
      const placings = placingsAmong(facts.about('order', orderId));
      for (const other of ordersOfCustomersOf(batch, placings)) affected.add(other);
    }
  }
  return affected;
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
