import { orderState, type Decision, type EntityFact } from '@provisie/domain';
import { tableOfOrders, type HeldRows } from './held-rows.ts';
import type { OrderTable } from '../tables/index.ts';
import type { OrderView } from '../views.ts';

export const orderTable = tableOfOrders('orders');

/** Where orders stand whose placing isn't known: last in a list that begins with the newest. */
const NOT_PLACED = -1;

/** Keeps an order as the API shows it: without its customer. */
export function keepOrderView(
  orders: HeldRows<OrderTable>,
  orderId: string,
  facts: Iterable<EntityFact>,
  decision: Decision | null,
): void {
  const state = orderState(orderId, facts);
  if (state === null) return;
  const { customer: _, ...view }: OrderView & { readonly customer: string | null } = state;
  orders.put({
    order_id: orderId,
    placed_at: state.placedAt ?? NOT_PLACED,
    partner_id: decision?.award?.partnerId ?? null,
    view: JSON.stringify(view),
  });
}
