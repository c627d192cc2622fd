import { describe, expect, test } from 'vitest';
import {
  DAY,
  PLACED,
  amended,
  cancelled,
  click,
  completed,
  decided,
  failed,
  merchant,
  order,
  paid,
  payoutCancelled,
  refunded,
  rejected,
  restored,
  scheduled,
  writtenOff,
} from '../../test/given.ts';
import type { Given } from '../../test/given.ts';
import type { CommissionStatus } from '../decision.ts';
import type { Terms } from '../terms.ts';
import { commissionStatus, payableCommissionCents, pendingCommissionCents } from './status.ts';

const CLICK = click(1, 'anna', PLACED);
const LATER = PLACED + DAY;
const RELEASED = PLACED + 14 * DAY;
const PAYOUT = scheduled('p1', 'anna', RELEASED);

const PAID = [PAYOUT, paid('p1', 'anna', RELEASED)];
/** A rejection that was taken back. */
const OVERTURNED = [rejected('o1', 'anna', LATER), restored('o1', 'anna', LATER + 1)];
const takenBack = (payoutId: string, cents = 10_000) =>
  scheduled(payoutId, 'anna', RELEASED + 1, [{ cents: -cents }]);

const paying = (cents: number) => scheduled('p1', 'anna', RELEASED, [{ cents }]);

const decisionOn = (given: readonly Given[], terms: Partial<Terms> = {}) =>
  decided([merchant(terms), CLICK, order(), ...given]);

describe('rule 8: the hold', () => {
  const fromCompletion: Partial<Terms> = { holdFrom: 'completed', holdDays: 3 };

  test.for<[string, Partial<Terms>, readonly Given[], number | null]>([
    ['fourteen days after the placing', {}, [], PLACED + 14 * DAY],
    ['at once without a hold', { holdDays: 0 }, [], PLACED],
    ['a completion changes nothing by default', {}, [completed('o1', LATER)], PLACED + 14 * DAY],
    ['not before completion, where the terms say so', fromCompletion, [], null],
    ['so many days after it', fromCompletion, [completed('o1', LATER)], LATER + 3 * DAY],
    [
      'after the first, when it is told twice',
      fromCompletion,
      [completed('o1', LATER + 5), completed('o1', LATER)],
      LATER + 3 * DAY,
    ],
  ])('%s', ([, terms, given, payableFrom]) => {
    expect(decisionOn(given, terms).commission?.payableFrom).toBe(payableFrom);
  });

  test('payable from that millisecond on', () => {
    const decision = decisionOn([]);
    const at = (moment: number) => [
      commissionStatus(decision, moment),
      pendingCommissionCents(decision, moment),
      payableCommissionCents(decision, moment),
    ];
    expect(at(RELEASED - 1)).toEqual(['pending', 10_000, 0]);
    expect(at(RELEASED)).toEqual(['payable', 0, 10_000]);
  });

  test('what waits for a completion is pending however long', () => {
    const decision = decisionOn([], fromCompletion);
    expect(commissionStatus(decision, PLACED + 1000 * DAY)).toBe('pending');
  });
});

describe('rule 8: the status is the first that applies', () => {
  test.for<[string, readonly Given[], CommissionStatus | null]>([
    ['payable', [], 'payable'],
    ['scheduled', [PAYOUT], 'scheduled'],
    ['paid', [PAYOUT, paid('p1', 'anna', RELEASED)], 'paid'],
    ['payable again after a failed payment', [PAYOUT, failed('p1', 'anna', RELEASED)], 'payable'],
    [
      'payable again after a cancelled payout',
      [PAYOUT, payoutCancelled('p1', 'anna', RELEASED)],
      'payable',
    ],
    [
      'payable again when a payment that was reported comes back',
      [PAYOUT, paid('p1', 'anna', RELEASED), failed('p1', 'anna', RELEASED + 1)],
      'payable',
    ],
    [
      'paid, with a correction still to come',
      [PAYOUT, paid('p1', 'anna', RELEASED), scheduled('p2', 'anna', RELEASED + 1)],
      'paid',
    ],
    ['paid, with a part of it taken back', [...PAID, takenBack('p2', 4000)], 'paid'],
    [
      'payable again after it was taken back',
      [...PAID, ...OVERTURNED, takenBack('p2'), paid('p2', 'anna', RELEASED + 2)],
      'payable',
    ],
    [
      'payable again already while a payout is to take it back',
      [...PAID, ...OVERTURNED, takenBack('p2')],
      'payable',
    ],
    [
      'scheduled, when it was taken back and is to be paid again',
      [
        ...PAID,
        ...OVERTURNED,
        takenBack('p2'),
        paid('p2', 'anna', RELEASED + 2),
        scheduled('p3', 'anna', RELEASED + 3),
      ],
      'scheduled',
    ],
    [
      'reversed, although it was paid',
      [PAYOUT, paid('p1', 'anna', RELEASED), cancelled('o1', RELEASED)],
      'reversed',
    ],
    ['reversed: refunded whole', [refunded('o1', 'r1', LATER, 100_000)], 'reversed'],
    ['reversed: amended to nothing', [amended('o1', 'a1', LATER, 0)], 'reversed'],
    [
      'rejected, although it was reversed and paid',
      [
        PAYOUT,
        paid('p1', 'anna', RELEASED),
        cancelled('o1', RELEASED),
        rejected('o1', 'anna', LATER),
      ],
      'rejected',
    ],
    ['none for what never earned', [order({ id: 'o0', at: PLACED - 1 })], null],
  ])('%s', ([, given, status]) => {
    expect(commissionStatus(decisionOn(given), RELEASED)).toBe(status);
  });

  test('none for an order that nobody got', () => {
    expect(commissionStatus(decided([merchant(), order()]), RELEASED)).toBeNull();
  });
});

