import { openDossier } from '../history/dossier.ts';
import type { Dossier } from '../history/dossier.ts';
import type { EntityFact } from '../facts.ts';
import { isPlaced, orderAsOf } from '../history/order-history.ts';
import type { PlacedOrder } from '../history/order-history.ts';
import type { Instant } from '../instant.ts';
import { baseOf } from './base.ts';
import { lockOf, termsNamedBy } from './lock.ts';
import type { Lock } from './lock.ts';
import type { Placement, PlacePromise } from './places.ts';
import { limitOf } from './reward-scope.ts';

/** An order as the other orders of its customer see it: all that their decisions read of it. */
export interface Contender extends Placement {
  readonly customer: string;
  /** Earliest first, the first at its placing; each holds until the next. */
  readonly turns: readonly Turn[];
}

/** How an order stands from a moment on. */
export interface Turn {
  readonly from: Instant;
  /** It isn't cancelled, and its base is above zero. */
  readonly counts: boolean;
  /** What a lock under order-limited terms promises it while it counts. */
  readonly promise: PlacePromise | null;
}

/** What the customer's other orders see of an order, by all facts about it; null when its placing isn't among them. */
export function contenderAmong(orderId: string, facts: Iterable<EntityFact>): Contender | null {
  const dossier = openDossier(facts);
  const order = dossier.orders.get(orderId);
  return order === undefined || !isPlaced(order) ? null : contenderOf(order, dossier);
}

export function contenderOf(order: PlacedOrder, dossier: Dossier): Contender {
  const { orderId, customer } = order.placed.data;
  const turns: Turn[] = [];
  for (const at of momentsOf(order, dossier)) {
    const turn = turnAt(order, dossier, at);
    const before = turns.at(-1);
    if (before === undefined || !isSameTurn(before, turn)) turns.push(turn);
  }
  return { orderId, placedAt: order.placed.occurredAt, customer, turns };
}

type Turning = Pick<Contender, 'turns'>;

/** Whether it is placed by `at`, and counts then. */
export function countsAt(contender: Turning, at: Instant): boolean {
  return turnBy(contender, at)?.counts === true;
}

export function promiseAt(contender: Turning, at: Instant): PlacePromise | null {
  return turnBy(contender, at)?.promise ?? null;
}

function turnBy({ turns }: Turning, at: Instant): Turn | null {
  for (let index = turns.length - 1; index >= 0; index -= 1) {
    const turn = turns[index];
    if (turn !== undefined && turn.from <= at) return turn;
  }
  return null;
}

/** It counts from its placing on, come what may, and nothing was promised to it. */
export function isSteady({ turns }: Contender): boolean {
  const [first] = turns;
  return turns.length === 1 && first?.counts === true && first.promise === null;
}

export function isEverPromised({ turns }: Contender): boolean {
  return turns.some(({ promise }) => promise !== null);
}

/** Whether two sights of an order are the same to the others of its customer. */
export function isSameContender(a: Contender, b: Contender): boolean {
  if (a.customer !== b.customer || a.placedAt !== b.placedAt) return false;
  if (a.turns.length !== b.turns.length) return false;
  return a.turns.every((turn, index) => {
    const other = b.turns[index];
    return other !== undefined && turn.from === other.from && isSameTurn(turn, other);
  });
}

export function promiseOf(lock: Lock | null): PlacePromise | null {
  if (lock === null) return null;
  const limit = limitOf(lock.terms.data.terms.reward.scope);
  return Number.isFinite(limit) ? { limit, lockedAt: lock.occurredAt } : null;
}

function isSameTurn(a: Turn, b: Turn): boolean {
  if (a.counts !== b.counts) return false;
  return a.promise?.limit === b.promise?.limit && a.promise?.lockedAt === b.promise?.lockedAt;
}

function turnAt(order: PlacedOrder, dossier: Dossier, at: Instant): Turn {
  const lock = lockOf(order.placed.data.orderId, dossier, at);
  const then = orderAsOf(order, at);
  const counts = then.cancelled === undefined && baseOf(then, lock).baseCents > 0;
  return { from: at, counts, promise: counts ? promiseOf(lock) : null };
}

interface Dated {
  readonly occurredAt: Instant;
}

/** When its turn may change: its placing, and the facts after it about the order and its locks. */
function momentsOf(order: PlacedOrder, dossier: Dossier): readonly Instant[] {
  const { placed, cancelled, amended, refunded } = order;
  const facts: (Dated | undefined)[] = [cancelled, ...amended.values(), ...refunded.values()];
  for (const { scheduled, cancelled } of dossier.payouts.values()) {
    for (const line of scheduled?.data.lines ?? []) {
      if (line.orderId !== placed.data.orderId) continue;
      facts.push(scheduled, cancelled, termsNamedBy(line, dossier));
    }
  }
  const moments = new Set([placed.occurredAt]);
  for (const fact of facts) {
    if (fact !== undefined && fact.occurredAt > placed.occurredAt) moments.add(fact.occurredAt);
  }
  return [...moments].sort((a, b) => a - b);
}
