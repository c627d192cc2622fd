import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLiveReadModel, openSqliteReadModelHome } from '@provisie/read-model';
import { expect, onTestFinished, test } from 'vitest';
import { must, openOffice, orderWith, readNow } from './office.ts';
import { delivery, wooOrder } from './woo-order.ts';
import { NOW, openWorld } from './world.ts';

const SHOP_SECRET = 'a-secret-of-the-shop';

test('a read that waits for a position sees the write', async () => {
  await using world = await openWorld();
  await openOffice(world);
  for (let round = 0; round < 5; round += 1) {
    const orderId = `web-${String(round)}`;
    const answer = await must(world, 'POST /v1/orders', orderWith('WOONBLOG10', { orderId }));
    const position = answer.headers.get('Provisie-Position') ?? '';
    expect(answer.body).toMatchObject({ position: Number(position) });
    expect((await world.call(`GET /v1/orders/${orderId}?waitFor=${position}`)).status).toBe(200);
  }
});

test('a read that waits in vain says where it stands', async () => {
  await using world = await openWorld({ limits: { waitMs: 50 } });
  const ahead = await world.call('GET /v1/orders?waitFor=999999');
  expect(ahead.status).toBe(503);
  expect(ahead.body).toMatchObject({ code: 'read_model_behind' });
  expect(ahead.headers.get('Retry-After')).toBe('1');
  expect((await world.call('GET /v1/orders?waitFor=soon')).status).toBe(400);
});

test('/livez answers, and /readyz when the read model keeps up', async () => {
  await using world = await openWorld({ readiness: { maxLagPositions: 2, maxLagMs: 1000 } });
  await readNow(world, '/v1/programmes');
  expect((await world.call('GET /livez', { key: null })).status).toBe(200);
  const ready = await world.call('GET /readyz', { key: null });
  expect([ready.status, ready.body]).toMatchObject([200, { status: 'ready' }]);
});

test('/readyz tells how far a clock that was ahead has left the log ahead', async () => {
  await using world = await openWorld();
  world.setNow(NOW + 86_400_000);
  await must(world, 'POST /v1/shops', { shopId: 'a', name: 'A' });
  world.setNow(NOW);
  await must(world, 'POST /v1/shops', { shopId: 'b', name: 'B' });
  await readNow(world, '/v1/programmes');
  const answer = async () => (await world.call('GET /readyz', { key: null })).body;
  expect(await answer()).toMatchObject({ status: 'ready', logAheadMs: 86_400_000 });
  world.setNow(NOW + 86_400_001);
  expect(await answer()).toMatchObject({ status: 'ready', logAheadMs: 0 });
});

test('what needs the vault is to be tried again while it can’t be used, and nothing else minds', async () => {
  await using world = await openWorld();
  await openOffice(world);
  await must(world, 'POST /v1/shops', { shopId: 'webshop', name: 'Webshop', secret: SHOP_SECRET });
  world.options.vault.close();
  const partner = await world.call('POST /v1/partners', {
    body: { partnerId: 'late', profile: { name: 'Late', email: 'late@example.nl' } },
  });
  const delivered = await world.fetch(
    '/v1/webhooks/woocommerce/webshop',
    delivery(SHOP_SECRET, 'order.created', JSON.stringify(wooOrder())),
  );
  expect([partner.status, partner.body]).toMatchObject([503, { code: 'vault_unavailable' }]);
  expect([delivered.status, delivered.headers.get('Retry-After')]).toEqual([503, '1']);
  await must(world, 'POST /v1/orders', orderWith('WOONBLOG10'));
});

test('while the read model is being built, reads say how far that is, and writes are taken', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'provisie-building-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const home = await openSqliteReadModelHome({ folder });
  onTestFinished(() => home.close());
  const progress = { handled: 40, total: 100, secondsLeft: 3 };
  await home.catalogue.note(await home.catalogue.begin(home.version, 'first'), progress);
  const live = await openLiveReadModel({ home, onError: () => {} });
  onTestFinished(() => live.close());
  await using world = await openWorld({ readModel: live.readModel });
  const read = await world.call('GET /v1/programmes');
  expect([read.status, read.body]).toMatchObject([503, { code: 'read_model_building', progress }]);
  expect(read.headers.get('Retry-After')).toBe('5');
  const waiting = await world.call('GET /v1/programmes?waitFor=1');
  expect([waiting.status, waiting.body]).toMatchObject([503, { code: 'read_model_building' }]);
  const ready = await world.call('GET /readyz', { key: null });
  expect([ready.status, ready.body]).toMatchObject([
    503,
    { status: 'not_ready', store: 'reachable', readModel: { position: null, building: progress } },
  ]);
  await must(world, 'POST /v1/shops', { shopId: 'a', name: 'A' });
});

