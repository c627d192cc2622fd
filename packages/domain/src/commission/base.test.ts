import { describe, expect, test } from 'vitest';
import {
  DAY,
  PLACED,
  amended,
  click,
  decided,
  merchant,
  order,
  payoutCancelled,
  refunded,
  scheduled,
} from '../../test/given.ts';
import type { Given } from '../../test/given.ts';
import type { Base } from '../decision.ts';

const LATER = PLACED + DAY;

describe('rule 6: the base', () => {
  test.for<[string, readonly Given[], Partial<Base>]>([
    ['is the lines of the order', [], { linesCents: 100_000, baseCents: 100_000 }],
    [
      'minus its refunds',
      [refunded('o1', 'r2', LATER, 30_000), refunded('o1', 'r1', LATER, 20_000)],
      { refundsCents: 50_000, baseCents: 50_000, refundIds: ['r1', 'r2'] },
    ],
    [
      'never below zero',
      [refunded('o1', 'r1', LATER, 100_001)],
      { refundsCents: 100_001, baseCents: 0 },
    ],
    [
      'counts a refund once, however often it is told',
      [refunded('o1', 'r1', LATER, 30_000), refunded('o1', 'r1', LATER, 30_000)],
      { refundsCents: 30_000 },
    ],
    [
      'with the lines of the latest amendment',
      [amended('o1', 'a1', LATER + 1, 70_000), amended('o1', 'a2', LATER, 80_000)],
      { linesCents: 70_000, amendmentId: 'a1' },
    ],
    [
      'of the greater amendment id at one millisecond',
      [amended('o1', 'a2', LATER, 80_000), amended('o1', 'a1', LATER, 70_000)],
      { linesCents: 80_000, amendmentId: 'a2' },
    ],
    [
      'minus the refunds from before the amendment too',
      [refunded('o1', 'r1', LATER, 30_000), amended('o1', 'a1', LATER + 1, 70_000)],
      { baseCents: 40_000 },
    ],
    [
      "without another order's refunds",
      [order({ id: 'o2' }), refunded('o2', 'r1', LATER, 30_000)],
      { refundsCents: 0 },
    ],
    [
      'with an amendment a millisecond before the lock',
      [amended('o1', 'a1', LATER - 1, 70_000), scheduled('p1', 'anna', LATER)],
      { linesCents: 70_000, refusedAmendmentIds: [] },
    ],
    [
      'without an amendment at the millisecond of the lock or after',
      [
        amended('o1', 'a1', LATER, 70_000),
        amended('o1', 'a0', LATER + 1, 60_000),
        scheduled('p1', 'anna', LATER),
      ],
      { linesCents: 100_000, amendmentId: null, refusedAmendmentIds: ['a1', 'a0'] },
    ],
    [
      'with it after all when the payout is cancelled',
      [
        amended('o1', 'a1', LATER, 70_000),
        scheduled('p1', 'anna', LATER),
        payoutCancelled('p1', 'anna', LATER + 1),
      ],
      { linesCents: 70_000, refusedAmendmentIds: [] },
    ],
    [
      'minus refunds after the lock',
      [scheduled('p1', 'anna', LATER), refunded('o1', 'r1', LATER + 1, 30_000)],
      { baseCents: 70_000 },
    ],
  ])('%s', ([, given, base]) => {
    const facts = [merchant(), click(1, 'anna', PLACED), order(), ...given];
    expect(decided(facts).base).toMatchObject(base);
  });
});
