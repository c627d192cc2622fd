import { BatchFacts } from './batch-facts.ts';
import type { BatchTouches } from './batch-touches.ts';
import { BatchVisitors } from './batch-visitors.ts';
import type { Breathe } from './breathe.ts';
import type { EntityCache } from './entity-cache.ts';
import { Journal } from './journal.ts';
import { Lookups } from './lookups.ts';
import { OrderRows } from './order-rows.ts';
import type { Session } from './session.ts';

/** A batch that is being applied: a unit of work. What it reads is read many at a time, what it changes written so. */
export class Batch {
  readonly session: Session;
  readonly cache: EntityCache;
  readonly touches: BatchTouches;
  readonly breathe: Breathe;
  readonly lookups: Lookups;
  readonly facts: BatchFacts;
  readonly visitors: BatchVisitors;
  readonly rows: OrderRows;
  readonly journal: Journal;

  constructor(session: Session, cache: EntityCache, touches: BatchTouches, breathe: Breathe) {
    this.session = session;
    this.cache = cache;
    this.touches = touches;
    this.breathe = breathe;
    this.lookups = new Lookups(session);
    this.facts = new BatchFacts(this.lookups);
    this.visitors = new BatchVisitors(this.lookups);
    this.rows = new OrderRows(this.lookups);
    this.journal = new Journal(this.lookups);
  }

  /** Writes what is held and forgets what was read, so that no batch holds more than a part of its work. */
  async write(): Promise<void> {
    const { session, breathe } = this;
    await this.facts.write(session, breathe);
    await this.rows.write(session, breathe);
    await this.journal.write(session, breathe);
    this.lookups.forget();
  }
}
