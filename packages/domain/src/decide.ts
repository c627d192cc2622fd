import { attribute } from './attribution/attribute.ts';
import { baseOf } from './commission/base.ts';
import { commissionOf } from './commission/commission.ts';
import { customerOrdersIn } from './commission/customer-orders.ts';
import { lockOf } from './commission/lock.ts';
import { rewardOf } from './commission/reward.ts';
import type { OrdersAt } from './commission/reward.ts';
import type { Decision } from './decision.ts';
import type { Facts } from './facts.ts';
import { openDossier } from './history/dossier.ts';
import type { Dossier } from './history/dossier.ts';
import { isPlaced } from './history/order-history.ts';
import type { PlacedOrder } from './history/order-history.ts';
import { NOW } from './instant.ts';

/**
 * Who gets an order, what it earns, and why: a function of the *set* of facts. Null when the order's placing
 * isn't among them.
 */
export function decide(orderId: string, facts: Facts): Decision | null {
  const dossier = openDossier(facts.entities);
  const order = dossier.orders.get(orderId);
  if (order === undefined || !isPlaced(order)) return null;
  const orders = customerOrdersIn(dossier, order.placed.data.customer);
  return decideOn(order, facts, dossier, { orders, at: NOW });
}

/**
 * As `decide`, for an order of a dossier that was opened from the same facts. Of the customer's other orders it reads
 * `among` alone.
 */
export function decideOn(
  order: PlacedOrder,
  facts: Facts,
  dossier: Dossier,
  among: OrdersAt,
): Decision {
  const { orderId, customer, currency, couponCodes } = order.placed.data;
  const lock = lockOf(orderId, dossier);
  const base = baseOf(order, lock);
  const { candidates, omittedCandidates, outcome, award, terms } = attribute(
    order.placed,
    facts,
    dossier,
    lock,
  );
  const reward = terms === null ? null : rewardOf(order, base, terms.reward, lock, among);
  const commission =
    award === null || terms === null || reward === null
      ? null
      : commissionOf({ order, award, reward, terms, lock, among }, dossier);
  return {
    orderId,
    placedAt: order.placed.occurredAt,
    customer,
    currency,
    couponCodes,
    cancelledAt: order.cancelled?.occurredAt ?? null,
    completedAt: order.completed?.occurredAt ?? null,
    base,
    candidates,
    omittedCandidates,
    outcome,
    award,
    reward,
    commission,
  };
}
