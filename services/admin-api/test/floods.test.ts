import { expect, test } from 'vitest';
import { must } from './office.ts';
import { delivery, wooOrder } from './woo-order.ts';
import { openWorld } from './world.ts';

const SECRET = 'a-secret-of-the-shop';
const WEBHOOK = '/v1/webhooks/woocommerce/webshop';
const ADDRESS = '203.0.113.7';

const openLimited = (limits: object) =>
  openWorld({
    limits,
    clientAddress: (c) => c.req.header('X-Client-Address') ?? null,
  });

test('an address without a valid key is refused after so many requests, wherever they go', async () => {
  await using world = await openLimited({ unknownPerMinute: 3 });
  await must(world, 'POST /v1/shops', { shopId: 'webshop', name: 'Webshop', secret: SECRET });
  const headers = { 'X-Client-Address': ADDRESS };
  const statusOf = async (request: string, key: string | null) =>
    (await world.call(request, { key, headers })).status;
  const signed = delivery('another-secret-than-that', 'order.created', '{}');

  expect(await statusOf('GET /v1/orders', null)).toBe(401);
  expect(await statusOf('GET /v1/me', 'no key')).toBe(401);
  const forged = await world.fetch(WEBHOOK, {
    ...signed,
    headers: { ...Object.fromEntries(new Headers(signed.headers)), ...headers },
  });
  expect(forged.status).toBe(401);
  expect(forged.headers.get('RateLimit')).toMatch(/^"client-address";r=0;t=\d+$/);

  expect(await statusOf('GET /v1/orders', null)).toBe(429);
  expect(await statusOf(`POST ${WEBHOOK}`, null)).toBe(429);
  expect(await statusOf('GET /v1/orders', world.adminKey)).toBe(200);
  const other = { 'X-Client-Address': '203.0.113.8' };
  expect((await world.call('GET /v1/orders', { key: null, headers: other })).status).toBe(401);
  expect(JSON.stringify(world.logged)).not.toContain(ADDRESS);
});

test('what others send in the name of a shop does not use up what the shop may send', async () => {
  await using world = await openLimited({ requestsPerMinute: 2 });
  await must(world, 'POST /v1/shops', { shopId: 'webshop', name: 'Webshop', secret: SECRET });
  const send = (secret: string) =>
    world.fetch(WEBHOOK, delivery(secret, 'order.created', JSON.stringify(wooOrder())));
  for (let round = 0; round < 3; round += 1) {
    expect((await send('another-secret-than-that')).status).toBe(401);
  }
  const statuses = [await send(SECRET), await send(SECRET), await send(SECRET)];
  expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429]);
});
