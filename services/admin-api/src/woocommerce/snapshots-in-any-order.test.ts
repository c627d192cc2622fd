import { streams } from '@provisie/domain';
import type { Decision } from '@provisie/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectShop } from '../../test/connected-shop.ts';
import type { ConnectedShop } from '../../test/connected-shop.ts';
import {
  at,
  onDelivery,
  paid,
  unpaid,
  wooLines,
  wooOrder,
  wooRefund,
} from '../../test/woo-order.ts';
import type { World } from '../../test/world.ts';

let shop: ConnectedShop;
let world: World;
beforeAll(async () => {
  shop = await connectShop();
  ({ world } = shop);
});
afterAll(() => shop[Symbol.asyncDispose]());

const deliver: ConnectedShop['deliver'] = (...delivery) => shop.deliver(...delivery);
const decisionOf: ConnectedShop['decisionOf'] = (orderId) => shop.decisionOf(orderId);

const done = { date_completed_gmt: '2026-03-03T10:00:00', status: 'completed' };
const part = wooRefund(901, '-121.00');
const rest = wooRefund(902, '-980.10');

test.each<[string, Readonly<Record<string, unknown>>, string]>([
  ['to a later date', { date_created_gmt: '2026-03-02T09:30:00' }, '/placedAt'],
  ['to an earlier date', { date_created_gmt: '2026-02-01T09:30:00' }, '/placedAt'],
  ['to a date far ahead', { date_created_gmt: '2036-03-01T09:30:00' }, '/placedAt'],
  ['to another customer', { billing: { email: 'eva@example.nl' } }, '/customer'],
  ['to no coupon', { coupon_lines: [] }, '/couponCodes/0'],
])(
  'an order that is edited %s keeps what it was booked as, and is taken further',
  async (...row) => {
    const [, edited, path] = row;
    nextId += 1;
    const [id, externalId, orderId] = [nextId, String(nextId), `webshop-${String(nextId)}`];
    await deliver('order.created', wooOrder({ id, ...at('01T09:30:05') }));
    const before = await decisionOf(orderId);
    const later = wooOrder({ id, ...edited, ...at('02T10:00:00'), refunds: [part] });
    expect(await deliver('order.updated', later)).toMatchObject({
      status: 200,
      body: { outcome: 'recorded', events: ['OrderRefunded'], kept: [{ path }] },
    });
    expect(world.logged).toContainEqual({ shopId: 'webshop', externalId, paths: [path] });
    const { placedAt, customer, award } = (await decisionOf(orderId)) ?? {};
    expect({ placedAt, customer, award }).toEqual({
      placedAt: before?.placedAt,
      customer: before?.customer,
      award: before?.award,
    });
  },
);

let nextId = 2000;

