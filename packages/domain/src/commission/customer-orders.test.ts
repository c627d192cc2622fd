import { describe, expect, test } from 'vitest';
import {
  DAY,
  PLACED,
  amended,
  cancelled,
  click,
  decided,
  earned,
  link,
  merchant,
  order,
  payoutCancelled,
  programme,
  refunded,
  rejected,
  scheduled,
} from '../../test/given.ts';
import type { Given } from '../../test/given.ts';
import type { RewardScope, Terms } from '../terms.ts';

const LATER = PLACED + DAY;
const CLICK = click(1, 'anna', PLACED - DAY);

const rewarding = (scope: RewardScope): Partial<Terms> => ({
  reward: { kind: 'percentage', rateBps: 1000, scope },
});

/** Of each order: what the reward came to, or `nobody`. */
const rewards = (given: readonly Given[], orderIds: readonly string[]) =>
  orderIds.map((orderId) => decided(given, orderId).reward?.result ?? 'nobody');

describe('rule 5: the first order', () => {
  const second = order({ id: 'o2', at: LATER });

  test.for<[string, readonly Given[], readonly string[]]>([
    ['the earliest placed earns', [order(), second], ['earned', 'not_first_order']],
    ['in whatever order they arrive', [second, order()], ['earned', 'not_first_order']],
    [
      'the smaller order id of two at one millisecond',
      [order(), order({ id: 'o2' })],
      ['earned', 'not_first_order'],
    ],
    [
      'an order of another customer is no earlier one',
      [order({ customer: 'finn' }), second],
      ['earned', 'earned'],
    ],
    [
      'an order that nobody brought is one',
      [order({ visitor: null }), second],
      ['nobody', 'not_first_order'],
    ],
    [
      'the next is the first when the first is cancelled',
      [order(), second, cancelled('o1', LATER)],
      ['order_cancelled', 'earned'],
    ],
    [
      'or refunded whole',
      [order(), second, refunded('o1', 'r1', LATER, 100_000)],
      ['zero_base', 'earned'],
    ],
    [
      'or amended to nothing',
      [order(), second, amended('o1', 'a1', LATER, 0)],
      ['zero_base', 'earned'],
    ],
    [
      'a partial refund keeps the place',
      [order(), second, refunded('o1', 'r1', LATER, 99_999)],
      ['earned', 'not_first_order'],
    ],
    [
      'a rejected commission keeps the place',
      [order(), second, rejected('o1', 'anna', LATER)],
      ['earned', 'not_first_order'],
    ],
    [
      'over all programmes',
      [
        programme('other'),
        link('other', 'bram', { programme: 'other' }),
        order(),
        second,
        click(2, 'other', LATER),
      ],
      ['earned', 'not_first_order'],
    ],
  ])('%s', ([, given, expected]) => {
    expect(rewards([merchant(), CLICK, ...given], ['o1', 'o2'])).toEqual(expected);
  });

  test('the first three, where the terms reward three', () => {
    const given = [
      merchant(rewarding({ orders: 'first_n_orders', count: 3 })),
      CLICK,
      ...['o1', 'o2', 'o3', 'o4'].map((id, index) => order({ id, at: PLACED + index })),
    ];
    expect(rewards(given, ['o1', 'o2', 'o3', 'o4'])).toEqual([
      'earned',
      'earned',
      'earned',
      'not_first_order',
    ]);
    expect(decided(given, 'o4').reward).toMatchObject({
      rank: 4,
      earlierOrderIds: ['o1', 'o2', 'o3'],
      amountCents: 0,
      arithmetic: 'first 3 orders only: €0.00',
    });
  });

  test('every order, where the terms reward every one', () => {
    const given = [merchant(rewarding({ orders: 'every_order' })), CLICK, order(), second];
    expect(rewards(given, ['o1', 'o2'])).toEqual(['earned', 'earned']);
    expect(decided(given, 'o2').reward).toMatchObject({ rank: 2, earlierOrderIds: [] });
  });
});

describe('rule 11: a locked order keeps its place', () => {
  const first = order();
  const second = order({ id: 'o2', at: LATER });
  const third = order({ id: 'o3', at: LATER + 1 });
  const lock = scheduled('p1', 'anna', PLACED + 20 * DAY, [{ order: 'o2' }]);

  test.for<[string, readonly Given[], readonly string[]]>([
    [
      'from an earlier order that we hear of later',
      [first, second, lock],
      ['superseded_by_lock', 'earned'],
    ],
    [
      'not once it is cancelled',
      [first, second, lock, cancelled('o2', LATER)],
      ['earned', 'order_cancelled'],
    ],
    [
      'not once nothing is left of it',
      [first, second, lock, refunded('o2', 'r1', LATER, 100_000)],
      ['earned', 'zero_base'],
    ],
    [
      'not once the payout is cancelled',
      [first, second, lock, payoutCancelled('p1', 'anna', LATER)],
      ['earned', 'not_first_order'],
    ],
    [
      'the earlier lock of two',
      [first, second, lock, scheduled('p2', 'anna', PLACED + 21 * DAY, [{ order: 'o1' }])],
      ['superseded_by_lock', 'earned'],
    ],
    [
      'a lock under terms that reward every order takes no place',
      [
        programme('every', rewarding({ orders: 'every_order' })),
        first,
        second,
        scheduled('p1', 'anna', LATER, [{ order: 'o2', programme: 'every' }]),
      ],
      ['earned', 'earned'],
    ],
  ])('%s', ([, given, expected]) => {
    expect(rewards([merchant(), CLICK, ...given], ['o1', 'o2'])).toEqual(expected);
  });

  test('the order that loses its place names the one that holds it', () => {
    expect(decided([merchant(), CLICK, first, second, lock]).reward).toMatchObject({
      rank: 2,
      earlierOrderIds: ['o2'],
    });
  });

  test('and comes forward no further than its terms reward', () => {
    const terms = rewarding({ orders: 'first_n_orders', count: 2 });
    const locked = scheduled('p1', 'anna', PLACED + 20 * DAY, [{ order: 'o3' }]);
    const given = [merchant(terms), CLICK, first, second, third, locked];
    expect(rewards(given, ['o1', 'o2', 'o3'])).toEqual(['earned', 'superseded_by_lock', 'earned']);
    expect(['o1', 'o2', 'o3'].map((id) => decided(given, id).reward?.rank)).toEqual([1, 3, 2]);
  });
});

describe('a commission that was earned once and is nothing now', () => {
  const first = order();
  const second = order({ id: 'o2', at: LATER });

  test.for<[string, readonly Given[], number | null]>([
    ['stays, at zero, after a cancellation', [first, cancelled('o1', LATER)], 0],
    ['stays, at zero, after a whole refund', [first, refunded('o1', 'r1', LATER, 100_000)], 0],
    ['stays, at zero, after an amendment to nothing', [first, amended('o1', 'a1', LATER, 0)], 0],
    ['never was for an order of nothing', [order({ cents: 0 })], null],
    [
      'never was for a second order',
      [order({ id: 'o0', at: PLACED - 1 }), first, cancelled('o1', LATER)],
      null,
    ],
    [
      'stays when another order is locked in its place since',
      [first, second, cancelled('o1', LATER), scheduled('p1', 'anna', LATER, [{ order: 'o2' }])],
      0,
    ],
  ])('%s', ([, given, amountCents]) => {
    const { commission } = decided([merchant(), CLICK, ...given]);
    expect(commission?.amountCents ?? null).toBe(amountCents);
  });

  test('a commission that is earned is the reward', () => {
    expect(earned([merchant(), CLICK, first])).toBe(10_000);
  });
});