test.each([
  ['few and young', 2, 1000, 200],
  ['too many', 3, 0, 503],
  ['too old', 1, 1001, 503],
])('unhandled events that are %s: %i of %i ms give %i', async (_name, behind, ageMs, status) => {
  await using world = await openWorld();
  const { options } = world;
  await must(world, 'POST /v1/shops', { shopId: 'a', name: 'A' });
  await must(world, 'POST /v1/shops', { shopId: 'b', name: 'B' });
  await must(world, 'POST /v1/shops', { shopId: 'c', name: 'C' });
  const head = await options.store.head();
  const position = (await positionsOf(options.store)).at(-1 - behind) ?? head;
  await using lagging = await openWorld({
    store: options.store,
    readModel: {
      ...options.readModel,
      status: async () => ({ position, handledAt: NOW, lastRecordedAt: NOW }),
    },
    now: () => NOW + ageMs,
    readiness: {
      maxLagPositions: head - ((await positionsOf(options.store)).at(-3) ?? 0),
      maxLagMs: 1000,
    },
  });
  expect((await lagging.call('GET /readyz', { key: null })).status).toBe(status);
});

async function positionsOf(store: {
  readAll(after: number): AsyncIterable<readonly { position: number }[]>;
}) {
  const positions: number[] = [];
  for await (const batch of store.readAll(0))
    positions.push(...batch.map(({ position }) => position));
  return positions;
}

test('a store that is closed makes it not ready, and writes say that nothing is known', async () => {
  const world = await openWorld();
  await world.options.store.close();
  const ready = await world.call('GET /readyz', { key: null });
  expect([ready.status, ready.body]).toMatchObject([503, { store: 'unreachable' }]);
  expect((await world.call('GET /livez', { key: null })).status).toBe(200);
  const write = await world.call('POST /v1/orders', { body: orderWith('X') });
  expect([write.status, write.body]).toMatchObject([503, { code: 'store_unavailable' }]);
  await world[Symbol.asyncDispose]();
});

test('every answer carries its request id, the limits, and headers that keep browsers out', async () => {
  await using world = await openWorld({ limits: { requestsPerMinute: 2 } });
  const headers = { 'X-Request-Id': 'request-1' };
  const first = await world.call('GET /v1/programmes', { headers });
  expect(first.headers.get('X-Request-Id')).toBe('request-1');
  expect(first.headers.get('RateLimit-Policy')).toBe('"access-key";q=2;w=60');
  expect(first.headers.get('Cache-Control')).toBe('no-store');
  expect(first.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  await world.call('GET /v1/programmes');
  const third = await world.call('GET /v1/programmes', { headers });
  expect(third.status).toBe(429);
  expect(third.headers.get('X-Request-Id')).toBe('request-1');
  expect(third.headers.get('X-Content-Type-Options')).toBe('nosniff');
  expect(third.body).toMatchObject({ instance: 'urn:request:request-1' });
});

test('the raw events of a stream can be read in pages, at once', async () => {
  await using world = await openWorld();
  await openOffice(world);
  const first = await world.call('GET /v1/streams/partner-woonblog/events?limit=1');
  expect(first.body).toMatchObject({
    items: [{ type: 'PartnerApplied', revision: 0, metadata: { by: 'first-admin' } }],
    next: '1',
  });
  const second = await world.call('GET /v1/streams/partner-woonblog/events?limit=1&cursor=1');
  expect(second.body).toMatchObject({ items: [{ type: 'PartnerApproved' }], next: null });
  expect((await world.call('GET /v1/streams/nothing/events')).body).toEqual({
    items: [],
    next: null,
  });
});

test('a known path says which methods it takes; an unknown one is not found', async () => {
  await using world = await openWorld();
  const wrong = await world.call('DELETE /v1/orders');
  expect([wrong.status, wrong.headers.get('Allow')]).toEqual([405, 'GET, HEAD, POST']);
  expect(wrong.body).toMatchObject({ code: 'method_not_allowed' });
  expect((await world.call('GET /v1/webhooks/woocommerce/webshop')).status).toBe(405);
  expect((await world.call('POST /v1/me/balance')).headers.get('Allow')).toBe('GET, HEAD');
  expect((await world.call('GET /v1/nothing')).status).toBe(404);
});
