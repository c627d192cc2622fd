import type { Dossier } from '../history/dossier.ts';
import { isPlaced } from '../history/order-history.ts';
import { NOW } from '../instant.ts';
import type { Instant } from '../instant.ts';
import { contenderOf, countsAt, isEverPromised, isSteady, promiseAt } from './contender.ts';
import type { Contender } from './contender.ts';
import { InOrder } from './in-order.ts';
import { byPlacing, keptPromises, placesOf } from './places.ts';
import type { CountingOrder, Placement } from './places.ts';

/** Where an order stands among the customer's orders that count. */
export interface Standing {
  /** From 1. */
  readonly rank: number;
  /** Where it would stand if nothing were locked. */
  readonly rankByPlacing: number;
  /** The orders that hold the places before it, the first place first: at most as many as were asked for. */
  readonly earlierOrderIds: readonly string[];
}

export interface StandingAsked {
  /** `NOW`, or a moment at which the order was placed already. */
  readonly at: Instant;
  /** Whether other orders' locks keep their places from it. */
  readonly heedingLocks: boolean;
  /** How many of the orders before it are named. */
  readonly named: number;
}

/**
 * All the merchant's orders of one customer, as rule 5 counts them. Nearly all count from their placing on for good; only
 * the others, the unsteady ones, are ever gone through one by one, and that only for how things stood at a moment. So
 * what a standing costs doesn't grow with the customer's orders.
 */
export class CustomerOrders {
  readonly #byId = new Map<string, Contender>();
  readonly #all = new InOrder<Contender>();
  readonly #countingNow = new InOrder<Contender>();
  readonly #unsteady = new InOrder<Contender>();
  readonly #everPromised = new InOrder<Contender>();

  constructor(contenders: Iterable<Contender> = []) {
    for (const contender of contenders) this.put(contender);
  }

  get size(): number {
    return this.#all.length;
  }

  get(orderId: string): Contender | null {
    return this.#byId.get(orderId) ?? null;
  }

