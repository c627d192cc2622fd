import { decideWithJournal } from '@provisie/domain';
import type { Batch } from '../batch/batch.ts';
import { keepCommission } from '../batch/commission-rows.ts';
import type { Cause } from '../batch/journal.ts';
import { lookUpAhead, lookUpFacts, type FoundFacts, type Placing } from './loader.ts';
import { keepOpenItems } from '../batch/open-item-rows.ts';
import { keepOrderView } from '../batch/order-view.ts';
import { performanceOf, performanceOfText } from '../counting/performance-of-orders.ts';
import { readsOfText, replaceReads } from '../batch/reads.ts';

/** Orders that are looked up together. */
const AT_ONCE = 500;

/**
 * Decides the orders anew, one after the other, from the facts known now, and moves every table that follows from the
 * decisions. Passes over those whose placing isn't known.
 */
export async function redecide(
  batch: Batch,
  orderIds: Iterable<string>,
  cause: Cause,
): Promise<void> {
  const inOrder = [...orderIds].sort();
  for (let from = 0; from < inOrder.length; from += AT_ONCE) {
    const some = inOrder.slice(from, from + AT_ONCE);
    await batch.makeRoom(some.length);
    const found = await batch.lookups.findEach(some, (orderId) => lookUpOrder(batch, orderId));
    for (const [orderId, facts] of found) {
      if (facts !== null) decideAnew(batch, orderId, facts, cause);
      await batch.breathe();
    }
  }
}

function lookUpOrder(batch: Batch, orderId: string): FoundFacts | null {
  lookUpDecided(batch, orderId);
  return lookUpFacts(batch, orderId);
}

/** Looks up together what deciding these orders will read; `coming`: their placings that aren't known yet. */
export async function lookAhead(
  batch: Batch,
  coming: ReadonlyMap<string, readonly Placing[]>,
): Promise<void> {
  await batch.lookups.findEach([...coming], ([orderId, placings]) => {
    lookUpDecided(batch, orderId);
    lookUpAhead(batch, orderId, placings);
  });
}

/** What was decided before. */
function lookUpDecided({ rows, journal }: Batch, orderId: string): void {
  const { decisions, orders, commissions, openItems } = rows;
  decisions.of(orderId);
  orders.of(orderId);
  commissions.of(orderId);
  openItems.of(orderId);
  journal.of({ kind: 'order', key: orderId });
}

function decideAnew(
  batch: Batch,
  orderId: string,
  { facts, orders: others, settling, reads: readNow }: FoundFacts,
  cause: Cause,
): void {
  const { decisions, reads, orders, commissions, openItems } = batch.rows;
  const decided = decideWithJournal(orderId, facts, others);
  if (decided === null) return;
  const { decision, journal } = decided;
  const readRows = readNow.rows();
  const performance = performanceOf(decision, facts);
  const before = decisions.oneOf(orderId);
  const after = {
    order_id: orderId,
    decision: JSON.stringify(decision),
    reads: JSON.stringify(readRows),
    performance: performance === null ? null : JSON.stringify(performance),
  };
  if (before?.decision !== after.decision) keepCommission(commissions, decision);
  if (before?.reads !== after.reads) {
    replaceReads(reads, orderId, readsOfText(before?.reads ?? '[]'), readRows);
    batch.touches.watch(readRows);
  }
  if ((before?.performance ?? null) !== after.performance) {
    batch.rows.sums.move(performanceOfText(before?.performance ?? null), performance);
  }
  decisions.put(after);
  keepOpenItems(openItems, decision, settling);
  keepOrderView(orders, orderId, facts.entities, decision);
  batch.journal.post(cause, { kind: 'order', key: orderId, partnerId: null }, journal);
}
