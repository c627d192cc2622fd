import { expect, test } from 'vitest';
import { wooOrder } from '../../test/woo-order.ts';
import { clickIdOf } from '../fact-ids.ts';
import { readSnapshot } from './snapshot.ts';

const read = (changes = {}) => readSnapshot(wooOrder(changes));

test('reads a complete order of the REST API v3', () => {
  expect(read()).toEqual({
    success: true,
    data: {
      externalId: '727',
      status: 'processing',
      currency: 'EUR',
      createdAt: Date.parse('2026-03-01T09:30:00Z'),
      modifiedAt: Date.parse('2026-03-01T09:30:05Z'),
      paidAt: Date.parse('2026-03-01T09:30:05Z'),
      isPaidOnDelivery: false,
      completedAt: null,
      grossCents: 110_110,
      lines: [
        {
          lineId: '315',
          amountCents: 63_000,
          description: 'Constructieberekening dakkapel',
          quantity: 1,
        },
        { lineId: '316', amountCents: 27_000, description: 'Bouwkundige tekening', quantity: 2 },
      ],
      couponCodes: ['WOONBLOG10'],
      refunds: [],
      email: 'anna.devries@example.nl',
      customerId: '26',
      visitorId: '01JD3ZK8Q6M0T5WX2Y9RAB7CDE',
      clickId: '0195a1d2-7c3e-7b1a-9f00-0123456789ab',
    },
  });
});

test.each([
  ['a guest has no id', { customer_id: 0 }, { customerId: null }],
  ['an empty address is none', { billing: { email: '' } }, { email: null }],
  [
    'refunds are negative totals',
    { refunds: [{ id: 9, reason: '', total: '-12.10' }] },
    { refunds: [{ refundId: 9, grossCents: 1210 }] },
  ],
  [
    'our own click id goes before the session entry',
    { meta_data: [{ id: 1, key: '_provisie_click_id', value: 'abc' }] },
    { clickId: clickIdOf('abc'), visitorId: null },
  ],
  [
    'a code of blanks is none',
    { coupon_lines: [{ code: ' ' }, { code: 'zomer' }, { code: '' }] },
    { couponCodes: ['ZOMER'] },
  ],
  [
    'an entry that is no address says nothing',
    { meta_data: [{ id: 1, key: '_wc_order_attribution_session_entry', value: '(none)' }] },
    { clickId: null },
  ],
  [
    'a visitor id that is none of ours is left out',
    { meta_data: [{ id: 1, key: '_provisie_visitor_id', value: 'x y' }] },
    { visitorId: null },
  ],
  [
    'a meta value may be anything',
    { meta_data: [{ id: 1, key: '_provisie_visitor_id', value: { a: [1] } }] },
    { visitorId: null },
  ],
])('%s', (_name, changes, expected) => {
  expect(read(changes)).toMatchObject({ success: true, data: expected });
});

test.each([
  ['no moment', { date_created_gmt: null }],
  ['a wrong moment', { date_modified_gmt: '2026-99-01T00:00:00' }],
  ['a day that there is not', { date_created_gmt: '2026-02-30T00:00:00' }],
  ['a wrong amount', { total: '1,101.10' }],
  ['a negative line', { line_items: [{ id: 1, name: 'x', quantity: 1, total: '-1.00' }] }],
  ['no lines', { line_items: undefined }],
])('%s can not be read', (_name, changes) => {
  expect(read(changes).success).toBe(false);
});
