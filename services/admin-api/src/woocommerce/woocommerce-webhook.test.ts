import { decide, gatherFacts, newFact, streams } from '@provisie/domain';
import type { Decision } from '@provisie/domain';
import { eventIdOf } from '@provisie/event-store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must, openOffice, readNow } from '../../test/office.ts';
import { delivery, wooLines, wooOrder, wooRefund } from '../../test/woo-order.ts';
import { NOW, openWorld } from '../../test/world.ts';
import type { World } from '../../test/world.ts';
import { readFacts } from '../change-stream.ts';

const SECRET = 'a-secret-of-the-shop';
const PATH = '/v1/webhooks/woocommerce/webshop';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await openOffice(world);
  await must(world, 'POST /v1/shops', { shopId: 'webshop', name: 'Webshop', secret: SECRET });
});
afterAll(() => world[Symbol.asyncDispose]());

async function deliver(topic: string, payload: object, path = PATH) {
  const response = await world.fetch(path, delivery(SECRET, topic, JSON.stringify(payload)));
  const body: unknown = await response.json();
  return { status: response.status, body };
}

async function decisionOf(orderId: string): Promise<Decision | null> {
  const names = [streams.order(orderId), 'programme-affiliate', 'partner-woonblog'];
  const facts = await Promise.all(
    [...names, 'coupon-WOONBLOG10'].map((stream) => readFacts(world.options.store, stream)),
  );
  return decide(orderId, gatherFacts(facts.flat()));
}

test('the activation ping, unsigned, gets exactly 200', async () => {
  const response = await world.fetch(PATH, {
    method: 'POST',
    body: 'webhook_id=17',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  });
  expect(response.status).toBe(200);
});

test('an order becomes a decision: net lines, coupon, customer by e-mail address', async () => {
  expect(await deliver('order.created', wooOrder())).toMatchObject({
    status: 200,
    body: { outcome: 'recorded', orderId: 'webshop-727', events: ['OrderPlaced'] },
  });
  const decision = await readNow(world, '/v1/orders/webshop-727/decision');
  expect(decision.body).toMatchObject({
    placedAt: '2026-03-01T09:30:00.000Z',
    customer: await world.options.customerKeys.ofEmail('anna.devries@example.nl'),
    base: { baseCents: 90_000 },
    award: { partnerId: 'woonblog', couponCode: 'WOONBLOG10' },
    commission: { amountCents: 9000 },
  });
  const log = await Array.fromAsync(world.options.store.readStream('order-webshop-727'));
  for (const secret of ['anna', 'Vries', 'Dorpsstraat', '203.0.113.9', '98765432', 'bellen']) {
    expect(JSON.stringify(log)).not.toContain(secret);
  }
});

test('the same delivery again changes nothing', async () => {
  const order = wooOrder({ id: 800 });
  const first = await deliver('order.created', order);
  expect(first.body).toMatchObject({ outcome: 'recorded' });
  expect((await deliver('order.updated', order)).body).toMatchObject({ outcome: 'unchanged' });
});

test.each([
  ['a signature of another secret', SECRET.replace('a', 'b'), 401, 'wrong_signature'],
  ['an empty secret', ' ', 401, 'wrong_signature'],
])('%s is refused before the body is read', async (_name, secret, status, code) => {
  const response = await world.fetch(PATH, delivery(secret, 'order.created', '{not json'));
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ code });
});

test('one byte more than was signed is refused', async () => {
  const body = JSON.stringify(wooOrder());
  const signed = delivery(SECRET, 'order.created', body);
  const response = await world.fetch(PATH, { ...signed, body: `${body} ` });
  expect(response.status).toBe(401);
});

test('a shop that is not connected, or no longer, is unknown', async () => {
  const path = '/v1/webhooks/woocommerce/former';
  expect((await deliver('order.created', wooOrder(), path)).status).toBe(404);
  await must(world, 'POST /v1/shops', { shopId: 'former', name: 'Former', secret: SECRET });
  expect((await deliver('order.created', wooOrder(), path)).status).toBe(200);
  await must(world, 'DELETE /v1/shops/former');
  expect((await deliver('order.created', wooOrder(), path)).status).toBe(404);
});

test('a shop that is disconnected stays so, however often it is said', async () => {
  await must(world, 'POST /v1/shops', { shopId: 'left', name: 'Left', secret: SECRET });
  const path = '/v1/webhooks/woocommerce/left';
  for (const key of ['once', 'again']) {
    const headers = { 'Idempotency-Key': key };
    const { body } = await world.call('DELETE /v1/shops/left', { headers });
    expect(body).not.toMatchObject({ shop: { disconnectedAt: null } });
    expect((await deliver('order.created', wooOrder(), path)).status).toBe(404);
  }
  await must(world, 'POST /v1/shops', { shopId: 'left', name: 'Left', secret: SECRET });
  expect((await deliver('order.created', wooOrder(), path)).status).toBe(200);
});

test.each(['pending', 'on-hold', 'failed', 'checkout-draft', 'trash', 'cancelled'])(
  'an order that is %s is not booked yet',
  async (status) => {
    const order = wooOrder({ id: 810, status, ...unpaid });
    expect((await deliver('order.created', order)).body).toEqual({
      outcome: 'ignored',
      orderId: 'webshop-810',
      reason: 'not_booked_yet',
    });
  },
);

