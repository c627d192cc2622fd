import { BatchCustomers } from './batch-customers.ts';
import { BatchFacts } from './batch-facts.ts';
import type { BatchTouches } from './batch-touches.ts';
import { BatchVisitors } from './batch-visitors.ts';
import type { Breathe } from '../database/breathe.ts';
import type { EntityCache } from './entity-cache.ts';
import { Journal } from './journal.ts';
import { Lookups } from './lookups.ts';
import { MovedOrders } from './moved-orders.ts';
import { OrderRows } from './order-rows.ts';
import type { Session } from '../database/session.ts';

/** Orders whose facts and rows are in memory at a time: several times what a part of a batch decides as a rule. */
const MOST_ORDERS = 2000;

/** A batch that is being applied: a unit of work. What it reads is read many at a time, what it changes written so. */
export class Batch {
  readonly session: Session;
  readonly cache: EntityCache;
  readonly touches: BatchTouches;
  readonly breathe: Breathe;
  /** False in a build that counts visits when it knows every link. */
  readonly countsVisits: boolean;
  /** Before this day touches and orders are added up in all sums. */
  readonly closedDay: number;
  readonly lookups: Lookups;
  readonly facts: BatchFacts;
  readonly customers: BatchCustomers;
  readonly visitors: BatchVisitors;
  readonly moved = new MovedOrders();
  readonly rows: OrderRows;
  readonly journal: Journal;
  #orders = 0;

  constructor(
    session: Session,
    cache: EntityCache,
    touches: BatchTouches,
    breathe: Breathe,
    closedDay: number,
    countsVisits = touches.ahead === null,
  ) {
    this.session = session;
    this.cache = cache;
    this.touches = touches;
    this.breathe = breathe;
    this.countsVisits = countsVisits;
    this.closedDay = closedDay;
    this.lookups = new Lookups(session);
    this.facts = new BatchFacts(this.lookups);
    this.customers = new BatchCustomers(this.lookups, this.facts, cache);
    this.visitors = new BatchVisitors(this.lookups);
    this.rows = new OrderRows(this.lookups, closedDay);
    this.journal = new Journal(this.lookups);
  }

  /** Before so many orders are decided: however many a fact concerns, memory is bounded. */
  async makeRoom(orders: number): Promise<void> {
    if (this.#orders + orders > MOST_ORDERS) await this.write();
    this.#orders += orders;
  }

  /** Writes what is held and forgets what was read, so that memory doesn't grow with the batch. */
  async write(): Promise<void> {
    const { session, breathe } = this;
    await this.facts.write(session, breathe);
    await this.rows.write(session, breathe);
    await this.journal.write(session, breathe);
    this.lookups.forget();
    this.cache.customers.forgetMost();
    this.#orders = 0;
  }
}
