import { describe, expect, test } from 'vitest';
import {
  DAY,
  PLACED,
  click,
  coupon,
  customerKey,
  day,
  decided,
  entered,
  identified,
  link,
  merchant,
  order,
  published,
  results,
  uuid,
  visit,
  visitorKey,
} from '../../test/given.ts';
import type { Given } from '../../test/given.ts';
import { MOST_TOUCHES_OF_VISITOR } from './visitors.ts';

const BEFORE = PLACED - DAY;

interface Case {
  readonly name: string;
  readonly given: readonly Given[];
  readonly candidates: readonly string[];
}

describe('rule 1(a): coupons', () => {
  test.for<Case>([
    {
      name: 'a code on the order is a candidate',
      given: [order({ codes: ['ANNA'] })],
      candidates: ['coupon:ANNA: won'],
    },
    {
      name: 'codes are compared without regard to case and blanks',
      given: [order({ codes: [' anna '] })],
      candidates: ['coupon:ANNA: won'],
    },
    {
      name: 'a code that stands there twice is one candidate',
      given: [order({ codes: ['ANNA', 'anna'] })],
      candidates: ['coupon:ANNA: won'],
    },
    {
      name: "a code of the shop's own is none",
      given: [order({ codes: ['SUMMER'] })],
      candidates: [],
    },
    {
      name: 'codes that its visitors entered, latest first, when the order lists none',
      given: [entered(1, 'ANNA', BEFORE - 2), entered(2, 'BRAM', BEFORE), order()],
      candidates: ['2: won', '1: superseded_by_coupon'],
    },
    {
      name: 'entered codes are none when the order lists another code',
      given: [entered(1, 'ANNA', BEFORE), order({ codes: ['BRAM'] })],
      candidates: ['coupon:BRAM: won'],
    },
    {
      name: "entered codes are none when the order lists only the shop's own",
      given: [entered(1, 'ANNA', BEFORE), order({ codes: ['SUMMER'] })],
      candidates: [],
    },
    {
      name: 'entered codes are none when the order lists what can be no code',
      given: [entered(1, 'ANNA', BEFORE), order({ codes: ['10 % off!'] })],
      candidates: [],
    },
    {
      name: 'a code entered by a stranger is none',
      given: [entered(1, 'ANNA', BEFORE, { visitor: 'stranger' }), order()],
      candidates: [],
    },
    {
      name: 'an entered code that nobody issued is none',
      given: [entered(1, 'WRONG', BEFORE), order()],
      candidates: [],
    },
  ])('$name', ({ given, candidates }) => {
    expect(results(merchant(), ...given)).toEqual(candidates);
  });
});

describe('rule 1(b): the visitors tied to an order', () => {
  test.for<Case>([
    {
      name: "the order's own visitor",
      given: [click(1, 'anna', BEFORE), order({ visitor: 'eva' })],
      candidates: ['1: won'],
    },
    {
      name: 'nobody else',
      given: [click(1, 'anna', BEFORE, { visitor: 'stranger' }), order()],
      candidates: [],
    },
    {
      name: 'the visitor of its click, with all their touches',
      given: [
        click(1, 'anna', BEFORE - 1, { visitor: 'phone' }),
        click(2, 'bram', BEFORE, { visitor: 'phone' }),
        order({ visitor: null, clickId: 1 }),
      ],
      candidates: ['2: won', '1: superseded_by_later_touch'],
    },
    {
      name: 'a click id that names a visit ties nobody',
      given: [
        visit(1, BEFORE, { ref: 'anna', visitor: 'phone' }),
        order({ visitor: null, clickId: 1 }),
      ],
      candidates: [],
    },
    {
      name: 'a visitor identified as the customer at the very moment of the order',
      given: [
        click(1, 'anna', BEFORE, { visitor: 'phone' }),
        identified(2, 'phone', 'eva', PLACED),
        order(),
      ],
      candidates: ['1: won'],
    },
    {
      name: 'not one identified a millisecond later',
      given: [
        click(1, 'anna', BEFORE, { visitor: 'phone' }),
        identified(2, 'phone', 'eva', PLACED + 1),
        order(),
      ],
      candidates: [],
    },
    {
      name: 'not one identified as another customer',
      given: [
        click(1, 'anna', BEFORE, { visitor: 'phone' }),
        identified(2, 'phone', 'finn', BEFORE),
        order(),
      ],
      candidates: [],
    },
    {
      name: "the visitor of the click that opened a tied visitor's page",
      given: [
        click(1, 'anna', BEFORE - 1, { visitor: 'cookie' }),
        visit(2, BEFORE, { clickId: 1, visitor: 'eva' }),
        order(),
      ],
      candidates: ['1: won'],
    },
    {
      name: 'not of a click that opened a page only after the order',
      given: [
        click(1, 'anna', BEFORE, { visitor: 'cookie' }),
        visit(2, PLACED + 1, { clickId: 1, visitor: 'eva' }),
        order(),
      ],
      candidates: [],
    },
    {
      name: 'one hop, and not a second',
      given: [
        click(1, 'anna', BEFORE - 3, { visitor: 'third' }),
        visit(2, BEFORE - 2, { clickId: 1, visitor: 'second' }),
        click(3, 'bram', BEFORE - 1, { visitor: 'second' }),
        visit(4, BEFORE, { clickId: 3, visitor: 'eva' }),
        order(),
      ],
      candidates: ['3: won'],
    },
    {
      name: 'touches after the order are not listed',
      given: [click(1, 'anna', PLACED), click(2, 'bram', PLACED + 1), order()],
      candidates: ['1: won'],
    },
    {
      name: 'a click on a link that nobody created is none',
      given: [click(1, 'unknown', BEFORE), order()],
      candidates: [],
    },
  ])('$name', ({ given, candidates }) => {
    expect(results(merchant(), ...given)).toEqual(candidates);
  });
});

