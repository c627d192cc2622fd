import { decideWithJournal } from '@provisie/domain';
import type { Batch } from './batch.ts';
import { keepCommission } from './commission-rows.ts';
import { post, type Cause } from './journal.ts';
import { loadFacts } from './loader.ts';
import { keepOpenItems } from './open-item-rows.ts';
import { keepOrderView } from './order-view.ts';
import { movePerformance, performanceOf, performanceOfText } from './performance-of-orders.ts';
import { readsOfText, replaceReads } from './reads.ts';
import { insertion, statement } from './session.ts';
import { together } from './writes-under-way.ts';

const decisionOf = statement((db) =>
  db.selectFrom('decisions').selectAll().where('order_id', '=', '').compile(),
);
const putDecision = insertion('decisions', 'replace');

/**
 * Decides the order anew from the facts known now and moves every table that follows from the decision.
 * Does nothing while the order's placing isn't known.
 */
export async function redecide(batch: Batch, orderId: string, cause: Cause): Promise<void> {
  const { session } = batch;
  const [loaded, [before]] = await together(
    loadFacts(batch, orderId),
    decisionOf(session, orderId),
  );
  if (loaded === null) return;
  const { facts } = loaded;
  const decided = decideWithJournal(orderId, facts);
  if (decided === null) return;
  const { decision, journal } = decided;
  const reads = loaded.reads.rows();
  const performance = performanceOf(decision, facts);
  const after = {
    order_id: orderId,
    decision: JSON.stringify(decision),
    reads: JSON.stringify(reads),
    performance: performance === null ? null : JSON.stringify(performance),
  };
  if (before?.decision !== after.decision) await keepCommission(session, decision);
  if (before?.reads !== after.reads) {
    await replaceReads(session, orderId, readsOfText(before?.reads ?? '[]'), reads);
    batch.touches.watch(reads);
  }
  if ((before?.performance ?? null) !== after.performance) {
    await movePerformance(session, performanceOfText(before?.performance ?? null), performance);
  }
  if (!isSame(before, after)) await putDecision(session, [after]);
  await together(
    keepOpenItems(session, decision, loaded.settling, before === undefined),
    keepOrderView(session, orderId, facts.entities, decision),
    post(session, cause, { kind: 'order', key: orderId, partnerId: null }, journal),
  );
}

interface Stored {
  readonly decision: string;
  readonly reads: string;
  readonly performance: string | null;
}

function isSame(before: Stored | undefined, after: Stored): boolean {
  return (
    before?.decision === after.decision &&
    before.reads === after.reads &&
    before.performance === after.performance
  );
}
