import type { Instant } from '../instant.ts';
import { compareIds } from '../order-of.ts';

/** Where an order stands in the order of placing. */
export interface Placement {
  readonly orderId: string;
  readonly placedAt: Instant;
}

/** An order that counts, or is taken to. */
export interface CountingOrder extends Placement {
  /** What a lock under order-limited terms promised it; null without one. */
  readonly promise: PlacePromise | null;
}

/** A place no later than `limit` (1: the first order), promised by a lock. */
export interface PlacePromise {
  readonly limit: number;
  readonly lockedAt: Instant;
}

/** By (`placedAt`, order id): the order in which the customer placed them. */
export function byPlacing(a: Placement, b: Placement): number {
  return a.placedAt - b.placedAt || compareIds(a.orderId, b.orderId);
}

/**
 * Who holds which place among a customer's orders, the first place first. Without locks that is the order of
 * placing. A locked order keeps a place that its terms reward: where it would fall behind, it comes forward
 * just so far, and the others move up behind it in the order of placing.
 * `orders` are in the order of placing, and no more of them are taken than places are asked for; `promised`: those
 * of them whose promise is kept, see `keptPromises`.
 */
export function* placesOf(
  orders: Iterable<Placement>,
  promised: readonly CountingOrder[],
): Generator<Placement> {
  const waiting = [...promised];
  const cameForward = new Set<string>();
  let taken = 0;
  for (const order of orders) {
    while (!cameForward.has(order.orderId)) {
      const next = pressing(waiting, taken) ?? order;
      remove(waiting, next);
      cameForward.add(next.orderId);
      taken += 1;
      yield next;
    }
  }
}

/** Of locked orders, those whose promises can be kept together, those of earlier locks first; by limit, then by placing. */
export function keptPromises(locked: readonly CountingOrder[]): readonly CountingOrder[] {
  const kept: CountingOrder[] = [];
  for (const order of locked.toSorted((a, b) => lockedAt(a) - lockedAt(b) || byPlacing(a, b))) {
    kept.push(order);
    kept.sort((a, b) => promisedLimit(a) - promisedLimit(b) || byPlacing(a, b));
    if (kept.some((order, index) => index + 1 > promisedLimit(order))) remove(kept, order);
  }
  return kept;
}

/** The order that must come now, after `taken` places, so that all promises are kept; null when none presses. */
function pressing(promised: readonly CountingOrder[], taken: number): CountingOrder | null {
  const presses = promised.some((order, index) => taken + index + 1 === promisedLimit(order));
  return presses ? (promised[0] ?? null) : null;
}

function promisedLimit(order: CountingOrder): number {
  return order.promise?.limit ?? Number.POSITIVE_INFINITY;
}

function lockedAt(order: CountingOrder): Instant {
  return order.promise?.lockedAt ?? Number.POSITIVE_INFINITY;
}

function remove(orders: CountingOrder[], order: Placement): void {
  const index = orders.findIndex(({ orderId }) => orderId === order.orderId);
  if (index !== -1) orders.splice(index, 1);
}