describe('rule 1: the link that a visit names', () => {
  const utm = { source: 'blog', medium: 'post' };

  test.for<Omit<Case, 'candidates'> & { readonly named: string | null }>([
    {
      name: 'is its ref',
      given: [visit(1, BEFORE, { ref: 'anna' })],
      named: 'anna',
    },
    {
      name: 'is its ref before its UTM values',
      given: [link('post', 'bram', { utm }), visit(1, BEFORE, { ref: 'anna', utm })],
      named: 'anna',
    },
    {
      name: 'is the one registered for its UTM values when its ref is no link',
      given: [link('post', 'bram', { utm }), visit(1, BEFORE, { ref: 'newsletter', utm })],
      named: 'post',
    },
    {
      name: 'is the one of its UTM values while its ref was no link yet',
      given: [
        link('post', 'bram', { utm }),
        link('later', 'anna', { at: BEFORE + 1 }),
        visit(1, BEFORE, { ref: 'later', utm }),
      ],
      named: 'post',
    },
    {
      name: 'is none when one UTM value is missing',
      given: [link('post', 'bram', { utm }), visit(1, BEFORE, { utm: { source: 'blog' } })],
      named: null,
    },
    {
      name: 'is none when there is one UTM value more',
      given: [link('post', 'bram', { utm }), visit(1, BEFORE, { utm: { ...utm, term: 'x' } })],
      named: null,
    },
    {
      name: 'is none without UTM values, also for a link registered without any',
      given: [link('post', 'bram', { utm: {} }), visit(1, BEFORE, { utm: {} })],
      named: null,
    },
    {
      name: 'is the last registered of several',
      given: [
        link('newer', 'bram', { utm, at: day(2) }),
        link('older', 'anna', { utm, at: day(1) }),
        visit(1, BEFORE, { utm }),
      ],
      named: 'newer',
    },
    {
      name: 'is the greater code of two registered at one moment',
      given: [
        link('post-b', 'bram', { utm }),
        link('post-a', 'anna', { utm }),
        visit(1, BEFORE, { utm }),
      ],
      named: 'post-b',
    },
    {
      name: 'is not one that was registered after the visit',
      given: [
        link('post', 'anna', { utm }),
        link('later', 'bram', { utm, at: BEFORE + 1 }),
        visit(1, BEFORE, { utm }),
      ],
      named: 'post',
    },
    {
      name: 'is already one that was registered at the very moment of the visit',
      given: [
        link('post', 'anna', { utm }),
        link('later', 'bram', { utm, at: BEFORE }),
        visit(1, BEFORE, { utm }),
      ],
      named: 'later',
    },
  ])('$name', ({ given, named }) => {
    const [candidate] = decided([merchant(), ...given, order()]).candidates;
    expect(candidate?.linkCode ?? null).toBe(named);
  });
});

