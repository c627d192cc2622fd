import { describe, expect, test } from 'vitest';
import { coupon, day, disabled, factsOf, link, programme, published } from '../../test/given.ts';
import type { Given } from '../../test/given.ts';
import { payoutTerms } from './payout-terms.ts';

describe('rule 9: the threshold for a payout', () => {
  const THRESHOLDS = [
    programme('high', { payoutThresholdCents: 9000 }),
    programme('low', { payoutThresholdCents: 2000 }),
    programme('dollars', { payoutThresholdCents: 100, currency: 'USD' }),
    published('low', 2, day(9), { payoutThresholdCents: 3000 }),
  ];

  test.for<[string, readonly Given[], number | null]>([
    ['none without a link or coupon', [link('bram', 'bram', { programme: 'low' })], null],
    [
      "that of the programme of the partner's link",
      [link('a', 'anna', { programme: 'high' })],
      9000,
    ],
    [
      'the lowest of several',
      [link('a', 'anna', { programme: 'high' }), coupon('A', 'anna', { programme: 'low' })],
      2000,
    ],
    [
      'also by a link that was disabled since',
      [link('a', 'anna', { programme: 'high' }), disabled('a', day(2))],
      9000,
    ],
    ['not by a link of tomorrow', [link('a', 'anna', { programme: 'high', at: day(6) })], null],
    ['not of another currency', [link('a', 'anna', { programme: 'dollars' })], null],
  ])('%s', ([, given, cents]) => {
    const { entities } = factsOf(...THRESHOLDS, ...given);
    expect(payoutTerms('anna', day(5), entities, 'EUR')?.thresholdCents ?? null).toBe(cents);
  });

  test('the one in force at the moment', () => {
    const { entities } = factsOf(...THRESHOLDS, link('a', 'anna', { programme: 'low' }));
    const at = (moment: number) => payoutTerms('anna', moment, entities, 'EUR')?.thresholdCents;
    expect([at(day(9) - 1), at(day(9))]).toEqual([2000, 3000]);
  });
});