  /** Adds an order, or takes it for what it is now. */
  put(contender: Contender): void {
    this.drop(contender.orderId);
    this.#byId.set(contender.orderId, contender);
    for (const list of this.#listsOf(contender)) list.add(contender);
  }

  drop(orderId: string): void {
    const known = this.#byId.get(orderId);
    if (known === undefined) return;
    this.#byId.delete(orderId);
    for (const list of this.#listsOf(known)) list.remove(known);
  }

  #listsOf(contender: Contender): readonly InOrder<Contender>[] {
    const lists = [this.#all];
    if (countsAt(contender, NOW)) lists.push(this.#countingNow);
    if (!isSteady(contender)) lists.push(this.#unsteady);
    if (isEverPromised(contender)) lists.push(this.#everPromised);
    return lists;
  }

  /** Those placed where `place` is or after it, in the order of placing. */
  from(place: Placement): Iterable<Contender> {
    return this.#all.from(place);
  }

  /** Who holds the first places now, the first place first. */
  holders(places: number): readonly string[] {
    return this.#head(null, NOW, keptPromises(this.#promised(null, NOW)), places);
  }

  /** Rule 5: the place of an order of theirs among those that count, as if itself counted. */
  standingOf(own: CountingOrder, { at, heedingLocks, named }: StandingAsked): Standing {
    const rankByPlacing = this.#countBefore(own, at) + 1;
    const promised = keptPromises(this.#promised(own, heedingLocks ? at : null));
    // Behind these places all promises are kept, and the order of placing holds.
    const head = this.#head(own, at, promised, Math.max(named, ...promised.map(limitPromised)));
    const index = head.indexOf(own.orderId);
    const cameForward = promised.filter((order) => byPlacing(order, own) > 0).length;
    return {
      rank: index === -1 ? rankByPlacing + cameForward : index + 1,
      rankByPlacing,
      earlierOrderIds: head.slice(0, index === -1 ? named : Math.min(index, named)),
    };
  }

  /**
   * When, after the order's placing, its place among the first `limit` may change. Without a lock of its own (`isLocked`)
   * it never has one behind as many steady ones.
   */
  turningPoints(own: Placement, limit: number, isLocked: boolean): readonly Instant[] {
    if (limit === 0 || (!isLocked && this.#steadyBefore(own) >= limit)) return [];
    const isNoneElsePromised = [...this.#everPromised].every(
      ({ orderId }) => orderId === own.orderId,
    );
    if (isNoneElsePromised) return this.#crossings(own, limit);
    return Array.from(this.#unsteady, ({ turns }) => turns.map(({ from }) => from)).flat();
  }

  /** When, after the order's placing, it changes how many count before it, up to `limit`. */
  #crossings(own: Placement, limit: number): readonly Instant[] {
    const changes: { readonly at: Instant; readonly by: number }[] = [];
    for (const other of this.#unsteady) {
      if (byPlacing(other, own) >= 0) break;
      let counted = 0;
      for (const { from, counts } of other.turns) {
        const counting = counts ? 1 : 0;
        if (from > own.placedAt) changes.push({ at: from, by: counting - counted });
        counted = counting;
      }
    }
    changes.sort((a, b) => a.at - b.at);
    let count = this.#countBefore(own, own.placedAt);
    return changes.flatMap(({ at, by }) => {
      const before = count;
      count += by;
      return Math.min(before, limit) === Math.min(count, limit) ? [] : [at];
    });
  }

  /**
   * Those placed where `place` is or after it whose reward may change with how the orders `changed` stand, none of which
   * was placed earlier, under terms that reward up to `limit` orders: others have as many steady ones before them at any
   * time.
   */
  *minding(place: Placement, changed: ReadonlySet<string>, limit: number): Generator<Contender> {
    let steady = this.#steadyBefore(place);
    let end: Placement = place;
    for (const contender of this.#all.from(place)) {
      end = contender;
      if (steady >= limit) break;
      yield contender;
      if (isSteady(contender) && !changed.has(contender.orderId)) steady += 1;
    }
    if (steady >= limit) yield* this.#everPromised.from(end);
  }

  /** Who holds the first places, as far as `own`. */
  #head(
    own: CountingOrder | null,
    at: Instant,
    promised: readonly CountingOrder[],
    length: number,
  ): readonly string[] {
    const head: string[] = [];
    if (length === 0) return head;
    for (const { orderId } of placesOf(this.#counting(own, at), promised)) {
      head.push(orderId);
      if (head.length === length || orderId === own?.orderId) break;
    }
    return head;
  }

  /** Those that count, `own` among them as if it did, in the order of placing. */
  *#counting(own: CountingOrder | null, at: Instant): Generator<Placement> {
    let isOwnToCome = own !== null;
    for (const other of at === NOW ? this.#countingNow : this.#all) {
      if (own !== null && isOwnToCome && byPlacing(own, other) <= 0) {
        isOwnToCome = false;
        yield own;
      }
      if (other.orderId !== own?.orderId && countsAt(other, at)) yield other;
    }
    if (own !== null && isOwnToCome) yield own;
  }

  /** What was promised to `own`, and to the others by `at`; null: whatever was promised to others isn't heeded. */
  #promised(own: CountingOrder | null, at: Instant | null): CountingOrder[] {
    const promised = own === null || own.promise === null ? [] : [own];
    if (at === null) return promised;
    for (const { orderId, placedAt, turns } of this.#everPromised) {
      if (orderId === own?.orderId) continue;
      const promise = promiseAt({ turns }, at);
      if (promise !== null) promised.push({ orderId, placedAt, promise });
    }
    return promised;
  }

  #countBefore(own: Placement, at: Instant): number {
    if (at === NOW) return this.#countingNow.countBefore(own);
    let count = this.#all.countBefore(own);
    for (const other of this.#unsteady) {
      if (byPlacing(other, own) >= 0) break;
      if (!countsAt(other, at)) count -= 1;
    }
    return count;
  }

  #steadyBefore(place: Placement): number {
    return this.#all.countBefore(place) - this.#unsteady.countBefore(place);
  }
}

/** The orders of a customer that are among the facts. */
export function customerOrdersIn(dossier: Dossier, customer: string): CustomerOrders {
  const orders = new CustomerOrders();
  for (const order of dossier.orders.values()) {
    if (!isPlaced(order) || order.placed.data.customer !== customer) continue;
    orders.put(contenderOf(order, dossier));
  }
  return orders;
}

function limitPromised({ promise }: CountingOrder): number {
  return promise?.limit ?? 0;
}
