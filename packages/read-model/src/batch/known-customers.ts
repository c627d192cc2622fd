import type { CustomerOrders } from '@provisie/domain';

/** From so many on, reading a customer's orders anew in each batch costs more than keeping them. */
const MANY_ORDERS = 32;
/** Kept in all, some 300 bytes each; a single customer may have more. */
const MOST_ORDERS = 100_000;

/** The orders of customers as a projector knows them: of those with many beyond the batch. */
export class KnownCustomers {
  readonly #of = new Map<string, CustomerOrders>();

  get(customer: string): CustomerOrders | undefined {
    return this.#of.get(customer);
  }

  add(customer: string, orders: CustomerOrders): void {
    this.#of.set(customer, orders);
  }

  /** Forgets whoever has few orders, and of the others those that were met first. */
  forgetMost(): void {
    let kept = 0;
    for (const [customer, { size }] of this.#of) {
      if (size < MANY_ORDERS) this.#of.delete(customer);
      else kept += size;
    }
    for (const [customer, { size }] of this.#of) {
      if (kept <= MOST_ORDERS || kept === size) return;
      this.#of.delete(customer);
      kept -= size;
    }
  }
}
