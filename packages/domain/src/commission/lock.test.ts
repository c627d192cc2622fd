import { describe, expect, test } from 'vitest';
import {
  DAY,
  PLACED,
  click,
  decided,
  entered,
  failed,
  merchant,
  order,
  payoutCancelled,
  programme,
  published,
  results,
  scheduled,
  uuid,
} from '../../test/given.ts';
import type { Given } from '../../test/given.ts';

const BEFORE = PLACED - DAY;
const LATER = PLACED + 20 * DAY;
const OF_ANNA = click(1, 'anna', BEFORE);
/** Heard of only after the payout, and later than the click of `anna`. */
const OF_BRAM = click(2, 'bram', BEFORE + 1);
const PAYOUT = scheduled('p1', 'anna', LATER);

describe('rule 11: the lock', () => {
  test.for<[string, readonly Given[], string | null, string | null]>([
    ['none without a payout', [], 'bram', null],
    ['the payout that names the order', [PAYOUT], 'anna', 'p1'],
    [
      'not one that names another',
      [scheduled('p1', 'anna', LATER, [{ order: 'o2' }])],
      'bram',
      null,
    ],
    [
      'the first of two',
      [scheduled('p0', 'bram', LATER + 1, [{ touch: 2 }]), PAYOUT],
      'anna',
      'p1',
    ],
    [
      'the smaller payout id at one millisecond',
      [scheduled('p0', 'bram', LATER, [{ touch: 2 }]), PAYOUT],
      'bram',
      'p0',
    ],
    ['not when cancelled', [PAYOUT, payoutCancelled('p1', 'anna', LATER)], 'bram', null],
    [
      'the next when the first is cancelled',
      [PAYOUT, payoutCancelled('p1', 'anna', LATER), scheduled('p2', 'anna', LATER + DAY)],
      'anna',
      'p2',
    ],
    ['also after a failed payment', [PAYOUT, failed('p1', 'anna', LATER)], 'anna', 'p1'],
    [
      'not under terms that nobody published',
      [scheduled('p1', 'anna', LATER, [{ terms: 9 }])],
      'bram',
      null,
    ],
  ])('%s', ([, given, partnerId, payoutId]) => {
    const { award } = decided([merchant(), OF_ANNA, OF_BRAM, order(), ...given]);
    expect([award?.partnerId, award?.lockedByPayoutId]).toEqual([partnerId, payoutId]);
  });

  test.for<[string, readonly Given[], readonly string[]]>([
    [
      'the touch that would have won lost to it',
      [OF_ANNA, OF_BRAM, order()],
      ['2: superseded_by_lock', '1: won'],
    ],
    [
      'others keep the reason they had',
      [
        OF_ANNA,
        OF_BRAM,
        click(3, 'bram', BEFORE - 1),
        click(4, 'bram', BEFORE - 2, { bot: true }),
        order(),
      ],
      ['2: superseded_by_lock', '1: won', '3: superseded_by_later_touch', '4: bot'],
    ],
    [
      'a coupon that came to light lost to it too',
      [OF_ANNA, entered(3, 'BRAM', BEFORE - 5), order()],
      ['1: won', '3: superseded_by_lock'],
    ],
    [
      'a touch that is out by now won all the same',
      [click(1, 'anna', BEFORE, { bot: true }), order()],
      ['1: won'],
    ],
    [
      'the award stands when its touch is no candidate any more',
      [OF_BRAM, order()],
      ['2: superseded_by_lock'],
    ],
  ])('%s', ([, given, candidates]) => {
    expect(results(merchant(), PAYOUT, ...given)).toEqual(candidates);
  });

  test('the terms are those of the payout line', () => {
    const given = [
      merchant(),
      published('affiliate', 2, PLACED, {
        reward: { kind: 'percentage', rateBps: 5000, scope: { orders: 'every_order' } },
      }),
      OF_ANNA,
      order(),
      PAYOUT,
    ];
    expect(decided(given).award?.termsVersion).toBe(1);
    expect(decided(given).reward?.amountCents).toBe(10_000);
  });

  test('the award is that of the payout line, also for a code that is on no order', () => {
    const given = [
      merchant(),
      programme('other'),
      order(),
      scheduled('p1', 'bram', LATER, [{ programme: 'other', touch: 'coupon:GONE' }]),
    ];
    expect(decided(given)).toMatchObject({
      outcome: 'awarded',
      candidates: [],
      award: {
        partnerId: 'bram',
        programmeId: 'other',
        termsVersion: 1,
        touchId: 'coupon:GONE',
        kind: 'order_coupon',
        linkCode: null,
        couponCode: 'GONE',
        lockedByPayoutId: 'p1',
      },
    });
  });

  test('the payouts of an order are told with what they pay of it', () => {
    const given = [
      merchant(),
      OF_ANNA,
      order(),
      scheduled('p2', 'anna', LATER + 1, [{ cents: -500 }, { order: 'o2', cents: 900 }]),
      PAYOUT,
      scheduled('p3', 'anna', LATER + 2),
      payoutCancelled('p3', 'anna', LATER + 3),
    ];
    expect(decided(given).award?.touchId).toBe(uuid(1));
    expect(decided(given).commission?.payouts).toEqual([
      { payoutId: 'p1', state: 'scheduled', amountCents: 10_000 },
      { payoutId: 'p2', state: 'scheduled', amountCents: -500 },
    ]);
  });
});
