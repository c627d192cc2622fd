import { byPlacing, type Placement } from '@provisie/domain';

/** The orders whose place a batch moved, and nothing else of them: whose decision is the same but for that. */
export class MovedOrders {
  /** By customer, where the first of them was placed. */
  readonly #from = new Map<string, Placement>();

  note(customer: string, from: Placement): void {
    const known = this.#from.get(customer);
    const isFirst = known === undefined || byPlacing(from, known) < 0;
    if (isFirst) this.#from.set(customer, from);
  }

  take(): ReadonlyMap<string, Placement> {
    const taken = new Map(this.#from);
    this.#from.clear();
    return taken;
  }
}
