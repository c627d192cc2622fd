import { describe, expect, test } from 'vitest';
import {
  DAY,
  PLACED,
  amended,
  cancelled,
  click,
  coupon,
  decided,
  disabled,
  entered,
  link,
  merchant,
  order,
  paid,
  partner,
  programme,
  refunded,
  rejected,
  scheduled,
  writtenOff,
  suspended,
  visit,
  withdrawn,
} from '../../test/given.ts';
import type { Given } from '../../test/given.ts';
import { explain } from './explain.ts';
import type { ExplainOptions } from './explain.ts';
import { amountText, percentageText } from './text.ts';

const BEFORE = PLACED - DAY;
const LATER = PLACED + DAY;
const CLICK = click(1, 'anna', BEFORE);
const NAMES: ExplainOptions = { names: (partnerId) => `${partnerId.toUpperCase()} B.V.` };

const explained = (given: readonly Given[], options: ExplainOptions = {}) =>
  explain(decided([merchant(), ...given]), options);

describe('an explanation', () => {
  test('reads from the order to the status', () => {
    const given = [
      CLICK,
      visit(2, BEFORE + 1, { ref: 'bram', bot: true }),
      order({ codes: ['BRAM', 'SUMMER'], cents: 123_450 }),
      refunded('o1', 'r1', LATER, 23_450),
    ];
    expect(explained(given, { ...NAMES, at: PLACED + 14 * DAY })).toBe(
      [
        'Order o1 was placed at 2026-07-20T00:00:00.000Z with the codes BRAM, SUMMER; its lines come to €1,234.50 without VAT and shipping. Refunded: €234.50 (r1), which leaves €1,000.00.',
        '',
        'BRAM B.V. gets it (programme affiliate, terms version 1), for the coupon BRAM on the order (BRAM B.V.).',
        '',
        'The visit through link bram at 2026-07-19T00:00:00.001Z (BRAM B.V.) is out: a bot made it, not a person.',
        'The click on link anna at 2026-07-19T00:00:00.000Z (ANNA B.V.) counted, but the coupon that won goes before it.',
        "The code SUMMER is no partner's coupon.",
        '',
        "The terms reward a customer's first order, and this is order number 1 of the customer. It earns €100.00 (10.00 % of €1,000.00 = €100.00).",
        '',
        'The hold ends at 2026-08-03T00:00:00.000Z. At 2026-08-03T00:00:00.000Z the commission is payable.',
      ].join('\n'),
    );
  });

  const cleo: readonly Given[] = [click(1, 'cleo', BEFORE), order()];

  test.for<[string, readonly Given[], string]>([
    ['no candidate', [order()], 'Nobody gets it: no click, visit or coupon'],
    ['all out', [click(1, 'anna', BEFORE, { bot: true }), order()], 'Nobody gets it: every click'],
    [
      'codes that nobody was given',
      [order({ codes: ['SUMMER', 'anna ', 'not a code!'] })],
      "The codes SUMMER, not a code! are no partner's coupons.",
    ],
    ['bot', [click(1, 'anna', BEFORE, { bot: true }), order()], 'is out: a bot made it'],
    [
      'consent_denied',
      [click(1, 'anna', BEFORE, { consent: 'denied' }), order()],
      'the visitor had not given the consent',
    ],
    [
      'programme_closed',
      [link('cleo', 'anna', { programme: 'gone' }), ...cleo],
      'the programme gone was not open',
    ],
    ['partner_not_active', [CLICK, suspended('anna', BEFORE), order()], 'anna was not an active'],
    ['link_disabled', [CLICK, disabled('anna', BEFORE), order()], 'the link anna was not in use'],
    [
      'coupon_not_valid',
      [withdrawn('ANNA', BEFORE), order({ codes: ['ANNA'] })],
      'the coupon ANNA was not valid',
    ],
    [
      'self_referral',
      [partner('cleo', ['eva']), link('cleo', 'cleo'), ...cleo],
      'the customer is cleo',
    ],
    ['currency_mismatch', [CLICK, order({ currency: 'USD' })], 'the order is in USD'],
    [
      'outside_window',
      [click(1, 'anna', PLACED - 91 * DAY), order()],
      'it came before the window opened at 2026-04-21T00:00:00.000Z',
    ],
    [
      'superseded_by_coupon',
      [entered(1, 'ANNA', BEFORE), entered(2, 'BRAM', BEFORE), order()],
      `The coupon ANNA entered at 2026-07-19T00:00:00.000Z (anna) counted, but the coupon that won`,
    ],
    [
      'superseded_by_later_touch',
      [CLICK, click(2, 'bram', PLACED), order()],
      'counted, but a later touch won',
    ],
    [
      'superseded_by_link',
      [
        programme('link-first', { precedence: 'link' }),
        link('cleo', 'anna', { programme: 'link-first' }),
        coupon('CLEO', 'bram', { programme: 'link-first' }),
        click(1, 'cleo', BEFORE),
        order({ codes: ['CLEO'] }),
      ],
      'counted, but under the terms of its programme a link goes before a coupon',
    ],
    [
      'superseded_by_lock',
      [CLICK, click(2, 'bram', PLACED), order(), scheduled('p1', 'anna', LATER)],
      'counted, but the award was fixed when it was put into payout p1',
    ],
    [
      'a lock',
      [CLICK, order(), scheduled('p1', 'anna', LATER)],
      'The award and its terms are fixed since it was put into payout p1.',
    ],
    [
      'a lock whose touch is gone',
      [order(), scheduled('p1', 'anna', LATER, [{ touch: 'coupon:GONE' }])],
      'for the coupon GONE.',
    ],
    [
      'a refused amendment',
      [CLICK, order(), scheduled('p1', 'anna', LATER), amended('o1', 'a1', LATER, 1)],
      'What came after the payout was refused: amendment a1.',
    ],
    ['an amendment', [CLICK, order(), amended('o1', 'a1', LATER, 1)], 'those of amendment a1.'],
    ['cancelled', [CLICK, order(), cancelled('o1', LATER)], 'It was cancelled at 2026-07-21T'],
    ['zero_base', [CLICK, order({ cents: 0 })], 'Nothing is left of the order. It earns €0.00'],
    [
      'not_first_order',
      [CLICK, order({ id: 'o0', at: BEFORE }), order()],
      "The terms reward a customer's first order, and before this one came o0.",
    ],
    [
      'a place that a lock holds',
      [
        CLICK,
        order(),
        order({ id: 'o2', at: LATER }),
        scheduled('p1', 'anna', LATER, [{ order: 'o2' }]),
      ],
      'and a payout has fixed o2 in that place.',
    ],
    [
      'rejected',
      [CLICK, order(), rejected('o1', 'anna', LATER, 'self-made')],
      'The commission was rejected at 2026-07-21T00:00:00.000Z by key-1: self-made.',
    ],
    [
      'to be paid',
      [CLICK, order(), scheduled('p1', 'anna', LATER)],
      'Payout p1 is to pay €100.00 of it.',
    ],
    [
      'paid',
      [CLICK, order(), scheduled('p1', 'anna', LATER), paid('p1', 'anna', LATER)],
      'Payout p1 paid €100.00 of it.',
    ],
    [
      'taken back',
      [
        CLICK,
        order(),
        scheduled('p1', 'anna', LATER),
        scheduled('p2', 'anna', LATER + 1, [{ cents: -4000 }]),
        paid('p2', 'anna', LATER + 2),
      ],
      'Payout p1 is to pay €100.00 of it. Payout p2 took back €40.00 of it.',
    ],
    [
      'written off',
      [CLICK, order(), writtenOff('w1', 'anna', LATER, 4000)],
      '€40.00 of it was written off.',
    ],
    [
      'more candidates than are listed',
      [Array.from({ length: 51 }, (_, index) => click(index + 1, 'anna', BEFORE)), order()],
      '1 more candidates are not listed.',
    ],
  ])('tells of %s', ([, given, sentence]) => {
    expect(explained(given)).toContain(sentence);
  });

  test('tells no status when no moment is asked for', () => {
    expect(explained([CLICK, order()])).not.toContain('the commission is');
  });
});

describe('amounts', () => {
  test.for<[number, string, string]>([
    [123_450, 'EUR', '€1,234.50'],
    [0, 'EUR', '€0.00'],
    [5, 'EUR', '€0.05'],
    [-500, 'EUR', '-€5.00'],
    [100_000_000_000, 'USD', '$1,000,000,000.00'],
    [99_999, 'CHF', 'CHF 999.99'],
  ])('%i cents of %s is %s', ([cents, currency, text]) => {
    expect(amountText(cents, currency)).toBe(text);
  });

  test('a rate', () => {
    expect([percentageText(1000), percentageText(1), percentageText(1250)]).toEqual([
      '10.00 %',
      '0.01 %',
      '12.50 %',
    ]);
  });
});
