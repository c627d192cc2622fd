import { orderState, type Decision, type EntityFact } from '@provisie/domain';
import { insertion, type Session } from './session.ts';
import type { OrderView } from './views.ts';

const putOrder = insertion('orders', 'replace');

/** Where orders stand whose placing isn't known: last in a list that begins with the newest. */
const NOT_PLACED = -1;

/** Keeps an order as the API shows it: without its customer. */
export async function keepOrderView(
  session: Session,
  orderId: string,
  facts: readonly EntityFact[],
  decision: Decision | null,
): Promise<void> {
  const state = orderState(orderId, facts);
  if (state === null) return;
  const { customer: _, ...view }: OrderView & { readonly customer: string | null } = state;
  await putOrder(session, [
    {
      order_id: orderId,
      placed_at: state.placedAt ?? NOT_PLACED,
      partner_id: decision?.award?.partnerId ?? null,
      view: JSON.stringify(view),
    },
  ]);
}