test('what can never be read is answered 200 with the reason, so that the shop is not cut off', async () => {
  const odd = wooOrder({ id: 811, line_items: [{ id: 1, total: '-5.00' }] });
  expect(await deliver('order.created', odd)).toMatchObject({
    status: 200,
    body: { outcome: 'unreadable', errors: [{ path: '/line_items/0/total' }] },
  });
  const notJson = await world.fetch(PATH, delivery(SECRET, 'order.created', '{not json'));
  expect(notJson.status).toBe(200);
  const topic = await deliver('customer.created', { id: 1 });
  expect(topic.body).toMatchObject({ outcome: 'ignored', reason: 'topic_not_read' });
});

test.each(['date_created_gmt', 'date_modified_gmt', 'date_completed_gmt'])(
  'an order of which %s lies in the future is passed over until it is put right',
  async (moment) => {
    const at = (instant: number) => new Date(instant).toISOString().slice(0, 19);
    const id = 900 + moment.length;
    const [soon, ahead] = [NOW + 20 * 3_600_000, NOW + 28 * 3_600_000];
    expect(await deliver('order.created', wooOrder({ id, [moment]: at(ahead) }))).toEqual({
      status: 200,
      body: { outcome: 'ignored', orderId: `webshop-${String(id)}`, reason: 'dated_in_future' },
    });
    expect(world.logged).toContainEqual({ shopId: 'webshop', externalId: String(id) });
    const putRight = await deliver('order.updated', wooOrder({ id, [moment]: at(soon) }));
    expect(putRight.body).toMatchObject({ outcome: 'recorded' });
  },
);

test('an order in a currency that is none is passed over, says so, and is taken once it is put right', async () => {
  const order = (currency: string, more: object = {}) => wooOrder({ id: 821, currency, ...more });
  const answer = await deliver('order.created', order('EUO'));
  expect(answer).toEqual({
    status: 200,
    body: { outcome: 'ignored', orderId: 'webshop-821', reason: 'currency_unknown' },
  });
  const logged = { shopId: 'webshop', externalId: '821', currency: 'EUO' };
  expect(world.logged).toContainEqual(logged);
  const cancelled = await deliver('order.updated', order('EUO', { status: 'cancelled' }));
  expect(cancelled.body).toMatchObject({ outcome: 'ignored', reason: 'currency_unknown' });
  const putRight = await deliver('order.updated', order('EUR'));
  expect(putRight.body).toMatchObject({ outcome: 'recorded', events: ['OrderPlaced'] });
});

test('an order that was recorded in a currency that is no more goes on in it', async () => {
  const [id, orderId, currency] = [822, 'webshop-822', 'EUO'];
  const placed = newFact('OrderPlaced', {
    id: eventIdOf('OrderPlaced', orderId),
    occurredAt: Date.parse('2026-03-01T09:30:00Z'),
    data: {
      orderId,
      customer: 'k'.padEnd(43, '-'),
      currency,
      lines: [{ lineId: '1', amountCents: 90_000 }],
      couponCodes: [],
    },
  });
  await world.options.store.append(streams.order(orderId), [placed], 'no_stream');
  const answer = await deliver('order.updated', wooOrder({ id, currency, status: 'cancelled' }));
  expect(answer.body).toMatchObject({
    outcome: 'recorded',
    events: ['OrderAmended', 'OrderCancelled'],
  });
});

test('an order that was sent before is no deletion, although the topic, which nobody signs, says so', async () => {
  const order = wooOrder({ id: 760 });
  await deliver('order.created', order);
  const replayed = await deliver('order.deleted', order);
  expect(replayed).toMatchObject({ status: 200, body: { outcome: 'unreadable' } });
  expect(await decisionOf('webshop-760')).toMatchObject({ cancelledAt: null });
  const deleted = await deliver('order.deleted', { id: 760 });
  expect(deleted.body).toMatchObject({ outcome: 'recorded', events: ['OrderCancelled'] });
});

test('a delivery that is not UTF-8 can not be read', async () => {
  const body = Buffer.from(JSON.stringify(wooOrder({ id: 761, status: 'café' })), 'latin1');
  const response = await world.fetch(PATH, delivery(SECRET, 'order.created', body));
  expect(await response.json()).toMatchObject({ outcome: 'unreadable' });
});

test('an order in another currency than it was recorded in is passed over, and says so', async () => {
  await deliver('order.created', wooOrder({ id: 812 }));
  const other = wooOrder({ id: 812, currency: 'USD', ...at('05T00:00:00'), status: 'cancelled' });
  expect(await deliver('order.updated', other)).toEqual({
    status: 200,
    body: { outcome: 'ignored', orderId: 'webshop-812', reason: 'currency_changed' },
  });
  const logged = { shopId: 'webshop', externalId: '812', currency: 'USD' };
  expect(world.logged).toContainEqual(logged);
  expect(await decisionOf('webshop-812')).toMatchObject({ cancelledAt: null });
});

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
const at = (time: string) => ({ date_modified_gmt: `2026-03-${time}` });
const paid = { date_paid_gmt: '2026-03-01T09:30:05' };
const unpaid = { date_paid_gmt: null };
const onDelivery = { ...unpaid, payment_method: 'cod' };
const done = { date_completed_gmt: '2026-03-03T10:00:00', status: 'completed' };
const part = wooRefund(901, '-121.00');
const rest = wooRefund(902, '-980.10');

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
