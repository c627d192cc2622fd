import { describe, expect, test } from 'vitest';
import { coupon, day, disabled, factsOf, link, programme, published } from '../test/given.ts';
import type { Given } from '../test/given.ts';
import { payoutThreshold, termsInForce } from './terms-in-force.ts';

describe('the terms in force', () => {
  const { entities } = factsOf(
    programme('affiliate', {}, day(1)),
    published('affiliate', 2, day(5), {}, day(2)),
    published('affiliate', 3, day(5), {}, day(3)),
    published('affiliate', 4, day(4), {}, day(4)),
    programme('other', {}, day(0)),
  );

  test.for<[string, number, number | null]>([
    ['none before the first', day(1) - 1, null],
    ['from their own millisecond on', day(1), 1],
    ['not from when they were published', day(4) - 1, 1],
    ['a later version that took effect earlier gives way', day(4), 4],
    ['of two from one moment the greater version', day(5), 3],
  ])('%s', ([, at, version]) => {
    expect(termsInForce('affiliate', at, entities)?.termsVersion ?? null).toBe(version);
  });
});

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
    expect(payoutThreshold('anna', day(5), entities, 'EUR')).toBe(cents);
  });

  test('the one in force at the moment', () => {
    const { entities } = factsOf(...THRESHOLDS, link('a', 'anna', { programme: 'low' }));
    const at = (moment: number) => payoutThreshold('anna', moment, entities);
    expect([at(day(9) - 1), at(day(9))]).toEqual([2000, 3000]);
  });
});
