import { describe, expect, test } from 'vitest';
import {
  DAY,
  PLACED,
  click,
  coupon,
  decided,
  entered,
  link,
  merchant,
  order,
  programme,
  results,
  visit,
} from '../../test/given.ts';
import type { Given } from '../../test/given.ts';
import type { Terms } from '../terms.ts';

const BEFORE = PLACED - DAY;
const LINK_FIRST: Partial<Terms> = { precedence: 'link' };

interface Case {
  readonly name: string;
  readonly terms?: Partial<Terms>;
  readonly given: readonly Given[];
  readonly candidates: readonly string[];
}

describe('rule 4: the winner', () => {
  test.for<Case>([
    {
      name: 'the latest touch',
      given: [click(1, 'anna', BEFORE), visit(2, BEFORE + 1, { ref: 'bram' }), order()],
      candidates: ['2: won', '1: superseded_by_later_touch'],
    },
    {
      name: 'the greater touch id of two at one millisecond',
      given: [click(2, 'bram', BEFORE), click(1, 'anna', BEFORE), order()],
      candidates: ['2: won', '1: superseded_by_later_touch'],
    },
    {
      name: 'the latest that counts',
      given: [click(1, 'anna', BEFORE), click(2, 'bram', BEFORE + 1, { bot: true }), order()],
      candidates: ['2: bot', '1: won'],
    },
    {
      name: 'a coupon before a link',
      given: [click(1, 'bram', PLACED), order({ codes: ['ANNA'] })],
      candidates: ['coupon:ANNA: won', '1: superseded_by_coupon'],
    },
    {
      name: 'a link before a coupon where the terms say so',
      terms: LINK_FIRST,
      given: [click(1, 'bram', BEFORE), order({ codes: ['ANNA'] })],
      candidates: ['coupon:ANNA: superseded_by_link', '1: won'],
    },
    {
      name: 'the coupon where the terms put links first and no link counts',
      terms: LINK_FIRST,
      given: [click(1, 'bram', BEFORE, { bot: true }), order({ codes: ['ANNA'] })],
      candidates: ['coupon:ANNA: won', '1: bot'],
    },
    {
      name: 'the first coupon of the order that counts',
      given: [order({ codes: ['SUMMER', 'BRAM', 'ANNA'] })],
      candidates: ['coupon:BRAM: won', 'coupon:ANNA: superseded_by_coupon'],
    },
    {
      name: 'an entered coupon before a later click',
      given: [entered(1, 'ANNA', BEFORE), click(2, 'bram', BEFORE + 1), order()],
      candidates: ['2: superseded_by_coupon', '1: won'],
    },
    {
      name: 'the greater touch id of two coupons entered at one millisecond',
      given: [entered(2, 'BRAM', BEFORE), entered(1, 'ANNA', BEFORE), order()],
      candidates: ['2: won', '1: superseded_by_coupon'],
    },
    {
      name: "links first: by the terms of the coupon's programme, not the link's",
      given: [
        programme('link-first', LINK_FIRST),
        link('other', 'bram', { programme: 'link-first' }),
        click(1, 'other', BEFORE),
        order({ codes: ['ANNA'] }),
      ],
      candidates: ['coupon:ANNA: won', '1: superseded_by_coupon'],
    },
    {
      name: 'links first: the other links lose to the later one, the coupons to the link',
      terms: LINK_FIRST,
      given: [
        click(1, 'bram', BEFORE),
        click(2, 'anna', BEFORE - 1),
        coupon('EXTRA', 'bram'),
        order({ codes: ['ANNA', 'EXTRA'] }),
      ],
      candidates: [
        'coupon:ANNA: superseded_by_link',
        'coupon:EXTRA: superseded_by_link',
        '1: won',
        '2: superseded_by_later_touch',
      ],
    },
  ])('$name', ({ terms, given, candidates }) => {
    expect(results(merchant(terms), ...given)).toEqual(candidates);
  });

  test('is awarded in its own programme, whatever others would have paid', () => {
    const { award, reward } = decided([
      merchant(),
      programme('generous', {
        reward: { kind: 'percentage', rateBps: 5000, scope: { orders: 'every_order' } },
      }),
      link('generous', 'bram', { programme: 'generous' }),
      click(1, 'generous', BEFORE),
      click(2, 'anna', BEFORE + 1),
      order({ cents: 10_000 }),
    ]);
    expect(award).toEqual({
      partnerId: 'anna',
      programmeId: 'affiliate',
      termsVersion: 1,
      touchId: '00000000-0000-4000-8000-000000000002',
      kind: 'click',
      linkCode: 'anna',
      couponCode: null,
      lockedByPayoutId: null,
    });
    expect(reward?.amountCents).toBe(1000);
  });
});
