import type { EntityFact } from '@provisie/domain';
import type { Breathe } from '../database/breathe.ts';
import {
  aboutOf,
  factsAbout,
  factsAboutRuns,
  namingOrders,
  ordersNamedBy,
  ordersOfCustomers,
  rowOfFact,
  rowOfRunFact,
  type RunFact,
} from './fact-rows.ts';
import { AddedRows } from './held-rows.ts';
import type { Lookup, Lookups } from './lookups.ts';
import { NamedLines } from './named-lines.ts';
import { insertion, type Session } from '../database/session.ts';
import type { NamedOrderTable, OrderCustomerTable } from '../tables/index.ts';

const insertFacts = insertion('facts', 'fail');
const insertCustomers = insertion('order_customers', 'keep');
const insertNamedOrders = insertion('named_orders', 'keep');

/** What isn't in the entity cache: there is too much of it. */
type LookedUpKind = 'order' | 'verdict' | 'payout' | 'write_off';

/** The facts of the orders, payouts and write-offs that a batch has to do with, and what ties those together. */
export class BatchFacts {
  readonly #about: Readonly<Record<LookedUpKind, Lookup<EntityFact>>>;
  readonly #aboutRuns: Lookup<RunFact>;
  readonly #ofCustomers: Lookup<OrderCustomerTable>;
  readonly #naming: Lookup<NamedOrderTable>;
  readonly #namedLines = new NamedLines();
  readonly #facts = new AddedRows(insertFacts);
  readonly #customers = new AddedRows(insertCustomers);
  readonly #namedOrders = new AddedRows(insertNamedOrders);

  constructor(lookups: Lookups) {
    const about = (kind: LookedUpKind) =>
      lookups.of<EntityFact>({
        keyOf: (fact) => aboutOf(fact).key,
        idOf: (fact) => fact.position,
        read: (session, keys) => factsAbout(session, kind, keys),
      });
    this.#about = {
      order: about('order'),
      verdict: about('verdict'),
      payout: about('payout'),
      write_off: about('write_off'),
    };
    this.#aboutRuns = lookups.of({
      keyOf: (fact) => fact.data.runId,
      idOf: (fact) => fact.position,
      read: factsAboutRuns,
    });
    this.#ofCustomers = lookups.of({
      keyOf: ({ customer }) => customer,
      idOf: ({ order_id }) => order_id,
      read: ordersOfCustomers,
    });
    this.#naming = lookups.of({
      keyOf: ({ order_id }) => order_id,
      idOf: ({ kind, key }) => `${kind} ${key}`,
      read: namingOrders,
    });
  }

  keep(fact: EntityFact): void {
    this.#facts.add(rowOfFact(fact));
    const { kind, key } = aboutOf(fact);
    if (isLookedUp(kind)) this.#about[kind].put(fact);
    if (fact.type === 'OrderPlaced') {
      const { customer, orderId } = fact.data;
      this.#keepCustomer({ customer, order_id: orderId });
    }
    if (fact.type === 'PayoutScheduled' || fact.type === 'BalanceWrittenOff') {
      const named = fact.type === 'PayoutScheduled' ? 'payout' : 'write_off';
      for (const orderId of ordersNamedBy(fact)) {
        this.#keepNamed({ order_id: orderId, kind: named, key });
      }
    }
  }

  #keepCustomer(row: OrderCustomerTable): void {
    this.#customers.add(row);
    this.#ofCustomers.put(row);
  }

  #keepNamed(row: NamedOrderTable): void {
    this.#namedOrders.add(row);
    this.#naming.put(row);
  }

  keepRun(fact: RunFact): void {
    this.#facts.add(rowOfRunFact(fact));
    this.#aboutRuns.put(fact);
  }

  /** The facts about one thing, in log order. */
  about(kind: LookedUpKind, key: string): Iterable<EntityFact> {
    return this.#about[kind].of(key);
  }

  aboutRun(runId: string): Iterable<RunFact> {
    return this.#aboutRuns.of(runId);
  }

  /** The orders that any placing says are the customer's. */
  *ordersOf(customer: string): Generator<string> {
    for (const { order_id } of this.#ofCustomers.of(customer)) yield order_id;
  }

  /** The payouts and write-offs that name the order. */
  settling(orderId: string): Iterable<NamedOrderTable> {
    return this.#naming.of(orderId);
  }

  /** As `about`, with no more of the lines of a payout or write-off than what they say of these orders. */
  naming(
    kind: 'payout' | 'write_off',
    key: string,
    orderIds: ReadonlySet<string>,
  ): readonly EntityFact[] {
    return this.#namedLines.narrowed([...this.about(kind, key)], orderIds);
  }

  async write(session: Session, breathe: Breathe): Promise<void> {
    await this.#facts.write(session, breathe);
    await this.#customers.write(session, breathe);
    await this.#namedOrders.write(session, breathe);
  }
}

function isLookedUp(kind: string): kind is LookedUpKind {
  return kind === 'order' || kind === 'verdict' || kind === 'payout' || kind === 'write_off';
}
