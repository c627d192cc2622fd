import { countingPlacing, MOST_TOUCHES_OF_VISITOR, normaliseCouponCode } from '@provisie/domain';
import type {
  CustomerOrders,
  EntityFact,
  Facts,
  FactOfType,
  IdentificationFact,
  TouchFact,
} from '@provisie/domain';
import type { Batch } from '../batch/batch.ts';
import type { CachedKind } from '../batch/entity-cache.ts';
import { Reads, termsKey } from '../batch/reads.ts';
import { utmKey, type TouchAt } from '../batch/touch-rows.ts';

export interface FoundFacts {
  readonly facts: Facts;
  /** All orders of its customer. */
  readonly orders: CustomerOrders;
  /** Those of `facts` that are about payouts and write-offs; of their lines, only what names the order. */
  readonly settling: readonly EntityFact[];
  readonly reads: Reads;
}

export type Placing = FactOfType<'OrderPlaced'>;

/**
 * Looks up all that a decision about the order reads, and notes each look-up: also one that found nothing, for what
 * isn't there yet may come later. Null while the order's placing isn't known.
 */
export function lookUpFacts(batch: Batch, orderId: string): FoundFacts | null {
  const own = [...batch.facts.about('order', orderId)];
  const placings = placingsAmong(own);
  if (placings.length === 0) return null;
  const lookingUp = new LookingUp(batch, placings);
  lookingUp.ownFacts(orderId, own);
  lookingUp.touches();
  lookingUp.namedEntities();
  return lookingUp.found();
}

/** Looks up what the tables say of an order: for a decision that is made when `coming` is known too. */
export function lookUpAhead(batch: Batch, orderId: string, coming: readonly Placing[]): void {
  const own = [...batch.facts.about('order', orderId)];
  const placings = [...placingsAmong(own), ...coming];
  if (placings.length === 0) return;
  const lookingUp = new LookingUp(batch, placings);
  lookingUp.ownFacts(orderId, own);
  lookingUp.touches();
}

function placingsAmong(facts: Iterable<EntityFact>): Placing[] {
  const placings: Placing[] = [];
  for (const fact of facts) if (fact.type === 'OrderPlaced') placings.push(fact);
  return placings;
}

/** What was found so far, and which look-ups it took. */
class LookingUp {
  readonly #reads = new Reads();
  readonly #settling: EntityFact[] = [];
  readonly #batch: Batch;
  readonly #placings: readonly Placing[];
  readonly #customers: ReadonlySet<string>;
  readonly #placedAt: number;
  readonly #entities: EntityFact[] = [];
  readonly #touches = new Map<string, TouchFact>();
  readonly #identifications: IdentificationFact[] = [];
  readonly #programmes = new Set<string>();
  readonly #partners = new Set<string>();

  constructor(batch: Batch, placings: readonly Placing[]) {
    this.#batch = batch;
    this.#placings = placings;
    this.#customers = new Set(placings.map((placing) => placing.data.customer));
    this.#placedAt = Math.max(...placings.map((placing) => placing.occurredAt));
  }

  found(): FoundFacts {
    const [first, ...others] = this.#placings;
    const counting = others.reduce<Placing | undefined>(countingPlacing, first);
    return {
      orders: this.#batch.customers.ordersOf(counting?.data.customer ?? ''),
      facts: {
        touches: [...this.#touches.values()],
        identifications: this.#identifications,
        entities: this.#entities,
      },
      settling: this.#settling,
      reads: this.#reads,
    };
  }

  ownFacts(orderId: string, own: readonly EntityFact[]): void {
    this.#entities.push(...own, ...this.#batch.facts.about('verdict', orderId));
    this.#settlements(orderId);
    for (const customer of this.#customers) this.#batch.customers.ordersOf(customer);
  }

  /** Payouts and write-offs, of whose lines only those that name the order matter. */
  #settlements(orderId: string): void {
    const { facts } = this.#batch;
    const itself = new Set([orderId]);
    const settling = [...facts.settling(orderId)];
    for (const kind of ['payout', 'write_off'] as const) {
      const keys = settling.filter((named) => named.kind === kind).map(({ key }) => key);
      for (const fact of keys.sort().flatMap((key) => facts.naming(kind, key, itself))) {
        this.#settling.push(fact);
        if (fact.type === 'PayoutScheduled') this.#lock(orderId, fact);
      }
    }
    this.#entities.push(...this.#settling);
  }

  /** The terms that a payout prices the order by. */
  #lock(orderId: string, payout: FactOfType<'PayoutScheduled'>): void {
    for (const line of payout.data.lines) {
      if (line.orderId !== orderId) continue;
      this.#reads.add('terms', termsKey(line), this.#placedAt);
      this.#programmes.add(line.programmeId);
    }
  }