describe('what is written off', () => {
  const off = (cents: number) => writtenOff('w1', 'anna', LATER, cents);

  test.for<[string, readonly Given[], CommissionStatus, number]>([
    ['all of it', [off(10_000)], 'written_off', 10_000],
    ['a part: the rest is payable', [off(4000)], 'payable', 4000],
    ['a part, and the rest is to be paid', [off(4000), paying(6000)], 'scheduled', 4000],
    [
      'a part, and the rest is paid',
      [off(4000), paying(6000), paid('p1', 'anna', RELEASED)],
      'paid',
      4000,
    ],
    ['in two parts', [off(4000), writtenOff('w2', 'anna', LATER, 6000)], 'written_off', 10_000],
    ['told twice', [off(4000), off(4000)], 'payable', 4000],
    [
      'more than it earns since a refund',
      [off(10_000), refunded('o1', 'r1', LATER, 40_000)],
      'written_off',
      6000,
    ],
    [
      'less than it earns since an amendment',
      [off(10_000), amended('o1', 'a1', LATER, 150_000)],
      'payable',
      10_000,
    ],
    ['what was paid already changes nothing', [...PAID, off(10_000)], 'paid', 0],
    [
      'what came back from the bank',
      [PAYOUT, failed('p1', 'anna', RELEASED), off(10_000)],
      'written_off',
      10_000,
    ],
    [
      'what is to be taken back',
      [...PAID, refunded('o1', 'r1', LATER, 40_000), off(-4000)],
      'paid',
      0,
    ],
    ['what was rejected', [rejected('o1', 'anna', LATER), off(10_000)], 'rejected', 0],
    ['what was refunded whole', [refunded('o1', 'r1', LATER, 100_000), off(10_000)], 'reversed', 0],
    ['of another partner', [writtenOff('w1', 'bram', LATER, 10_000)], 'payable', 0],
  ])('%s', ([, given, status, cents]) => {
    const decision = decisionOn(given);
    expect(commissionStatus(decision, RELEASED)).toBe(status);
    expect(decision.commission?.writtenOffCents).toBe(cents);
  });
});

describe('rule 12: verdicts', () => {
  test.for<[string, readonly Given[], boolean]>([
    ['a rejection', [rejected('o1', 'anna', LATER)], true],
    ['of another order', [rejected('o2', 'anna', LATER)], false],
    ['of another partner stays behind', [rejected('o1', 'bram', LATER)], false],
    ['taken back', [rejected('o1', 'anna', LATER), restored('o1', 'anna', LATER + 1)], false],
    [
      'given again',
      [
        rejected('o1', 'anna', LATER + 2),
        restored('o1', 'anna', LATER + 1),
        rejected('o1', 'anna', LATER),
      ],
      true,
    ],
    [
      'at one millisecond the stricter',
      [rejected('o1', 'anna', LATER), restored('o1', 'anna', LATER)],
      true,
    ],
  ])('%s', ([, given, isRejected]) => {
    const decision = decisionOn(given);
    expect(decision.commission?.rejection !== null).toBe(isRejected);
    expect(payableCommissionCents(decision, RELEASED)).toBe(isRejected ? 0 : 10_000);
  });

  test('tells who and why', () => {
    expect(decisionOn([rejected('o1', 'anna', LATER, 'self-made')]).commission?.rejection).toEqual({
      occurredAt: LATER,
      reason: 'self-made',
      by: 'key-1',
    });
  });
});
