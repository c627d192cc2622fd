import { isSameContender, mindingOf, type Change } from '@provisie/domain';
import type { Sight } from '../batch/batch-customers.ts';
import type { Batch } from '../batch/batch.ts';

/**
 * Takes orders for what they are seen to be by now, and resolves to those others of their customers whose reward may
 * change with it, to be decided anew. What else may change with it is the place of those behind them. That moves no
 * money and so needs no journal entry of its own: it is noted, and seen to once when the batch ends.
 */
export async function ordersMinding(
  { lookups, customers, cache, moved }: Batch,
  sights: Iterable<Sight>,
): Promise<ReadonlySet<string>> {
  const minding = new Set<string>();
  for (const [customer, changes] of changesByCustomer(sights)) {
    const orders = await lookups.find(() => customers.ordersOf(customer));
    const { rewards, placesFrom } = mindingOf(orders, changes, cache.greatestLimit);
    for (const orderId of rewards) minding.add(orderId);
    if (placesFrom !== null) moved.note(customer, placesFrom);
  }
  return minding;
}

function changesByCustomer(sights: Iterable<Sight>): ReadonlyMap<string, readonly Change[]> {
  const byCustomer = new Map<string, Change[]>();
  for (const { orderId, before, after } of sights) {
    if (before !== null && after !== null && isSameContender(before, after)) continue;
    for (const customer of new Set([before?.customer, after?.customer])) {
      if (customer === undefined) continue;
      const changes = byCustomer.get(customer) ?? [];
      changes.push({
        orderId,
        before: before?.customer === customer ? before : null,
        after: after?.customer === customer ? after : null,
      });
      byCustomer.set(customer, changes);
    }
  }
  return byCustomer;
}
