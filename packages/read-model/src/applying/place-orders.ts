import { placedAnew, type CustomerOrders } from '@provisie/domain';
import type { Batch } from '../batch/batch.ts';
import { decisionOfText } from '../batch/stored-decision.ts';

/** Customers or orders that are looked up together. */
const AT_ONCE = 500;

/** Tells the orders that were noted which place they have by now. */
export async function placeMovedOrders(batch: Batch): Promise<void> {
  const moved = [...batch.moved.take()];
  for (const some of partsOf(moved)) {
    const found = await batch.lookups.findEach(some, ([customer, from]) => {
      const orders = batch.customers.ordersOf(customer);
      return Array.from(orders.from(from), ({ orderId }) => ({ orderId, orders }));
    });
    for (const placings of partsOf([...found.values()].flat())) await placeEach(batch, placings);
  }
}

interface Moved {
  readonly orderId: string;
  readonly orders: CustomerOrders;
}

async function placeEach(batch: Batch, moved: readonly Moved[]): Promise<void> {
  const { decisions } = batch.rows;
  await batch.makeRoom(moved.length);
  const rows = await batch.lookups.findEach(moved, ({ orderId }) => decisions.oneOf(orderId));
  for (const [{ orders }, row] of rows) {
    if (row === undefined) continue;
    const decision = placedAnew(decisionOfText(row.decision), orders);
    decisions.put({ ...row, decision: JSON.stringify(decision) });
    await batch.breathe();
  }
}

function* partsOf<Thing>(things: readonly Thing[]): Generator<readonly Thing[]> {
  for (let from = 0; from < things.length; from += AT_ONCE) {
    yield things.slice(from, from + AT_ONCE);
  }
}