describe('a candidate', () => {
  test('tells what it was, and what it was judged by', () => {
    const { candidates } = decided([
      merchant(),
      published('affiliate', 2, day(50), { windowDays: 30 }),
      click(7, 'anna', BEFORE),
      order(),
    ]);
    expect(candidates).toEqual([
      {
        touchId: uuid(7),
        kind: 'click',
        occurredAt: BEFORE,
        visitorId: visitorKey('eva'),
        linkCode: 'anna',
        couponCode: null,
        partnerId: 'anna',
        programmeId: 'affiliate',
        termsVersion: 2,
        windowOpensAt: PLACED - 30 * DAY,
        result: 'won',
      },
    ]);
  });

  test('of a code on the order stands at the placing, without a visitor', () => {
    const decision = decided([merchant(), coupon('EXTRA', 'bram'), order({ codes: ['extra'] })]);
    expect(decision.customer).toBe(customerKey('eva'));
    expect(decision.candidates).toMatchObject([
      {
        touchId: 'coupon:EXTRA',
        kind: 'order_coupon',
        occurredAt: PLACED,
        visitorId: null,
        linkCode: null,
        couponCode: 'EXTRA',
      },
    ]);
  });
});

describe('rule 15: every order has a decision', () => {
  test.for([
    { name: 'no_touch without a candidate', given: [], outcome: 'no_touch' },
    {
      name: 'no_counting_touch when all are out',
      given: [click(1, 'anna', BEFORE, { bot: true })],
      outcome: 'no_counting_touch',
    },
    { name: 'awarded otherwise', given: [click(1, 'anna', BEFORE)], outcome: 'awarded' },
  ])('$name', ({ given, outcome }) => {
    expect(decided([merchant(), ...given, order()]).outcome).toBe(outcome);
  });

  const clicks = (count: number, link: string, bot = false, visitor = 'eva') =>
    Array.from({ length: count }, (_, index) =>
      click(index + 10, link, BEFORE + index, { bot, visitor }),
    );

  test('fifty candidates are listed whole', () => {
    const decision = decided([merchant(), clicks(50, 'anna'), order()]);
    expect([decision.candidates.length, decision.omittedCandidates]).toEqual([50, 0]);
  });

  test('of more, the latest fifty and the count of the rest', () => {
    const decision = decided([merchant(), clicks(60, 'anna'), order()]);
    expect([decision.candidates.length, decision.omittedCandidates]).toEqual([50, 10]);
    expect(decision.candidates[0]?.result).toBe('won');
    expect(decision.candidates[49]?.occurredAt).toBe(BEFORE + 10);
  });

  test('the winner is among them, however long ago it was', () => {
    const decision = decided([
      merchant(),
      click(1, 'anna', day(150)),
      clicks(60, 'bram', true),
      order(),
    ]);
    expect([decision.candidates.length, decision.omittedCandidates]).toEqual([50, 11]);
    expect(decision.candidates[49]).toMatchObject({ touchId: uuid(1), result: 'won' });
  });

  describe('of a visitor with more touches than are considered', () => {
    const most = MOST_TOUCHES_OF_VISITOR;

    test('the latest are candidates, and what came before them is not', () => {
      const before = [click(1, 'anna', BEFORE - 1), clicks(most - 1, 'bram', true)];
      const winner = (given: readonly Given[]) => decided([merchant(), ...given, order()]).award;
      expect(winner(before)?.touchId).toBe(uuid(1));
      expect(winner([click(2, 'bram', BEFORE - 1, { bot: true }), ...before])).toBeNull();
    });

    test('the count is of those', () => {
      const decision = decided([merchant(), clicks(most + 5, 'anna'), order()]);
      expect([decision.candidates.length, decision.omittedCandidates]).toEqual([50, most - 50]);
    });

    test('nobody else loses any', () => {
      const decision = decided([
        merchant(),
        click(1, 'anna', day(150), { visitor: 'phone' }),
        identified(2, 'phone', 'eva', day(150)),
        clicks(most + 5, 'bram', true),
        order(),
      ]);
      expect(decision.award?.touchId).toBe(uuid(1));
    });

    test('a click that the order names still ties its visitor', () => {
      const decision = decided([
        merchant(),
        click(1, 'anna', day(150), { visitor: 'phone' }),
        click(9_999_999, 'bram', BEFORE, { visitor: 'phone' }),
        clicks(most, 'anna', false, 'phone'),
        order({ visitor: null, clickId: 1 }),
      ]);
      expect(decision.omittedCandidates).toBe(most - 50);
    });
  });
});
