import { NOW } from '../instant.ts';
import { countsAt, isEverPromised } from './contender.ts';
import type { Contender } from './contender.ts';
import type { CustomerOrders } from './customer-orders.ts';
import { byPlacing } from './places.ts';
import type { Placement } from './places.ts';

/** What a fact changes about an order for the others of its customer; null: it isn't among the customer's orders. */
export interface Change {
  readonly orderId: string;
  readonly before: Contender | null;
  readonly after: Contender | null;
}

/** Which of a customer's orders mind that others changed. */
export interface Minding {
  /** Their reward may be another now, or may have been at some time: they are to be decided anew. */
  readonly rewards: readonly string[];
  /** The place of those from here on may be another now, and nothing else of them; null: nobody's is. */
  readonly placesFrom: Placement | null;
}

/** Before every order. */
const THE_FIRST: Placement = { placedAt: Number.NEGATIVE_INFINITY, orderId: '' };

/**
 * Takes the changed orders for what they are after it, and tells which mind. `limit`: the most orders of a customer that
 * any terms reward which don't reward all; that others pass an order behind so many moves no money.
 */
export function mindingOf(
  orders: CustomerOrders,
  changes: readonly Change[],
  limit: number,
): Minding {
  const from = firstMinding(changes);
  const holdersBefore = holdersWith(orders, changes, ({ before }) => before, limit);
  const holdersAfter = holdersWith(orders, changes, ({ after }) => after, limit);
  const doMove = changes.some(movesOthers) || !isSameList(holdersBefore, holdersAfter);
  const changed = new Set(changes.map(({ orderId }) => orderId));
  const rewards = Array.from(orders.minding(from, changed, limit), ({ orderId }) => orderId);
  return { rewards, placesFrom: doMove ? firstOther(orders, from, changed) : null };
}

function firstOther(
  orders: CustomerOrders,
  from: Placement,
  changed: ReadonlySet<string>,
): Placement | null {
  for (const contender of orders.from(from)) {
    if (!changed.has(contender.orderId)) return contender;
  }
  return null;
}

/**
 * From where on orders may mind. One that was placed earlier holds its place whatever comes behind it, unless a lock
 * keeps a place: then all of them may.
 */
function firstMinding(changes: readonly Change[]): Placement {
  const sights = changes.flatMap(({ before, after }) => [before, after]);
  const seen = sights.filter((sight) => sight !== null);
  return seen.some(isEverPromised) ? THE_FIRST : (seen.toSorted(byPlacing)[0] ?? THE_FIRST);
}

function holdersWith(
  orders: CustomerOrders,
  changes: readonly Change[],
  pick: (change: Change) => Contender | null,
  places: number,
): readonly string[] {
  for (const change of changes) {
    const contender = pick(change);
    if (contender === null) orders.drop(change.orderId);
    else orders.put(contender);
  }
  return orders.holders(places);
}

/** Whether it takes or leaves a place in the order of placing. */
function movesOthers({ before, after }: Change): boolean {
  if (countsNow(before) !== countsNow(after)) return true;
  return countsNow(after) && before?.placedAt !== after?.placedAt;
}

function countsNow(contender: Contender | null): boolean {
  return contender !== null && countsAt(contender, NOW);
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((orderId, index) => orderId === b[index]);
}
