import { describe, expect, test } from 'vitest';
import {
  DAY,
  PLACED,
  applied,
  approved,
  click,
  closed,
  coupon,
  day,
  disabled,
  entered,
  link,
  merchant,
  opened,
  order,
  partner,
  profileChanged,
  programme,
  published,
  reinstated,
  results,
  suspended,
  visit,
  withdrawn,
} from '../../test/given.ts';
import type { Given } from '../../test/given.ts';
import type { Terms } from '../terms.ts';

const BEFORE = PLACED - DAY;
const CLICK = click(1, 'anna', BEFORE);

interface Case {
  readonly name: string;
  readonly given: readonly Given[];
  readonly result: string;
}

/** What became of the only candidate. */
const resultOf = (given: readonly Given[]) =>
  results(merchant(), ...given).map((line) => line.split(': ').at(-1));

describe('rule 3: bot', () => {
  test.for<Case>([
    { name: 'a click', given: [click(1, 'anna', BEFORE, { bot: true }), order()], result: 'bot' },
    {
      name: 'an entered coupon',
      given: [entered(1, 'ANNA', BEFORE, { bot: true }), order()],
      result: 'bot',
    },
    {
      name: 'never a code on the order',
      given: [order({ codes: ['ANNA'] })],
      result: 'won',
    },
  ])('$name', ({ given, result }) => {
    expect(resultOf(given)).toEqual([result]);
  });
});

describe('rule 3: consent_denied', () => {
  const required: Terms['consent'] = { default: 'required', countries: { NL: 'exempt' } };
  const off: Terms['consent'] = { default: 'off', countries: {} };
  type Signal = 'granted' | 'denied' | 'unknown';

  test.for<[string, Partial<Terms>, Signal, string, string]>([
    ['exempt, granted', {}, 'granted', 'FR', 'won'],
    ['exempt, unknown', {}, 'unknown', 'FR', 'won'],
    ['exempt, denied', {}, 'denied', 'FR', 'consent_denied'],
    ['required, granted', { consent: required }, 'granted', 'FR', 'won'],
    ['required, unknown', { consent: required }, 'unknown', 'FR', 'consent_denied'],
    ['required, denied', { consent: required }, 'denied', 'FR', 'consent_denied'],
    ['required, but exempt in that country', { consent: required }, 'unknown', 'NL', 'won'],
    ['off, denied', { consent: off }, 'denied', 'FR', 'won'],
  ])('%s', ([, terms, consent, country, result]) => {
    for (const touch of [
      click(1, 'anna', BEFORE, { consent, country }),
      entered(1, 'ANNA', BEFORE, { consent, country }),
    ]) {
      expect(results(merchant(terms), touch, order())).toEqual([`1: ${result}`]);
    }
  });
});

describe('rule 3: programme_closed, at the placing', () => {
  const touchOfOther: readonly Given[] = [
    link('other', 'anna', { programme: 'other' }),
    click(1, 'other', BEFORE),
    order(),
  ];

  test.for<Case>([
    {
      name: 'closed a millisecond later: open',
      given: [CLICK, closed('affiliate', PLACED + 1), order()],
      result: 'won',
    },
    {
      name: 'closed at the same millisecond: closed',
      given: [CLICK, closed('affiliate', PLACED), order()],
      result: 'programme_closed',
    },
    {
      name: 'opened at the same millisecond: open',
      given: [...touchOfOther, programme('other', {}, PLACED)],
      result: 'won',
    },
    {
      name: 'not open yet',
      given: [...touchOfOther, opened('other', PLACED + 1), published('other', 1, day(0))],
      result: 'programme_closed',
    },
    {
      name: 'without terms in force yet',
      given: [...touchOfOther, opened('other'), published('other', 1, PLACED + 1)],
      result: 'programme_closed',
    },
    { name: 'a programme nobody opened', given: touchOfOther, result: 'programme_closed' },
  ])('$name', ({ given, result }) => {
    expect(resultOf(given)).toEqual([result]);
  });
});

