import type { Instant } from '../instant.ts';
import { compareIds } from '../order-of.ts';

/** An order of a customer that counts. */
export interface CountingOrder {
  readonly orderId: string;
  readonly placedAt: Instant;
  /** What a lock under order-limited terms promised it; null without one. */
  readonly promise: PlacePromise | null;
}

/** A place no later than `limit` (1: the first order), promised by a lock. */
export interface PlacePromise {
  readonly limit: number;
  readonly lockedAt: Instant;
}

/** By (`placedAt`, order id): the order in which the customer placed them. */
export function byPlacing(
  a: { readonly placedAt: Instant; readonly orderId: string },
  b: { readonly placedAt: Instant; readonly orderId: string },
): number {
  return a.placedAt - b.placedAt || compareIds(a.orderId, b.orderId);
}

/**
 * Who holds which place among a customer's orders, the first place first. Without locks that is the order of
 * placing. A locked order keeps a place that its terms reward: where it would fall behind, it comes forward
 * just so far, and the others move up behind it in the order of placing.
 * `orders` are in the order of placing.
 */
export function placesOf(orders: readonly CountingOrder[]): readonly CountingOrder[] {
  const promised = keptPromises(orders);
  if (promised.length === 0) return orders;
  const waiting = [...orders];
  const places: CountingOrder[] = [];
  while (waiting.length > 0) {
    const next = pressing(promised, places.length) ?? waiting[0];
    if (next === undefined) break;
    places.push(next);
    remove(waiting, next);
    remove(promised, next);
  }
  return places;
}

/** The promises that can be kept together, those of earlier locks first; by limit, then by placing. */
function keptPromises(orders: readonly CountingOrder[]): CountingOrder[] {
  const kept: CountingOrder[] = [];
  const locked = orders.filter((order) => order.promise !== null);
  for (const order of locked.sort((a, b) => lockedAt(a) - lockedAt(b) || byPlacing(a, b))) {
    kept.push(order);
    kept.sort((a, b) => limitOf(a) - limitOf(b) || byPlacing(a, b));
    if (kept.some((order, index) => index + 1 > limitOf(order))) remove(kept, order);
  }
  return kept;
}

/** The order that must come now, after `taken` places, so that all promises are kept; null when none presses. */
function pressing(promised: readonly CountingOrder[], taken: number): CountingOrder | null {
  const presses = promised.some((order, index) => taken + index + 1 === limitOf(order));
  return presses ? (promised[0] ?? null) : null;
}

function limitOf(order: CountingOrder): number {
  return order.promise?.limit ?? Number.POSITIVE_INFINITY;
}

function lockedAt(order: CountingOrder): Instant {
  return order.promise?.lockedAt ?? Number.POSITIVE_INFINITY;
}

function remove(orders: CountingOrder[], order: CountingOrder): void {
  const index = orders.indexOf(order);
  if (index !== -1) orders.splice(index, 1);
}
