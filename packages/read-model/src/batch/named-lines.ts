import type { EntityFact, FactOfType } from '@provisie/domain';

type NamingFact = FactOfType<'PayoutScheduled' | 'BalanceWrittenOff'>;

function isNaming(fact: EntityFact): fact is NamingFact {
  return fact.type === 'PayoutScheduled' || fact.type === 'BalanceWrittenOff';
}

/**
 * Finds the lines of payouts and write-offs by the order they name. A payout of thousands of lines re-decides as many
 * orders: each is to cost what its own lines cost, not what all of them do.
 */
export class NamedLines {
  readonly #places = new WeakMap<NamingFact, ReadonlyMap<string, readonly number[]>>();

  /**
   * The facts of one payout or write-off, without the lines that name none of the orders. Where several facts claim its
   * id, rule 13 compares their whole content, so they stay whole.
   */
  narrowed(facts: readonly EntityFact[], orderIds: ReadonlySet<string>): readonly EntityFact[] {
    if (facts.filter(isNaming).length !== 1) return facts;
    return facts.map((fact) => {
      if (fact.type === 'PayoutScheduled') {
        const lines = this.#linesOf(fact, fact.data.lines, orderIds);
        return { ...fact, data: { ...fact.data, lines } };
      }
      if (fact.type === 'BalanceWrittenOff') {
        const lines = this.#linesOf(fact, fact.data.lines, orderIds);
        return { ...fact, data: { ...fact.data, lines } };
      }
      return fact;
    });
  }

  #linesOf<Line>(fact: NamingFact, lines: readonly Line[], orderIds: ReadonlySet<string>): Line[] {
    const places = this.#placesIn(fact);
    const named: Line[] = [];
    for (const orderId of orderIds) {
      for (const place of places.get(orderId) ?? []) named.push(...lines.slice(place, place + 1));
    }
    return named;
  }

  #placesIn(fact: NamingFact): ReadonlyMap<string, readonly number[]> {
    const known = this.#places.get(fact);
    if (known !== undefined) return known;
    const places = new Map<string, number[]>();
    for (const [place, { orderId }] of fact.data.lines.entries()) {
      const others = places.get(orderId);
      if (others === undefined) places.set(orderId, [place]);
      else others.push(place);
    }
    this.#places.set(fact, places);
    return places;
  }
}
