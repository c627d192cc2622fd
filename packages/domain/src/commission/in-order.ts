import { byPlacing } from './places.ts';
import type { Placement } from './places.ts';

/** Orders of one customer in the order of placing; finding, adding and taking away doesn't mean going through all. */
export class InOrder<Order extends Placement> implements Iterable<Order> {
  readonly #orders: Order[] = [];

  get length(): number {
    return this.#orders.length;
  }

  [Symbol.iterator](): Iterator<Order> {
    return this.#orders.values();
  }

  add(order: Order): void {
    this.#orders.splice(this.countBefore(order), 0, order);
  }

  /** Takes one away that is among them. */
  remove(order: Order): void {
    this.#orders.splice(this.countBefore(order), 1);
  }

  /** Those that stand where `place` is, or behind it. */
  *from(place: Placement): Generator<Order> {
    for (let index = this.countBefore(place); index < this.#orders.length; index += 1) {
      const order = this.#orders[index];
      if (order !== undefined) yield order;
    }
  }

  countBefore(place: Placement): number {
    let [low, high] = [0, this.#orders.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const order = this.#orders[middle];
      if (order !== undefined && byPlacing(order, place) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
