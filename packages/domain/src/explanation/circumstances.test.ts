import { describe, expect, test } from 'vitest';
import {
  DAY,
  PLACED,
  approved,
  applied,
  click,
  closed,
  coupon,
  decided,
  disabled,
  link,
  merchant,
  opened,
  order,
  partner,
  programme,
  published,
  reinstated,
  suspended,
  withdrawn,
  type Given,
} from '../../test/given.ts';
import type { Circumstances } from './circumstances.ts';
import { explain } from './explain.ts';
import { couponState } from '../state/coupon-state.ts';
import { linkState } from '../state/link-state.ts';
import { partnerState } from '../state/partner-state.ts';
import { programmeState } from '../state/programme-state.ts';

const BEFORE = PLACED - DAY;
const LATER = PLACED + DAY;

/** What is known of everything called `cleo`. */
function circumstancesOf(given: readonly Given[]): Circumstances {
  const facts = given.flat();
  const known = <T>(id: string, state: T | null) =>
    new Map<string, T>(state === null ? [] : [[id, state]]);
  const of = (id: string) => facts.filter(({ data }) => Object.values(data).includes(id));
  return {
    coupons: known('CLEO', couponState(of('CLEO'))),
    links: known('cleo', linkState(of('cleo'))),
    partners: known('cleo', partnerState(of('cleo'))),
    programmes: known('cleo', programmeState(of('cleo'))),
  };
}

describe('why a candidate is out', () => {
  const clicked: readonly Given[] = [link('cleo', 'anna'), click(1, 'cleo', BEFORE), order()];
  const used: readonly Given[] = [order({ codes: ['CLEO'] })];
  const theirs: readonly Given[] = [link('theirs', 'cleo'), click(1, 'theirs', BEFORE), order()];
  const inCleo: readonly Given[] = [
    link('theirs', 'anna', { programme: 'cleo' }),
    click(1, 'theirs', BEFORE),
    order(),
  ];

  test.for<[string, readonly Given[], string]>([
    [
      'a coupon that ended',
      [coupon('CLEO', 'anna', { validUntil: BEFORE }), ...used],
      'was not valid when the order was placed; it was valid until 2026-07-19T00:00:00.000Z.',
    ],
    [
      'a coupon that has not begun',
      [coupon('CLEO', 'anna', { validFrom: LATER }), ...used],
      '; it is valid from 2026-07-21T00:00:00.000Z on.',
    ],
    [
      'a coupon that was withdrawn, though it would have ended later',
      [coupon('CLEO', 'anna', { validUntil: LATER }), withdrawn('CLEO', BEFORE), ...used],
      '; it was withdrawn at 2026-07-19T00:00:00.000Z.',
    ],
    [
      'a coupon issued afterwards',
      [coupon('CLEO', 'anna', { at: LATER }), ...used],
      '; it was issued at 2026-07-21T00:00:00.000Z.',
    ],
    [
      'a link disabled before the click',
      [disabled('cleo', BEFORE - 1), ...clicked],
      'was not in use at that moment; it was disabled at 2026-07-18T23:59:59.999Z.',
    ],
    [
      'a link created after the click',
      [link('cleo', 'anna', { at: LATER }), click(1, 'cleo', BEFORE), order()],
      '; it was created at 2026-07-21T00:00:00.000Z.',
    ],
    [
      'a partner who is suspended',
      [partner('cleo'), suspended('cleo', BEFORE), ...theirs],
      'cleo was not an active partner when the order was placed; they have been suspended since 2026-07-19T00:00:00.000Z.',
    ],
    [
      'a partner approved afterwards',
      [applied('cleo'), approved('cleo', LATER), ...theirs],
      '; they were approved at 2026-07-21T00:00:00.000Z.',
    ],
    ['a partner never approved', [applied('cleo'), ...theirs], '; they are not approved yet.'],
    [
      'a programme that was closed',
      [programme('cleo'), closed('cleo', BEFORE), ...inCleo],
      'when the order was placed; it was closed at 2026-07-19T00:00:00.000Z.',
    ],
    [
      'a programme opened afterwards',
      [programme('cleo', {}, LATER), ...inCleo],
      '; it was opened at 2026-07-21T00:00:00.000Z.',
    ],
    ['a programme without terms', [opened('cleo'), ...inCleo], '; it has no terms yet.'],
    [
      'a programme whose terms come later',
      [opened('cleo'), published('cleo', 1, LATER), ...inCleo],
      '; its first terms are in force from 2026-07-21T00:00:00.000Z on.',
    ],
  ])('%s', ([, given, sentence]) => {
    const circumstances = circumstancesOf(given);
    expect(explain(decided([merchant(), ...given]), { circumstances })).toContain(sentence);
  });

  test('nothing is told of a suspension that was lifted since', () => {
    const given = [
      partner('cleo'),
      suspended('cleo', BEFORE),
      reinstated('cleo', LATER),
      ...theirs,
    ];
    const circumstances = circumstancesOf(given);
    expect(explain(decided([merchant(), ...given]), { circumstances })).toContain(
      'cleo was not an active partner when the order was placed.',
    );
  });
});
