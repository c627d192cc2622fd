import { newFact, streams } from '@provisie/domain';
import { eventIdOf } from '@provisie/event-store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectShop, PATH, SECRET } from '../../test/connected-shop.ts';
import type { ConnectedShop } from '../../test/connected-shop.ts';
import { must, readNow } from '../../test/office.ts';
import { at, delivery, unpaid, wooOrder } from '../../test/woo-order.ts';
import { NOW } from '../../test/world.ts';
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
