import { describe, expect, test } from 'vitest';
import {
  DAY,
  PLACED,
  amended,
  awardee,
  cancelled,
  click,
  closed,
  completed,
  coupon,
  decided,
  factsOf,
  identified,
  link,
  merchant,
  order,
  published,
  refunded,
  scheduled,
} from '../test/given.ts';
import { decide } from './decide.ts';
import type { Fact } from './event-catalogue.ts';

const LATER = PLACED + DAY;

const CLICK = click(1, 'anna', PLACED - DAY);
const ORDER = order();

describe('rule 13: of two facts with one key the smaller counts', () => {
  test.for<[string, readonly Fact[], Fact, Fact]>([
    ['a placing: the earlier', [], order({ cents: 900 }), order({ cents: 100, at: LATER })],
    ['a placing: the smaller content', [], order({ cents: 100 }), order({ cents: 900 })],
    [
      'a placing: what the shop told of first, although it was edited to an earlier date',
      [],
      order({ cents: 900, at: LATER, toldAt: LATER }),
      order({ cents: 100, toldAt: LATER + 1 }),
    ],
    [
      'a placing: one that is no state of a shop',
      [],
      order({ cents: 900, at: LATER }),
      order({ cents: 100, toldAt: LATER }),
    ],
    [
      'canonical JSON compares characters, so that 1000 comes before 900',
      [],
      order({ cents: 1000 }),
      order({ cents: 900 }),
    ],
    ['an amendment', [ORDER], amended('o1', 'a', LATER, 100), amended('o1', 'a', LATER, 900)],
    ['a refund', [ORDER], refunded('o1', 'r', LATER, 900), refunded('o1', 'r', LATER + 1, 100)],
    ['a cancellation', [ORDER], cancelled('o1', LATER), cancelled('o1', LATER + 1)],
    ['a completion', [ORDER], completed('o1', LATER), completed('o1', LATER + 1)],
    ['a touch: the earlier', [ORDER], click(2, 'bram', PLACED - 1), click(2, 'anna', PLACED)],
    ['a touch: the smaller content', [ORDER], click(2, 'anna', PLACED), click(2, 'bram', PLACED)],
    [
      'an identification',
      [ORDER, click(2, 'bram', PLACED - 1, { visitor: 'phone' })],
      identified(3, 'phone', 'eva', PLACED - 1),
      identified(3, 'phone', 'finn', PLACED),
    ],
    [
      'terms',
      [ORDER],
      published('affiliate', 2, PLACED - 1, { windowDays: 1 }),
      published('affiliate', 2, PLACED, { windowDays: 9 }),
    ],
    ['a closing', [ORDER], closed('affiliate', PLACED), closed('affiliate', PLACED + 1)],
    ['a link', [ORDER, click(2, 'new', PLACED)], link('new', 'anna'), link('new', 'bram')],
    ['a coupon', [order({ codes: ['NEW'] })], coupon('NEW', 'anna'), coupon('NEW', 'bram')],
    ['a payout', [ORDER], scheduled('p', 'bram', LATER), scheduled('p', 'anna', LATER + 1)],
  ])('%s', ([, setting, smaller, other]) => {
    const decideWith = (...facts: Fact[]) =>
      decide('o1', factsOf(merchant(), CLICK, setting, ...facts));
    const alone = decideWith(smaller);
    expect(alone).not.toBeNull();
    expect(decideWith(other)).not.toEqual(alone);
    expect(decideWith(smaller, other)).toEqual(alone);
    expect(decideWith(other, smaller, other)).toEqual(alone);
  });

  test('when and where the log took a fact is no part of its content', () => {
    const placed = order({ codes: ['ANNA'] });
    const again = { ...placed, id: 'other', recordedAt: 1, position: 99 };
    expect(awardee(merchant(), placed, again)).toBe('anna');
    expect(decided([merchant(), again, placed])).toEqual(decided([merchant(), placed]));
  });
});
