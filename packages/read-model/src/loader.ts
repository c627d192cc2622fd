import { normaliseCouponCode } from '@provisie/domain';
import type {
  EntityFact,
  Facts,
  FactOfType,
  IdentificationFact,
  TouchFact,
} from '@provisie/domain';
import type { Batch } from './batch.ts';
import type { CachedKind, EntityCache } from './entity-cache.ts';
import { namingOrders, ordersOfCustomers } from './fact-rows.ts';
import { ALWAYS, Reads } from './reads.ts';
import type { Session } from './session.ts';
import {
  identificationsOfCustomers,
  touchesById,
  touchesOfVisitors,
  utmKey,
  type TouchAt,
} from './touch-rows.ts';
import { together } from './writes-under-way.ts';

export interface LoadedFacts {
  readonly facts: Facts;
  /** Those of `facts` that are about payouts and write-offs; of their lines, only what names the loaded orders. */
  readonly settling: readonly EntityFact[];
  readonly reads: Reads;
}

type Placing = FactOfType<'OrderPlaced'>;

/**
 * Loads all that a decision about the order reads, and notes each look-up: also one that found nothing,
 * for what isn't there yet may come later. Null while the order's placing isn't known.
 */
export async function loadFacts(batch: Batch, orderId: string): Promise<LoadedFacts | null> {
  const own = await batch.facts.about('order', [orderId]);
  const placings = own.filter((fact): fact is Placing => fact.type === 'OrderPlaced');
  if (placings.length === 0) return null;
  const loading = new Loading(batch, placings);
  await together(loading.ownFacts(orderId, own), loading.touches());
  loading.namedEntities();
  return { facts: loading.facts(), settling: loading.settling, reads: loading.reads };
}

/** One load under way: what was found so far, and which look-ups it took. */
class Loading {
  readonly reads = new Reads();
  readonly settling: EntityFact[] = [];
  readonly #session: Session;
  readonly #cache: EntityCache;
  readonly #batch: Batch;
  readonly #placings: readonly Placing[];
  readonly #customers: ReadonlySet<string>;
  readonly #placedAt: number;
  readonly #orderIds = new Set<string>();
  readonly #entities: EntityFact[] = [];
  readonly #touches = new Map<string, TouchFact>();
  readonly #programmes = new Map<string, number>();
  readonly #partners = new Map<string, number>();
  #identifications: readonly IdentificationFact[] = [];

  constructor(batch: Batch, placings: readonly Placing[]) {
    this.#batch = batch;
    this.#session = batch.session;
    this.#cache = batch.cache;
    this.#placings = placings;
    this.#customers = new Set(placings.map((placing) => placing.data.customer));
    this.#placedAt = Math.max(...placings.map((placing) => placing.occurredAt));
  }

