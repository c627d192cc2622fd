import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Contender, Turn } from './contender.ts';
import { CustomerOrders } from './customer-orders.ts';
import { mindingOf } from './minding.ts';
import { byPlacing, keptPromises, placesOf } from './places.ts';
import type { CountingOrder } from './places.ts';

const EVER = Number.POSITIVE_INFINITY;

/** An order `o<n>` that was placed at `n`; it counts from then on, unless `turns` say otherwise. */
const contender = (n: number, ...turns: readonly Turn[]): Contender => ({
  orderId: `o${n}`,
  placedAt: n,
  customer: 'eva',
  turns: turns.length === 0 ? [{ from: n, counts: true, promise: null }] : turns,
});
const steady = contender;
const cancelledAt = (n: number, at: number) =>
  contender(
    n,
    { from: n, counts: true, promise: null },
    { from: at, counts: false, promise: null },
  );
const lockedAt = (n: number, at: number, limit = 1) =>
  contender(
    n,
    { from: n, counts: true, promise: null },
    { from: at, counts: true, promise: { limit, lockedAt: at } },
  );

const five = [1, 2, 3, 4, 5].map((n) => steady(n));

interface Case {
  readonly when: string;
  readonly known?: readonly Contender[];
  readonly before: Contender | null;
  readonly after: Contender | null;
  /** Under terms that reward the first order. */
  readonly rewards: readonly string[];
  readonly placesFrom: string | null;
}

const CASES: readonly Case[] = [
  {
    when: 'the first is cancelled, so that the second becomes the first',
    before: steady(1),
    after: cancelledAt(1, 9),
    rewards: ['o1', 'o2'],
    placesFrom: 'o2',
  },
  {
    when: 'one far behind is cancelled',
    before: steady(4),
    after: cancelledAt(4, 9),
    rewards: [],
    placesFrom: 'o5',
  },
  {
    when: 'the last is cancelled',
    before: steady(5),
    after: cancelledAt(5, 9),
    rewards: [],
    placesFrom: null,
  },
  { when: 'a new one is the last', before: null, after: steady(6), rewards: [], placesFrom: null },
  {
    when: 'a new one is the first',
    before: null,
    after: steady(0),
    rewards: ['o0', 'o1'],
    placesFrom: 'o1',
  },
  {
    when: 'one turns out to be of another customer',
    before: steady(3),
    after: null,
    rewards: [],
    placesFrom: 'o4',
  },
  {
    when: 'a cancelled one is found to have been cancelled earlier',
    before: cancelledAt(1, 9),
    after: cancelledAt(1, 8),
    rewards: ['o1', 'o2'],
    placesFrom: null,
  },
  {
    when: 'the first is locked in the place that it has',
    before: steady(1),
    after: lockedAt(1, 9),
    rewards: ['o1', 'o2'],
    placesFrom: null,
  },
  {
    when: 'the third is locked in the place of the first',
    before: steady(3),
    after: lockedAt(3, 9),
    rewards: ['o1', 'o3'],
    placesFrom: 'o1',
  },
  {
    when: 'the first is cancelled, and the fourth was once locked',
    known: [...five, lockedAt(4, 7)],
    before: steady(1),
    after: cancelledAt(1, 9),
    rewards: ['o1', 'o2', 'o4'],
    placesFrom: 'o2',
  },
];

describe('who minds', () => {
  test.each(CASES)('$when', ({ known = five, before, after, rewards, placesFrom }) => {
    const orderId = (after ?? before)?.orderId ?? '';
    const { rewards: anew, placesFrom: from } = mindingOf(
      new CustomerOrders(known),
      [{ orderId, before, after }],
      1,
    );
    expect([anew.toSorted(), from?.orderId ?? null]).toEqual([rewards, placesFrom]);
  });

  test('nobody does for their reward, where terms reward every order', () => {
    const change = { orderId: 'o1', before: steady(1), after: cancelledAt(1, 9) };
    const { rewards, placesFrom } = mindingOf(new CustomerOrders(five), [change], 0);
    expect([rewards, placesFrom?.orderId]).toEqual([[], 'o2']);
  });
});

