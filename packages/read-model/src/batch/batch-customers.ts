import { contenderAmong, CustomerOrders, type Contender, type EntityFact } from '@provisie/domain';
import type { BatchFacts } from './batch-facts.ts';
import type { EntityCache } from './entity-cache.ts';
import type { Lookups } from './lookups.ts';

/** What the customer's other orders see of an order, without a fact and with it; null: no placing of it is known. */
export interface Sight {
  readonly orderId: string;
  readonly before: Contender | null;
  readonly after: Contender | null;
}

/** The orders of the customers that a batch has to do with, as their decisions see each other. */
export class BatchCustomers {
  readonly #lookups: Lookups;
  readonly #facts: BatchFacts;
  readonly #cache: EntityCache;

  constructor(lookups: Lookups, facts: BatchFacts, cache: EntityCache) {
    this.#lookups = lookups;
    this.#facts = facts;
    this.#cache = cache;
  }

  /** All orders of the customer; none while some are still to be looked up. */
  ordersOf(customer: string): CustomerOrders {
    const known = this.#cache.customers.get(customer);
    if (known !== undefined) return known;
    const read = this.#lookups.attempt(() => this.#readOrders(customer));
    if (read === null) return new CustomerOrders();
    const orders = new CustomerOrders();
    for (const [orderId, facts] of read.found) {
      const contender = contenderAmong(orderId, facts);
      if (contender?.customer === customer) orders.put(contender);
    }
    this.#cache.customers.add(customer, orders);
    return orders;
  }

  #readOrders(customer: string): ReadonlyMap<string, readonly EntityFact[]> {
    const read = new Map<string, readonly EntityFact[]>();
    for (const orderId of this.#facts.ordersOf(customer)) {
      read.set(orderId, this.#factsAbout(orderId));
    }
    return read;
  }

  /** How the order looks to the others of its customer, and how it would without the fact. */
  sightOf(orderId: string, fact: EntityFact): Sight {
    const facts = this.#factsAbout(orderId);
    const others = facts.filter(({ position }) => position !== fact.position);
    return {
      orderId,
      before: contenderAmong(orderId, others),
      after: contenderAmong(orderId, facts),
    };
  }

  /** What a contender is made of: the order, the payouts that name it, and the programmes that they name it with. */
  #factsAbout(orderId: string): readonly EntityFact[] {
    const about = [...this.#facts.about('order', orderId)];
    const itself = new Set([orderId]);
    const programmes = new Set<string>();
    for (const { kind, key } of this.#facts.settling(orderId)) {
      if (kind !== 'payout') continue;
      for (const fact of this.#facts.naming('payout', key, itself)) {
        about.push(fact);
        if (fact.type !== 'PayoutScheduled') continue;
        for (const { programmeId } of fact.data.lines) programmes.add(programmeId);
      }
    }
    for (const programmeId of programmes) {
      about.push(...this.#cache.factsOf('programme', programmeId));
    }
    return about;
  }
}
