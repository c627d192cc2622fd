import { describe, expect, test } from 'vitest';
import { PLACED, click, day, factsOf, identified, order, published } from '../test/given.ts';
import { factsAsOf } from './facts-as-of.ts';
import type { AsOfMoments } from './facts-as-of.ts';
import type { Fact } from './event-catalogue.ts';

const HEARD = PLACED + 10;
const heard = (fact: Fact): Fact => ({ ...fact, recordedAt: HEARD });

describe('rule 10: the facts as of two clocks', () => {
  const facts = factsOf(
    heard(click(1, 'anna', PLACED)),
    heard(identified(2, 'eva', 'eva', PLACED)),
    heard(order()),
  );

  test.for<[string, AsOfMoments, boolean]>([
    ['all of them, when nothing is asked', {}, true],
    ['true from their own millisecond on', { asOf: PLACED }, true],
    ['not true a millisecond before', { asOf: PLACED - 1 }, false],
    ['known from the millisecond they were heard', { knownAt: HEARD }, true],
    ['not known a millisecond before', { knownAt: HEARD - 1 }, false],
    ['true, but not known yet', { asOf: PLACED, knownAt: PLACED }, false],
    ['known, but not true yet', { asOf: PLACED - 1, knownAt: HEARD }, false],
  ])('%s', ([, moments, isThere]) => {
    const { touches, identifications, entities } = factsAsOf(facts, moments);
    const count = isThere ? 1 : 0;
    expect([touches.length, identifications.length, entities.length]).toEqual([
      count,
      count,
      count,
    ]);
  });

  test('terms are there from when they were published, not from when they take effect', () => {
    const terms = factsOf(published('affiliate', 2, day(9), {}, day(5)));
    const at = (asOf: number) => factsAsOf(terms, { asOf }).entities.length;
    expect([at(day(5) - 1), at(day(5))]).toEqual([0, 1]);
  });
});
