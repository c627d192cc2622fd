import type { Dossier } from '../history/dossier.ts';
import { isPlaced } from '../history/order-history.ts';
import type { PlacedOrder } from '../history/order-history.ts';
import type { RewardScope } from '../terms.ts';
import { baseOf } from './base.ts';
import { lockOf } from './lock.ts';
import type { Lock } from './lock.ts';
import { byPlacing, placesOf } from './places.ts';
import type { CountingOrder, PlacePromise } from './places.ts';

/** Where an order stands among the customer's orders that count. */
export interface Standing {
  /** From 1. */
  readonly rank: number;
  /** Where it would stand if nothing were locked. */
  readonly rankByPlacing: number;
  /** The orders that hold the places before it, the first place first. */
  readonly earlierOrderIds: readonly string[];
}

/** How many of a customer's orders the terms reward. */
export function limitOf(scope: RewardScope): number {
  if (scope.orders === 'first_n_orders') return scope.count;
  return scope.orders === 'first_order' ? 1 : Number.POSITIVE_INFINITY;
}

/**
 * Rule 5: the order's place among all the merchant's orders of its customer that count, as if itself counted.
 * `heedingLocks`: whether other orders' locks keep their places from it.
 */
export function standingOf(
  order: PlacedOrder,
  lock: Lock | null,
  dossier: Dossier,
  heedingLocks: boolean,
): Standing {
  const own = countingOrder(order, lock);
  const orders = [own, ...otherCountingOrders(order, dossier, heedingLocks)].sort(byPlacing);
  const places = placesOf(orders);
  const index = places.indexOf(own);
  return {
    rank: index + 1,
    rankByPlacing: orders.indexOf(own) + 1,
    earlierOrderIds: places.slice(0, index).map((other) => other.orderId),
  };
}

function otherCountingOrders(
  order: PlacedOrder,
  dossier: Dossier,
  heedingLocks: boolean,
): readonly CountingOrder[] {
  const { orderId, customer } = order.placed.data;
  const others: CountingOrder[] = [];
  for (const other of dossier.orders.values()) {
    if (!isPlaced(other) || other.placed.data.customer !== customer) continue;
    if (other.placed.data.orderId === orderId || other.cancelled !== undefined) continue;
    const lock = lockOf(other.placed.data.orderId, dossier);
    if (baseOf(other, lock).baseCents === 0) continue;
    others.push(countingOrder(other, heedingLocks ? lock : null));
  }
  return others;
}

function countingOrder(order: PlacedOrder, lock: Lock | null): CountingOrder {
  return {
    orderId: order.placed.data.orderId,
    placedAt: order.placed.occurredAt,
    promise: lock === null ? null : promiseOf(lock),
  };
}

function promiseOf(lock: Lock): PlacePromise | null {
  const limit = limitOf(lock.terms.data.terms.reward.scope);
  return Number.isFinite(limit) ? { limit, lockedAt: lock.occurredAt } : null;
}