  touches(): void {
    const tied = new Set<string>();
    const clickIds = new Set<string>();
    for (const { data } of this.#placings) {
      if (data.visitorId !== undefined) tied.add(data.visitorId);
      if (data.clickId !== undefined) clickIds.add(data.clickId);
    }
    this.#identified(tied);
    for (const click of this.#touchesById(clickIds)) tied.add(click.visitorId);
    this.#touchesOf(tied);
    this.#oneHop(tied);
  }

  #identified(tied: Set<string>): void {
    for (const customer of this.#customers) {
      this.#reads.add('identified', customer, this.#placedAt);
      for (const identification of this.#batch.visitors.identifiedAs(customer, this.#placedAt)) {
        if (identification.occurredAt > this.#placedAt) continue;
        this.#identifications.push(identification);
        tied.add(identification.visitorId);
      }
    }
  }

  /** The visitors of the clicks that tied visits came with. */
  #oneHop(tied: ReadonlySet<string>): void {
    const clickIds = new Set<string>();
    for (const touch of this.#touches.values()) {
      if (touch.clickId !== null) clickIds.add(touch.clickId);
    }
    const clicks = this.#touchesById(clickIds);
    const further = clicks.map((click) => click.visitorId).filter((visitor) => !tied.has(visitor));
    this.#touchesOf(new Set(further));
  }

  #touchesById(touchIds: Iterable<string>): readonly TouchFact[] {
    const found: TouchAt[] = [];
    for (const touchId of touchIds) {
      this.#reads.add('touch', touchId, this.#placedAt);
      found.push(...this.#batch.visitors.touch(touchId));
    }
    return this.#found(found);
  }

  #touchesOf(visitorIds: Iterable<string>): void {
    for (const visitorId of visitorIds) {
      this.#reads.add('visitor', visitorId, this.#placedAt);
      let considered = 0;
      for (const touches of this.#batch.visitors.touchesOf(visitorId, this.#placedAt)) {
        considered += this.#found(touches).length;
        if (considered >= MOST_TOUCHES_OF_VISITOR) break;
      }
    }
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
    for (const code of links) this.#owners(this.#take('link', code));
    for (const code of coupons) this.#owners(this.#take('coupon', code));
    for (const partnerId of this.#partners) this.#take('partner', partnerId);
    for (const programmeId of this.#programmes) this.#take('programme', programmeId);
  }

  #namedBy(touch: TouchFact, links: Set<string>, coupons: Set<string>): void {
    if (touch.linkCode !== null) links.add(touch.linkCode);
    if (touch.couponCode !== null) coupons.add(touch.couponCode);
    const utm = touch.kind === 'visit' ? utmKey(touch.utm) : null;
    if (utm === null) return;
    this.#reads.add('utm', utm, this.#placedAt);
    for (const code of this.#batch.cache.linksWithUtm(utm)) links.add(code);
  }

  #take(kind: CachedKind, key: string): readonly EntityFact[] {
    this.#reads.add(kind, key, this.#placedAt);
    const facts = this.#batch.cache.factsOf(kind, key);
    this.#entities.push(...facts);
    return facts;
  }

  #owners(facts: readonly EntityFact[]): void {
    for (const fact of facts) {
      if (fact.type !== 'LinkCreated' && fact.type !== 'CouponIssued') continue;
      const { partnerId, programmeId } = fact.data;
      this.#partners.add(partnerId);
      this.#programmes.add(programmeId);
    }
  }
}