  facts(): Facts {
    return {
      touches: [...this.#touches.values()],
      identifications: this.#identifications,
      entities: this.#entities,
    };
  }

  async ownFacts(orderId: string, own: readonly EntityFact[]): Promise<void> {
    this.#orderIds.add(orderId);
    this.#entities.push(...own, ...(await this.#batch.facts.about('verdict', [orderId])));
    await this.#otherOrders(orderId);
    await this.#payouts();
  }

  async #otherOrders(orderId: string): Promise<void> {
    const theirs = await ordersOfCustomers(this.#session, this.#customers);
    const others = theirs.filter((other) => other !== orderId).sort();
    for (const other of others) this.#orderIds.add(other);
    this.#entities.push(...(await this.#batch.facts.about('order', others)));
  }

  async #payouts(): Promise<void> {
    const naming = await namingOrders(this.#session, this.#orderIds);
    for (const kind of ['payout', 'write_off'] as const) {
      const keys = naming.filter((named) => named.kind === kind).map((named) => named.key);
      for (const fact of await this.#batch.facts.naming(kind, keys, this.#orderIds)) {
        this.settling.push(fact);
        if (fact.type === 'PayoutScheduled') this.#lock(fact);
      }
    }
    this.#entities.push(...this.settling);
  }

  /** What a payout locked is read whenever it takes effect. */
  #lock(payout: FactOfType<'PayoutScheduled'>): void {
    for (const line of payout.data.lines) {
      if (!this.#orderIds.has(line.orderId)) continue;
      this.#programmes.set(line.programmeId, ALWAYS);
      this.#partners.set(payout.data.partnerId, ALWAYS);
    }
  }

  async touches(): Promise<void> {
    const tied = new Set<string>();
    const clickIds = new Set<string>();
    for (const { data } of this.#placings) {
      if (data.visitorId !== undefined) tied.add(data.visitorId);
      if (data.clickId !== undefined) clickIds.add(data.clickId);
    }
    await this.#identified(tied);
    for (const click of await this.#touchesById(clickIds)) tied.add(click.visitorId);
    await this.#touchesOf(tied);
    await this.#oneHop(tied);
  }

  async #identified(tied: Set<string>): Promise<void> {
    for (const customer of this.#customers) {
      this.reads.add('identified', customer, this.#placedAt);
    }
    this.#identifications = await identificationsOfCustomers(
      this.#session,
      this.#customers,
      this.#placedAt,
    );
    for (const identification of this.#identifications) tied.add(identification.visitorId);
  }

  /** The visitors of the clicks that tied visits came with. */
  async #oneHop(tied: ReadonlySet<string>): Promise<void> {
    const clickIds = new Set<string>();
    for (const touch of this.#touches.values()) {
      if (touch.clickId !== null) clickIds.add(touch.clickId);
    }
    const clicks = await this.#touchesById(clickIds);
    const further = clicks.map((click) => click.visitorId).filter((visitor) => !tied.has(visitor));
    await this.#touchesOf(new Set(further));
  }

  async #touchesById(touchIds: ReadonlySet<string>): Promise<readonly TouchFact[]> {
    for (const touchId of touchIds) this.reads.add('touch', touchId, this.#placedAt);
    return this.#found(await touchesById(this.#session, touchIds));
  }

  async #touchesOf(visitorIds: ReadonlySet<string>): Promise<void> {
    for (const visitorId of visitorIds) this.reads.add('visitor', visitorId, this.#placedAt);
    this.#found(await touchesOfVisitors(this.#session, visitorIds, this.#placedAt));
  }

  #found(touches: readonly TouchAt[]): readonly TouchFact[] {
    const reached = this.#batch.touches.reached(touches);
    for (const touch of reached) this.#touches.set(touch.touchId, touch);
    return reached;
  }

  /** Links and coupons that touches and the order name, and the partners and programmes behind them. */
  namedEntities(): void {
    const links = new Set<string>();
    const coupons = new Set<string>();
    for (const touch of this.#touches.values()) this.#namedBy(touch, links, coupons);
    for (const placing of this.#placings) {
      for (const code of placing.data.couponCodes) {
        coupons.add(code);
        const normalised = normaliseCouponCode(code);
        if (normalised !== null) coupons.add(normalised);
      }
    }
    for (const code of links) this.#owners(this.#take('link', code, this.#placedAt));
    for (const code of coupons) this.#owners(this.#take('coupon', code, this.#placedAt));
    for (const [partnerId, until] of this.#partners) this.#take('partner', partnerId, until);
    for (const [programmeId, until] of this.#programmes) {
      this.#take('programme', programmeId, until);
    }
  }

  #namedBy(touch: TouchFact, links: Set<string>, coupons: Set<string>): void {
    if (touch.linkCode !== null) links.add(touch.linkCode);
    if (touch.couponCode !== null) coupons.add(touch.couponCode);
    const utm = touch.kind === 'visit' ? utmKey(touch.utm) : null;
    if (utm === null) return;
    this.reads.add('utm', utm, this.#placedAt);
    for (const code of this.#cache.linksWithUtm(utm)) links.add(code);
  }

  #take(kind: CachedKind, key: string, until: number): readonly EntityFact[] {
    this.reads.add(kind, key, until);
    const facts = this.#cache.factsOf(kind, key);
    this.#entities.push(...facts);
    return facts;
  }

  #owners(facts: readonly EntityFact[]): void {
    for (const fact of facts) {
      if (fact.type !== 'LinkCreated' && fact.type !== 'CouponIssued') continue;
      const { partnerId, programmeId } = fact.data;
      this.#partners.set(partnerId, this.#partners.get(partnerId) ?? this.#placedAt);
      this.#programmes.set(programmeId, this.#programmes.get(programmeId) ?? this.#placedAt);
    }
  }
}