describe('rule 3: partner_not_active, at the placing', () => {
  const cleo: readonly Given[] = [link('cleo', 'cleo'), click(1, 'cleo', BEFORE), order()];

  test.for<Case>([
    {
      name: 'suspended at the same millisecond',
      given: [CLICK, suspended('anna', PLACED), order()],
      result: 'partner_not_active',
    },
    {
      name: 'suspended a millisecond later',
      given: [CLICK, suspended('anna', PLACED + 1), order()],
      result: 'won',
    },
    {
      name: 'suspended at the touch, reinstated by the order',
      given: [CLICK, suspended('anna', day(1)), reinstated('anna', PLACED), order()],
      result: 'won',
    },
    {
      name: 'suspended and reinstated at one millisecond: the stricter',
      given: [CLICK, reinstated('anna', day(1)), suspended('anna', day(1)), order()],
      result: 'partner_not_active',
    },
    {
      name: 'suspended again',
      given: [
        CLICK,
        suspended('anna', day(1)),
        reinstated('anna', day(2)),
        suspended('anna', day(3)),
        order(),
      ],
      result: 'partner_not_active',
    },
    { name: 'unknown', given: cleo, result: 'partner_not_active' },
    { name: 'only applied', given: [...cleo, applied('cleo')], result: 'partner_not_active' },
    {
      name: 'approved at the same millisecond',
      given: [...cleo, applied('cleo'), approved('cleo', PLACED)],
      result: 'won',
    },
    {
      name: 'approved a millisecond later',
      given: [...cleo, applied('cleo'), approved('cleo', PLACED + 1)],
      result: 'partner_not_active',
    },
    {
      name: 'reinstated without ever being approved',
      given: [...cleo, applied('cleo'), suspended('cleo', day(1)), reinstated('cleo', day(2))],
      result: 'partner_not_active',
    },
  ])('$name', ({ given, result }) => {
    expect(resultOf(given)).toEqual([result]);
  });
});

describe('rule 3: link_disabled, at the touch', () => {
  const fresh: readonly Given[] = [link('fresh', 'anna', { at: BEFORE }), order()];

  test.for<Case>([
    {
      name: 'disabled at the same millisecond',
      given: [CLICK, disabled('anna', BEFORE), order()],
      result: 'link_disabled',
    },
    {
      name: 'disabled between touch and order',
      given: [CLICK, disabled('anna', BEFORE + 1), order()],
      result: 'won',
    },
    {
      name: 'created at the same millisecond',
      given: [...fresh, click(1, 'fresh', BEFORE)],
      result: 'won',
    },
    {
      name: 'not created yet',
      given: [...fresh, click(1, 'fresh', BEFORE - 1)],
      result: 'link_disabled',
    },
    {
      name: 'not created yet when a visit named it',
      given: [...fresh, visit(1, BEFORE - 1, { ref: 'fresh' })],
      result: 'link_disabled',
    },
  ])('$name', ({ given, result }) => {
    expect(resultOf(given)).toEqual([result]);
  });
});

describe('rule 3: coupon_not_valid, at the placing', () => {
  const withCoupon = (validity: { at?: number; validFrom?: number; validUntil?: number }) => [
    coupon('CODE', 'anna', validity),
    order({ codes: ['CODE'] }),
  ];

  test.for<Case>([
    { name: 'from its first moment on', given: withCoupon({ validFrom: PLACED }), result: 'won' },
    {
      name: 'not a millisecond before',
      given: withCoupon({ validFrom: PLACED + 1 }),
      result: 'coupon_not_valid',
    },
    { name: 'to its last moment', given: withCoupon({ validUntil: PLACED }), result: 'won' },
    {
      name: 'not a millisecond after',
      given: withCoupon({ validUntil: PLACED - 1 }),
      result: 'coupon_not_valid',
    },
    { name: 'from its issue on by default', given: withCoupon({ at: PLACED }), result: 'won' },
    {
      name: 'not before its issue',
      given: withCoupon({ at: PLACED + 1 }),
      result: 'coupon_not_valid',
    },
    {
      name: 'not before its issue, whatever it says',
      given: withCoupon({ at: PLACED + 1, validFrom: day(0) }),
      result: 'coupon_not_valid',
    },
    {
      name: 'not when withdrawn at the same millisecond',
      given: [withdrawn('ANNA', PLACED), order({ codes: ['ANNA'] })],
      result: 'coupon_not_valid',
    },
    {
      name: 'withdrawn a millisecond later',
      given: [withdrawn('ANNA', PLACED + 1), order({ codes: ['ANNA'] })],
      result: 'won',
    },
    {
      name: 'an entered one is judged at the placing too',
      given: [entered(1, 'ANNA', BEFORE), withdrawn('ANNA', PLACED), order()],
      result: 'coupon_not_valid',
    },
  ])('$name', ({ given, result }) => {
    expect(resultOf(given)).toEqual([result]);
  });
});

