import { countingFact, finiteLimitOf, type EntityFact, type FactOfType } from '@provisie/domain';
import { aboutOf, factsOfKind } from './fact-rows.ts';
import { KnownCustomers } from './known-customers.ts';
import type { Session } from '../database/session.ts';
import { utmKey } from './touch-rows.ts';

const CACHED_KINDS = ['programme', 'partner', 'link', 'coupon'] as const;
export type CachedKind = (typeof CACHED_KINDS)[number];

export function isCachedKind(kind: string): kind is CachedKind {
  return CACHED_KINDS.some((cached) => cached === kind);
}

/**
 * The facts of what changes slowly: programmes, partners, links and coupons. The projector that owns it
 * adds each fact that it writes; after a batch that failed it is thrown away and loaded anew.
 */
export class EntityCache {
  readonly #facts: Record<CachedKind, Map<string, EntityFact[]>> = {
    programme: new Map(),
    partner: new Map(),
    link: new Map(),
    coupon: new Map(),
  };
  readonly #linksByUtm = new Map<string, Set<string>>();
  readonly #linksCreated = new Map<string, FactOfType<'LinkCreated'>>();
  #greatestLimit = 0;
  /** What is known of customers besides: nothing at first. */
  readonly customers = new KnownCustomers();

  static async load(session: Session): Promise<EntityCache> {
    const cache = new EntityCache();
    for (const kind of CACHED_KINDS) {
      for (const fact of await factsOfKind(session, kind)) cache.add(fact);
    }
    return cache;
  }

  add(fact: EntityFact): void {
    const { kind, key } = aboutOf(fact);
    if (!isCachedKind(kind)) return;
    const known = this.#facts[kind].get(key);
    if (known === undefined) this.#facts[kind].set(key, [fact]);
    else known.push(fact);
    if (fact.type === 'TermsPublished') this.#rememberLimit(fact);
    if (fact.type !== 'LinkCreated') return;
    this.#linksCreated.set(key, countingFact(this.#linksCreated.get(key), fact));
    this.#rememberUtm(utmKey(fact.data.utm), key);
  }

  #rememberUtm(utm: string | null, code: string): void {
    if (utm === null) return;
    const codes = this.#linksByUtm.get(utm) ?? new Set();
    this.#linksByUtm.set(utm, codes.add(code));
  }

  #rememberLimit({ data }: FactOfType<'TermsPublished'>): void {
    const limit = finiteLimitOf(data.terms.reward.scope);
    this.#greatestLimit = Math.max(this.#greatestLimit, limit);
  }

  /** The most orders of a customer that any terms reward which don't reward all; 0 without such terms. */
  get greatestLimit(): number {
    return this.#greatestLimit;
  }

  factsOf(kind: CachedKind, key: string): readonly EntityFact[] {
    return this.#facts[kind].get(key) ?? [];
  }

  /** The creation of a link that counts. */
  linkCreated(code: string): FactOfType<'LinkCreated'> | null {
    return this.#linksCreated.get(code) ?? null;
  }

  /** The codes of links that were ever registered with these values, as `utmKey` gives them. */
  linksWithUtm(utm: string): ReadonlySet<string> {
    return this.#linksByUtm.get(utm) ?? NO_CODES;
  }
}

const NO_CODES: ReadonlySet<string> = new Set();
