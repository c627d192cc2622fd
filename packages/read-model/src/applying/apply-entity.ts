import { payoutJournal, writeOffJournal, type EntityFact, type FactOfType } from '@provisie/domain';
import { ordersAffectedBy } from './affected-orders.ts';
import type { Batch } from '../batch/batch.ts';
import { isCachedKind } from '../batch/entity-cache.ts';
import { keepEntityView } from '../batch/entity-views.ts';
import { aboutOf } from '../batch/fact-rows.ts';
import type { Cause } from '../batch/journal.ts';
import { ownerOf } from '../counting/link-owners.ts';
import { moveTouches } from '../counting/move-touches.ts';
import { keepOrderView } from '../batch/order-view.ts';
import { keepPayout, payoutOf } from '../batch/payout-rows.ts';
import { countTouches, placeOf, uncountTouch } from '../counting/performance-of-touches.ts';
import { redecide } from './redecide.ts';
import { utmKey, visitsNaming } from '../batch/touch-rows.ts';

/** Applies a fact about an order, a programme, a partner, a link, a coupon, a verdict or a payout. */
export async function applyEntityFact(batch: Batch, fact: EntityFact, cause: Cause): Promise<void> {
  const { cache } = batch;
  batch.facts.keep(fact);
  if (fact.type === 'LinkCreated' && batch.countsVisits) await addLink(batch, fact);
  else cache.add(fact);
  await keepViews(batch, fact, cause);
  const affected = new Set(await ordersAffectedBy(batch, fact));
  await redecide(batch, affected, cause);
  if (isAboutOrder(fact) && affected.size === 0) await keepUnplaced(batch, fact.data.orderId);
}

type OrderFact = FactOfType<
  'OrderPlaced' | 'OrderAmended' | 'OrderCompleted' | 'OrderRefunded' | 'OrderCancelled'
>;

function isAboutOrder(fact: EntityFact): fact is OrderFact {
  return aboutOf(fact).kind === 'order';
}

/** Nothing decides an order whose placing isn't known; it is listed all the same. */
async function keepUnplaced(batch: Batch, orderId: string): Promise<void> {
  const { facts, lookups, rows } = batch;
  const known = await lookups.find(() => {
    rows.orders.of(orderId);
    return facts.about('order', orderId);
  });
  keepOrderView(rows.orders, orderId, known, null);
}

async function keepViews(batch: Batch, fact: EntityFact, cause: Cause): Promise<void> {
  const { session, cache } = batch;
  const { kind, key } = aboutOf(fact);
  if (kind === 'payout') await applyPayout(batch, key, cause);
  else if (kind === 'write_off') await postWriteOff(batch, key, cause);
  else if (isCachedKind(kind)) await keepEntityView(session, cache, kind, key);
}

/** A link that arrives late may be what visits already counted meant, and its clicks are somebody's now. */
async function addLink(batch: Batch, created: FactOfType<'LinkCreated'>): Promise<void> {
  const { session, cache, touches } = batch;
  const { code } = created.data;
  const utm = new Set<string>();
  for (const fact of [...cache.factsOf('link', code), created]) {
    const key = fact.type === 'LinkCreated' ? utmKey(fact.data.utm) : null;
    if (key !== null) utm.add(key);
  }
  const naming = await visitsNaming(session, code, [...utm]);
  const visits = naming.filter((visit) => !touches.isFresh(visit));
  const before = visits.map((visit) => placeOf(cache, visit));
  const owner = ownerOf(cache, code);
  cache.add(created);
  await moveTouches(batch, code, owner, ownerOf(cache, code));
  for (const [index, visit] of visits.entries()) {
    const place = before[index];
    if (place === undefined || placeOf(cache, visit).link_code === place.link_code) continue;
    await uncountTouch(batch, visit, place);
    await countTouches(batch, [visit]);
  }
}

async function applyPayout(batch: Batch, payoutId: string, cause: Cause): Promise<void> {
  const { session, facts, journal, lookups } = batch;
  const known = await lookups.find(() => {
    journal.of({ kind: 'payout', key: payoutId });
    return [...facts.about('payout', payoutId)];
  });
  const payout = payoutOf(known);
  if (payout === null) return;
  await keepPayout(session, payout);
  const { partnerId } = payout;
  const lines = payoutJournal(payoutId, known);
  journal.post(cause, { kind: 'payout', key: payoutId, partnerId }, lines);
}

async function postWriteOff(batch: Batch, writeOffId: string, cause: Cause): Promise<void> {
  const { facts, journal, lookups } = batch;
  const lines = await lookups.find(() => {
    journal.of({ kind: 'write_off', key: writeOffId });
    return writeOffJournal(writeOffId, facts.about('write_off', writeOffId));
  });
  const partnerId = lines.find((line) => line.partnerId !== null)?.partnerId ?? null;
  journal.post(cause, { kind: 'write_off', key: writeOffId, partnerId }, lines);
}
