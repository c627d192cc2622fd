import type { EntityFact, FactOfType, TouchFact } from '@provisie/domain';
import type { Batch } from './batch.ts';
import type { EntityCache } from './entity-cache.ts';
import { ordersNamedBy, ordersSharingCustomers } from './fact-rows.ts';
import { FROM_THE_BEGINNING, ordersThatRead } from './reads.ts';
import type { Session } from './session.ts';
import { utmKey } from './touch-rows.ts';

/** The orders whose decision read what a touch changes. */
export async function ordersAffectedByTouch(
  session: Session,
  touch: TouchFact,
): Promise<Set<string>> {
  const from = touch.occurredAt;
  return new Set([
    ...(await ordersThatRead(session, 'visitor', touch.visitorId, from)),
    ...(await ordersThatRead(session, 'touch', touch.touchId, from)),
  ]);
}

/**
 * The orders whose decision read what the fact changes: to be asked when the fact is among the rows already.
 * A fact that holds from its own moment on doesn't concern orders placed before.
 */
export async function ordersAffectedBy(batch: Batch, fact: EntityFact): Promise<Iterable<string>> {
  const { session, cache } = batch;
  const { occurredAt } = fact;
  switch (fact.type) {
    case 'OrderPlaced':
    case 'OrderAmended':
    case 'OrderCompleted':
    case 'OrderRefunded':
    case 'OrderCancelled':
      return ordersSharingCustomers(session, [fact.data.orderId]);
    case 'CommissionRejected':
    case 'CommissionReinstated':
      return [fact.data.orderId];
    case 'ProgrammeOpened':
    case 'ProgrammeClosed':
      return ordersThatRead(session, 'programme', fact.data.programmeId, occurredAt);
    case 'TermsPublished':
      return ordersThatRead(
        session,
        'programme',
        fact.data.programmeId,
        earliestEffect(cache, fact),
      );
    case 'PartnerApplied':
    case 'PartnerProfileChanged':
      return ordersThatRead(session, 'partner', fact.data.partnerId, FROM_THE_BEGINNING);
    case 'PartnerApproved':
    case 'PartnerSuspended':
    case 'PartnerReinstated':
      return ordersThatRead(session, 'partner', fact.data.partnerId, occurredAt);
    case 'LinkCreated':
      return ordersAffectedByLink(session, fact);
    case 'LinkRetargeted':
      return [];
    case 'LinkDisabled':
      return ordersThatRead(session, 'link', fact.data.code, occurredAt);
    case 'CouponIssued':
      return ordersThatRead(session, 'coupon', fact.data.code, FROM_THE_BEGINNING);
    case 'CouponWithdrawn':
      return ordersThatRead(session, 'coupon', fact.data.code, occurredAt);
    case 'PayoutScheduled':
    case 'PayoutPaid':
    case 'PayoutFailed':
    case 'PayoutCancelled':
      return ordersAffectedByPayout(batch, fact.data.payoutId);
    case 'BalanceWrittenOff':
      return ordersAffectedByWriteOff(batch, fact.data.writeOffId);
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
  session: Session,
  created: FactOfType<'LinkCreated'>,
): Promise<Iterable<string>> {
  const named = await ordersThatRead(session, 'link', created.data.code, FROM_THE_BEGINNING);
  const utm = utmKey(created.data.utm);
  if (utm === null) return named;
  return [...named, ...(await ordersThatRead(session, 'utm', utm, created.occurredAt))];
}

/** Those that its lines name, and the other orders of their customers: a lock holds a place among them. */
async function ordersAffectedByPayout(
  { session, facts }: Batch,
  payoutId: string,
): Promise<Iterable<string>> {
  const named = new Set<string>();
  for (const fact of await facts.about('payout', [payoutId])) {
    if (fact.type !== 'PayoutScheduled') continue;
    for (const orderId of ordersNamedBy(fact)) named.add(orderId);
  }
  return ordersSharingCustomers(session, named);
}

/** Those that it names: nothing of them is locked, so other orders of their customers don't mind. */
async function ordersAffectedByWriteOff(
  { facts }: Batch,
  writeOffId: string,
): Promise<Iterable<string>> {
  const named = new Set<string>();
  for (const fact of await facts.about('write_off', [writeOffId])) {
    if (fact.type !== 'BalanceWrittenOff') continue;
    for (const orderId of ordersNamedBy(fact)) named.add(orderId);
  }
  return named;
}