describe('rule 3: self_referral', () => {
  const cleo: readonly Given[] = [link('cleo', 'cleo'), click(1, 'cleo', BEFORE), order()];

  test.for<Case>([
    {
      name: 'the customer is the partner',
      given: [...cleo, partner('cleo', ['finn', 'eva'])],
      result: 'self_referral',
    },
    { name: 'another partner is', given: [...cleo, partner('cleo', ['finn'])], result: 'won' },
    {
      name: 'by the profile in force at the placing: changed by then',
      given: [...cleo, partner('cleo', ['finn']), profileChanged('cleo', PLACED, ['eva'])],
      result: 'self_referral',
    },
    {
      name: 'by the profile in force at the placing: changed later',
      given: [...cleo, partner('cleo', ['finn']), profileChanged('cleo', PLACED + 1, ['eva'])],
      result: 'won',
    },
    {
      name: 'no longer the partner',
      given: [...cleo, partner('cleo', ['eva']), profileChanged('cleo', day(1), ['finn'])],
      result: 'won',
    },
    {
      name: 'by the first profile when there was none yet',
      given: [
        ...cleo,
        approved('cleo'),
        applied('cleo', PLACED + 1, ['eva']),
        profileChanged('cleo', PLACED + 2, ['finn']),
      ],
      result: 'self_referral',
    },
    {
      name: 'by the changed profile when application and change carry one millisecond',
      given: [
        ...cleo,
        approved('cleo'),
        profileChanged('cleo', day(1), ['eva']),
        applied('cleo', day(1), ['finn']),
      ],
      result: 'self_referral',
    },
    {
      name: 'with a coupon too',
      given: [partner('cleo', ['eva']), coupon('CLEO', 'cleo'), order({ codes: ['CLEO'] })],
      result: 'self_referral',
    },
  ])('$name', ({ given, result }) => {
    expect(resultOf(given)).toEqual([result]);
  });
});

describe('rule 3: currency_mismatch and outside_window', () => {
  test.for<Case>([
    {
      name: 'an order in another currency than the programme',
      given: [CLICK, order({ currency: 'USD' })],
      result: 'currency_mismatch',
    },
    {
      name: 'a touch on the first millisecond of the window',
      given: [click(1, 'anna', PLACED - 90 * DAY), order()],
      result: 'won',
    },
    {
      name: 'a touch a millisecond before it',
      given: [click(1, 'anna', PLACED - 90 * DAY - 1), order()],
      result: 'outside_window',
    },
    {
      name: 'a code entered before it',
      given: [entered(1, 'ANNA', PLACED - 90 * DAY - 1), order()],
      result: 'outside_window',
    },
    {
      name: 'a window that became shorter by the time of the order',
      given: [
        click(1, 'anna', PLACED - 31 * DAY),
        published('affiliate', 2, PLACED, { windowDays: 30 }),
        order(),
      ],
      result: 'outside_window',
    },
    {
      name: 'a window that becomes shorter a millisecond later',
      given: [
        click(1, 'anna', PLACED - 31 * DAY),
        published('affiliate', 2, PLACED + 1, { windowDays: 30 }),
        order(),
      ],
      result: 'won',
    },
    {
      name: 'of two terms from one moment the greater version',
      given: [
        click(1, 'anna', PLACED - 31 * DAY),
        published('affiliate', 3, day(9), { windowDays: 30 }),
        published('affiliate', 2, day(9), { windowDays: 60 }),
        order(),
      ],
      result: 'outside_window',
    },
  ])('$name', ({ given, result }) => {
    expect(resultOf(given)).toEqual([result]);
  });
});

describe('rule 2: each touch by the window of its own programme', () => {
  test('the longer window of another programme helps nobody', () => {
    expect(
      results(
        merchant(),
        programme('short', { windowDays: 10 }),
        link('short', 'bram', { programme: 'short' }),
        click(1, 'anna', PLACED - 20 * DAY),
        click(2, 'short', PLACED - 11 * DAY),
        order(),
      ),
    ).toEqual(['2: outside_window', '1: won']);
  });
});

describe('rule 3: the first reason of the list is the one told', () => {
  const touch = click(1, 'cleo', day(1), { bot: true, consent: 'denied' });

  test.for<[string, readonly Given[]]>([
    ['bot', [touch, programme('other', { currency: 'USD' })]],
    [
      'consent_denied',
      [
        click(1, 'cleo', day(1), { consent: 'denied' }),
        programme('other'),
        closed('other', day(2)),
      ],
    ],
    ['programme_closed', [click(1, 'cleo', day(1)), opened('other')]],
    ['partner_not_active', [click(1, 'cleo', day(1)), programme('other', { currency: 'USD' })]],
    [
      'link_disabled',
      [click(1, 'cleo', day(1)), programme('other', { currency: 'USD' }), approved('cleo')],
    ],
    [
      'self_referral',
      [click(1, 'cleo', day(3)), programme('other', { currency: 'USD' }), approved('cleo')],
    ],
    [
      'currency_mismatch',
      [
        click(1, 'cleo', day(3)),
        programme('other', { currency: 'USD' }),
        approved('cleo'),
        profileChanged('cleo', day(4)),
      ],
    ],
    [
      'outside_window',
      [
        click(1, 'cleo', day(3)),
        programme('other'),
        approved('cleo'),
        profileChanged('cleo', day(4)),
      ],
    ],
  ])('%s', ([reason, given]) => {
    expect(
      results(
        applied('cleo', day(0), ['eva']),
        link('cleo', 'cleo', { programme: 'other', at: day(2) }),
        ...given,
        order(),
      ),
    ).toEqual([`1: ${reason}`]);
  });
});