interface Shown {
  readonly topic?: string;
  readonly order: Readonly<Record<string, unknown>>;
}
const histories: readonly (readonly [string, readonly Shown[], object])[] = [
  [
    'completed, then refunded in two parts',
    [
      { order: { ...paid, ...at('01T09:30:05') } },
      { order: { ...paid, ...done, ...at('03T10:00:00') } },
      { order: { ...paid, ...done, ...at('04T10:00:00'), refunds: [part] } },
      {
        order: {
          ...paid,
          ...done,
          ...at('05T10:00:00'),
          status: 'refunded',
          refunds: [part, rest],
        },
      },
    ],
    {
      completedAt: Date.parse('2026-03-03T10:00:00Z'),
      base: { refundsCents: 90_000, baseCents: 0, refundIds: ['901', '902'] },
      reward: { result: 'zero_base' },
    },
  ],
  [
    'lines changed twice, then completed',
    [
      { order: { ...paid, ...at('01T09:30:05') } },
      { order: { ...paid, ...at('02T10:00:00'), line_items: wooLines('500.00') } },
      { order: { ...paid, ...at('02T11:00:00'), line_items: wooLines('400.00') } },
      { order: { ...paid, ...done, ...at('03T10:00:00'), line_items: wooLines('400.00') } },
    ],
    { base: { baseCents: 67_000 }, commission: { amountCents: 6700 } },
  ],
  [
    'paid on delivery, part refunded, cancelled',
    [
      { order: { ...onDelivery, status: 'pending', ...at('01T09:30:00') } },
      { order: { ...onDelivery, ...at('01T09:30:05') } },
      { order: { ...onDelivery, ...at('02T10:00:00'), refunds: [part] } },
      {
        order: {
          ...onDelivery,
          ...at('04T10:00:00'),
          status: 'cancelled',
          refunds: [part],
        },
      },
    ],
    {
      cancelledAt: Date.parse('2026-03-04T10:00:00Z'),
      base: { refundsCents: 9890 },
      reward: { result: 'order_cancelled' },
    },
  ],
  [
    'cancelled because nobody paid, paid after all, changed',
    [
      { order: { ...unpaid, status: 'pending', ...at('01T09:30:00') } },
      { order: { ...unpaid, status: 'cancelled', ...at('01T10:30:00') } },
      { order: { ...paid, ...at('01T11:00:00') } },
      { order: { ...paid, ...at('02T10:00:00'), line_items: wooLines('500.00') } },
    ],
    { cancelledAt: null, base: { baseCents: 77_000 }, commission: { amountCents: 7700 } },
  ],
  [
    'dated later, then earlier than it was booked, its coupon taken away',
    [
      { order: { ...paid, ...at('01T09:30:05') } },
      {
        order: {
          ...paid,
          ...at('02T10:00:00'),
          date_created_gmt: '2026-03-02T09:30:00',
          line_items: wooLines('500.00'),
        },
      },
      {
        order: {
          ...paid,
          ...at('02T11:00:00'),
          date_created_gmt: '2026-02-01T09:30:00',
          line_items: wooLines('400.00'),
        },
      },
      {
        order: {
          ...paid,
          ...at('03T10:00:00'),
          date_created_gmt: '2026-02-01T09:30:00',
          coupon_lines: [],
          line_items: wooLines('400.00'),
        },
      },
    ],
    {
      placedAt: Date.parse('2026-03-01T09:30:00Z'),
      base: { baseCents: 67_000 },
      commission: { amountCents: 6700 },
    },
  ],
  [
    'cancelled, touched again, then deleted',
    [
      { order: { ...paid, ...at('01T09:30:05') } },
      { order: { ...paid, ...at('02T10:00:00'), status: 'cancelled' } },
      { order: { ...paid, ...at('02T11:00:00'), status: 'cancelled' } },
      { topic: 'order.deleted', order: {} },
    ],
    { cancelledAt: Date.parse('2026-03-02T10:00:00Z'), reward: { result: 'order_cancelled' } },
  ],
];

test.each(histories)('%s: every order of arrival, twice each, decides the same', async (...row) => {
  const [, shown, expected] = row;
  const decisions = [];
  for (const arrival of permutations(shown)) {
    nextId += 1;
    const id = nextId;
    const billing = { email: `customer-${String(id)}@example.nl` };
    for (const { topic = 'order.updated', order } of [...arrival, ...arrival.slice(0, 2)]) {
      const payload = topic === 'order.deleted' ? { id } : wooOrder({ id, billing, ...order });
      expect((await deliver(topic, payload)).status).toBe(200);
    }
    decisions.push(comparable(await decisionOf(`webshop-${String(id)}`)));
  }
  expect(decisions).toHaveLength(24);
  expect(decisions[0]).toMatchObject(expected);
  for (const decision of decisions) expect(decision).toEqual(decisions[0]);
});

/** Without what differs between two orders, and without how the lines came to be what they are. */
function comparable(decision: Decision | null) {
  if (decision === null) return null;
  const { orderId: _, customer: __, base, ...rest } = decision;
  return { ...rest, base: { ...base, amendmentId: null } };
}

function permutations<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length <= 1) return [items];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((others) => [item].concat(others)),
  );
}

test('what a gateway books unpaid is cancelled all the same', async () => {
  await deliver('order.created', wooOrder({ id: 820, ...unpaid, ...at('01T09:30:05') }));
  const later = { ...unpaid, ...at('02T10:00:00'), status: 'cancelled' };
  const answer = await deliver('order.updated', wooOrder({ id: 820, ...later }));
  expect(answer.body).toMatchObject({ outcome: 'recorded', events: ['OrderCancelled'] });
});

test('an older snapshot that comes late undoes nothing', async () => {
  const lines = wooLines('500.00');
  await deliver('order.updated', wooOrder({ id: 900, ...at('05T00:00:00'), line_items: lines }));
  const late = await deliver('order.updated', wooOrder({ id: 900, ...at('02T00:00:00') }));
  expect(late.body).toMatchObject({ events: ['OrderPlaced', 'OrderAmended'] });
  const again = await deliver('order.updated', wooOrder({ id: 900, ...at('02T00:00:00') }));
  expect(again.body).toMatchObject({ outcome: 'unchanged' });
  const events = await Array.fromAsync(
    world.options.store.readStream(streams.order('webshop-900')),
  );
  expect(events.map(({ type }) => type)).toEqual(['OrderPlaced', 'OrderPlaced', 'OrderAmended']);
  expect((await decisionOf('webshop-900'))?.base.baseCents).toBe(77_000);
});