const LIMIT = 3;
const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8];
const turns = (placedAt: number): fc.Arbitrary<readonly Turn[]> =>
  fc
    .array(
      fc.record({
        from: fc.integer({ min: placedAt, max: 20 }),
        counts: fc.boolean(),
        limit: fc.option(fc.integer({ min: 1, max: LIMIT }), { freq: 1 }),
        lockedAt: fc.integer({ min: 1, max: 20 }),
      }),
      { maxLength: 3 },
    )
    .map((later) => {
      const turns: Turn[] = [{ from: placedAt, counts: true, promise: null }];
      for (const turn of later.toSorted((a, b) => a.from - b.from)) {
        const { from, counts, limit, lockedAt } = turn;
        turns.push({
          from,
          counts,
          promise: counts && limit !== null ? { limit, lockedAt } : null,
        });
      }
      return turns;
    });
const anyContender = (n: number) => turns(n).map((turns) => contender(n, ...turns));
/** Most orders are steady. */
const mostlySteady = (n: number) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(steady(n)) }, anyContender(n));
const customers = fc.tuple(
  fc.tuple(...NUMBERS.map(mostlySteady)),
  fc.constantFrom(...NUMBERS).chain((n) => fc.option(mostlySteady(n), { freq: 9 })),
  fc.constantFrom(...NUMBERS),
);

const turnOf = ({ turns }: Contender, at: number) => turns.findLast(({ from }) => from <= at);

/** What a decision of the order, made from the facts of the moment, reads of the customer's orders. */
function standing(orders: CustomerOrders, own: Contender, at: number) {
  const { orderId, placedAt } = own;
  const promise = turnOf(own, at)?.promise ?? null;
  return orders.standingOf({ orderId, placedAt, promise }, { at, heedingLocks: true, named: 2 });
}

const upToLimit = ({ rank, rankByPlacing }: ReturnType<typeof standing>) =>
  [rank, rankByPlacing].map((place) => Math.min(place, LIMIT + 1));

describe('of any orders', () => {
  test('the standing is what sorting all of them comes to', () => {
    fc.assert(
      fc.property(customers, fc.integer({ min: 8, max: 21 }), ([contenders], at) => {
        const orders = new CustomerOrders(contenders);
        for (const own of contenders) {
          expect(standing(orders, own, at)).toEqual(plainStanding(contenders, own, at));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('whoever doesn’t mind stands as before: by now, and as far as it matters at any moment', () => {
    fc.assert(
      fc.property(customers, ([contenders, after, n]) => {
        const orders = new CustomerOrders(contenders);
        const unchanged = new CustomerOrders(contenders);
        const before = contenders.find(({ placedAt }) => placedAt === (after?.placedAt ?? n));
        if (before === undefined) return;
        const { orderId } = before;
        const minding = mindingOf(orders, [{ orderId, before, after }], LIMIT);
        for (const own of contenders) {
          if (own.orderId === orderId || minding.rewards.includes(own.orderId)) continue;
          for (let at = own.placedAt; at <= 21; at += 1) {
            const now = standing(orders, own, at);
            expect(upToLimit(now)).toEqual(upToLimit(standing(unchanged, own, at)));
          }
          const { placesFrom } = minding;
          if (placesFrom !== null && byPlacing(own, placesFrom) >= 0) continue;
          expect(standing(orders, own, EVER)).toEqual(standing(unchanged, own, EVER));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('between its turning points an order stands the same, as far as it matters', () => {
    fc.assert(
      fc.property(customers, ([contenders]) => {
        const orders = new CustomerOrders(contenders);
        for (const own of contenders) {
          const isLocked = own.turns.some(({ promise }) => promise !== null);
          const moments = new Set(orders.turningPoints(own, LIMIT, isLocked));
          for (const { from } of own.turns) moments.add(from);
          for (let at = own.placedAt + 1; at <= 21; at += 1) {
            if (moments.has(at)) continue;
            const now = upToLimit(standing(orders, own, at));
            expect(now).toEqual(upToLimit(standing(orders, own, at - 1)));
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

function plainStanding(contenders: readonly Contender[], own: Contender, at: number) {
  const counting = contenders
    .filter((other) => other === own || turnOf(other, at)?.counts === true)
    .map((other): CountingOrder => {
      const { orderId, placedAt } = other;
      return { orderId, placedAt, promise: turnOf(other, at)?.promise ?? null };
    })
    .sort(byPlacing);
  const promised = keptPromises(counting.filter(({ promise }) => promise !== null));
  const places = Array.from(placesOf(counting, promised), ({ orderId }) => orderId);
  const index = places.indexOf(own.orderId);
  return {
    rank: index + 1,
    rankByPlacing: counting.findIndex(({ orderId }) => orderId === own.orderId) + 1,
    earlierOrderIds: places.slice(0, index).slice(0, 2),
  };
}
