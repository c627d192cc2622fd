import { describe, expect, test } from 'vitest';
import {
  DAY,
  PLACED,
  click,
  day,
  decided,
  merchant,
  order,
  published,
  refunded,
} from '../../test/given.ts';
import { shareOf } from '../money.ts';
import type { Reward, RewardScope } from '../terms.ts';

const SCOPE: RewardScope = { orders: 'first_order' };
const percentage = (rateBps: number): Reward => ({ kind: 'percentage', rateBps, scope: SCOPE });
const fixed = (amountCents: number): Reward => ({ kind: 'fixed', amountCents, scope: SCOPE });
const CLICK = click(1, 'anna', PLACED);

describe('rule 7: the amount', () => {
  test.for<[string, Reward, number, number, string]>([
    ['10 % of the base', percentage(1000), 123_450, 12_345, '10.00 % of €1,234.50 = €123.45'],
    ['half a cent rounds up', percentage(1000), 5, 1, '10.00 % of €0.05 = €0.01'],
    ['less than half rounds down', percentage(1000), 4, 0, '10.00 % of €0.04 = €0.00'],
    ['a basis point', percentage(1), 4999, 0, '0.01 % of €49.99 = €0.00'],
    ['a basis point of enough', percentage(1), 5000, 1, '0.01 % of €50.00 = €0.01'],
    ['all of it', percentage(10_000), 999, 999, '100.00 % of €9.99 = €9.99'],
    ['a fixed reward', fixed(5000), 1, 5000, 'fixed €50.00 on €0.01'],
    ['a fixed reward on nothing', fixed(5000), 0, 0, 'fixed €0.00 on €0.00'],
  ])('%s', ([, reward, cents, amountCents, arithmetic]) => {
    const rateBps = 'rateBps' in reward ? reward.rateBps : null;
    expect(decided([merchant({ reward }), CLICK, order({ cents })]).reward).toMatchObject({
      rateBps,
      amountCents,
      arithmetic,
    });
  });

  test('is exact where floating point is not', () => {
    expect(shareOf(999_999_999_995, 1000)).toBe(100_000_000_000);
  });

  test('rounds on the total, not per line', () => {
    const lines = ['1', '2', '3'].map((lineId) => ({ lineId, amountCents: 14 }));
    const placed = order();
    const split =
      placed.type === 'OrderPlaced' ? { ...placed, data: { ...placed.data, lines } } : placed;
    expect(decided([merchant(), CLICK, split]).reward?.amountCents).toBe(4);
  });

  test('is recomputed after a partial refund, with the same terms', () => {
    const given = [
      merchant(),
      published('affiliate', 2, PLACED + 1, { reward: percentage(5000) }),
      CLICK,
      order({ cents: 10_000 }),
      refunded('o1', 'r1', PLACED + DAY, 4995),
    ];
    expect(decided(given).reward?.amountCents).toBe(501);
  });

  test('a fixed reward stays whole under a partial refund', () => {
    const given = [merchant({ reward: fixed(5000) }), CLICK, order({ cents: 10_000 })];
    expect(decided([...given, refunded('o1', 'r1', PLACED, 9999)]).reward?.amountCents).toBe(5000);
    expect(decided([...given, refunded('o1', 'r1', PLACED, 10_000)]).reward?.amountCents).toBe(0);
  });

  test('comes from the terms in force at the placing, from their own millisecond on', () => {
    const newer = (from: number) => published('affiliate', 2, from, { reward: percentage(2000) });
    const amount = (from: number) =>
      decided([merchant(), newer(from), CLICK, order()]).reward?.amountCents;
    expect([amount(day(1)), amount(PLACED), amount(PLACED + 1)]).toEqual([20_000, 20_000, 10_000]);
  });
});
