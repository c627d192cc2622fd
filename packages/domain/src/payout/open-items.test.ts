import { expect, test } from 'vitest';
import {
  DAY,
  PLACED,
  cancelled,
  click,
  decided,
  factsOf,
  failed,
  merchant,
  order,
  paid,
  payoutCancelled,
  refunded,
  rejected,
  scheduled,
  writtenOff,
} from '../../test/given.ts';
import type { Given } from '../../test/given.ts';
import { openCents, openItemsOf } from './open-items.ts';

const RELEASED = PLACED + 14 * DAY;
const LATER = RELEASED + DAY;
const PAYOUT = scheduled('p1', 'anna', RELEASED);

/** What is open with whom, if a payout were made long after everything. */
function open(given: readonly Given[]): readonly (readonly [string, number])[] {
  const all = [merchant(), click(1, 'anna', PLACED - DAY), order(), ...given];
  const items = openItemsOf(decided(all), factsOf(...all).entities);
  const at = LATER + 30 * DAY;
  return items.map((item) => [item.partnerId, openCents(item, { at, cutOff: at })]);
}

test.for<[string, readonly Given[], readonly (readonly [string, number])[]]>([
  ['what was earned', [], [['anna', 10_000]]],
  ['nothing once a payout names it', [PAYOUT], []],
  ['nor once it is paid', [PAYOUT, paid('p1', 'anna', LATER)], []],
  [
    'again when the payout is cancelled',
    [PAYOUT, payoutCancelled('p1', 'anna', LATER)],
    [['anna', 10_000]],
  ],
  [
    'or fails',
    [PAYOUT, paid('p1', 'anna', LATER), failed('p1', 'anna', LATER + 1)],
    [['anna', 10_000]],
  ],
  ['less after a refund', [refunded('o1', 'r1', LATER, 40_000)], [['anna', 6000]]],
  ['what was paid too much', [PAYOUT, refunded('o1', 'r1', LATER, 40_000)], [['anna', -4000]]],
  ['all of it after a cancellation', [PAYOUT, cancelled('o1', LATER)], [['anna', -10_000]]],
  ['or a rejection', [PAYOUT, rejected('o1', 'anna', LATER)], [['anna', -10_000]]],
  [
    'what was paid of it only in part',
    [scheduled('p1', 'anna', RELEASED, [{ cents: 9000 }])],
    [['anna', 1000]],
  ],
  ['less what was written off', [writtenOff('w1', 'anna', LATER, 2500)], [['anna', 7500]]],
  [
    'nothing to take back of what was written off and never paid',
    [writtenOff('w1', 'anna', LATER, 2500), cancelled('o1', LATER + 1)],
    [],
  ],
  [
    'nothing when a clawback was written off',
    [PAYOUT, cancelled('o1', LATER), writtenOff('w1', 'anna', LATER, -10_000)],
    [],
  ],
  [
    'what another partner was paid for it as well',
    [PAYOUT, scheduled('p2', 'bram', LATER, [{ cents: 300 }])],
    [['bram', -300]],
  ],
])('open is %s', ([, given, expected]) => {
  expect(open(given)).toEqual(expected);
});

test.for<[string, readonly Given[], number]>([
  ['what wasn’t payable by it isn’t paid', [], 0],
  ['what was paid too much is taken back', [PAYOUT, refunded('o1', 'r1', LATER, 40_000)], -4000],
  [
    'less what was written off of that',
    [PAYOUT, refunded('o1', 'r1', LATER, 40_000), writtenOff('w1', 'anna', LATER, -1500)],
    -2500,
  ],
  [
    'what was paid too little has to wait',
    [scheduled('p1', 'anna', RELEASED, [{ cents: 9000 }])],
    0,
  ],
  ['all is taken back of what came to nothing', [PAYOUT, cancelled('o1', LATER)], -10_000],
])('with a cut-off before the end of the hold, %s', ([, given, expected]) => {
  const all = [merchant(), click(1, 'anna', PLACED - DAY), order(), ...given];
  const [item] = openItemsOf(decided(all), factsOf(...all).entities);
  const cut = { at: LATER + DAY, cutOff: RELEASED - 1 };
  expect(item === undefined ? null : openCents(item, cut)).toBe(expected);
});
