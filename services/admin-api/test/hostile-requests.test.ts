import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { keyFor, openOffice, orderWith } from './office.ts';
import { delivery, wooOrder } from './woo-order.ts';
import { openWorld } from './world.ts';
import type { World } from './world.ts';

let world: World;
const SECRET = 'a-secret-of-the-shop';
beforeAll(async () => {
  world = await openWorld({ limits: { requestsPerMinute: 1_000_000 } });
  await openOffice(world);
  await world.call('POST /v1/shops', {
    body: { shopId: 'webshop', name: 'Webshop', secret: SECRET },
  });
});
afterAll(() => world[Symbol.asyncDispose]());

/** JSON, or text that nearly is. */
const bodies = fc.oneof(
  fc.json(),
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constant('{"__proto__":{"a":1}}'),
  fc.constant('['.repeat(5000)),
  fc
    .record({
      orderId: fc.oneof(fc.string(), fc.constant('web-9')),
      placedAt: fc.oneof(fc.string(), fc.constant('2026-03-01T00:00:00Z'), fc.integer()),
      customer: fc.oneof(fc.constant({ email: 'a@b.nl' }), fc.json()),
      currency: fc.oneof(fc.constant('EUR'), fc.string()),
      lines: fc.oneof(
        fc.constant([{ lineId: '1', amountCents: 100 }]),
        fc.array(fc.record({ lineId: fc.string(), amountCents: fc.double() })),
      ),
      couponCodes: fc.array(fc.string({ unit: 'binary' })),
      clickId: fc.string({ unit: 'binary' }),
    })
    .map((body) => JSON.stringify(body)),
);

const routesSchema = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

/** What is wrong with how we answered; null when nothing is. */
async function failureIn(response: Response): Promise<string | null> {
  const text = await response.text();
  const shown = `${String(response.status)} ${text.slice(0, 300)}`;
  if (response.status >= 500) return shown;
  if (/\bat .+\.ts:\d+|node_modules/.test(text)) return shown;
  if (response.status < 400) return null;
  const isProblem = response.headers.get('Content-Type') === 'application/problem+json';
  return isProblem && problemSchema.safeParse(JSON.parse(text)).success ? null : shown;
}

const problemSchema = z.object({ type: z.string(), status: z.int(), code: z.string() });

test('no body at any route makes us fail, and every refusal is a problem', async () => {
  const { paths } = routesSchema.parse((await world.call('GET /openapi.json')).body);
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => ['post', 'patch', 'put'].includes(method))
      .map((method) => ({ method: method.toUpperCase(), path })),
  );
  const names = fc.oneof(fc.constantFrom('woonblog', 'affiliate', 'web-1'), fc.string());
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...routes), names, bodies, async (route, name, body) => {
      const path = route.path.replaceAll(/\{\w+\}/g, encodeURIComponent(name || '-'));
      const headers = {
        Authorization: `Bearer ${world.adminKey}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': 'fuzz',
      };
      const response = await world.fetch(path, { method: route.method, headers, body });
      expect(await failureIn(response)).toBeNull();
    }),
    { numRuns: 400 },
  );
});

test('no query makes us fail', async () => {
  const paths = [
    'orders',
    'commissions',
    'balances',
    'performance',
    'journal',
    'trial-balance',
  ].concat('partners/woonblog/statement', 'partners/woonblog/statement/changes');
  const words = [
    'limit',
    'cursor',
    'asOf',
    'knownAt',
    'from',
    'to',
    'groupBy',
    'waitFor',
    'at',
  ].concat('beforeAsOf', 'currency');
  const value = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('-1', '1e9', '0', 'null'));
  const query = fc.dictionary(fc.constantFrom(...words), value, { maxKeys: 3 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), query, async (path, query) => {
      // A position that lies ahead is waited for; that is tested elsewhere.
      fc.pre(!/^\d+$/.test(query['waitFor'] ?? ''));
      const headers = { Authorization: `Bearer ${world.adminKey}` };
      const search = new URLSearchParams(query).toString();
      const response = await world.fetch(`/v1/${path}?${search}`, { headers });
      expect(await failureIn(response)).toBeNull();
    }),
    { numRuns: 200 },
  );
});

test('no signed payload of a shop makes us fail, or a retry of it', async () => {
  const path = '/v1/webhooks/woocommerce/webshop';
  const odd = fc.dictionary(
    fc.constantFrom('id', 'status', 'total', 'refunds', 'line_items', 'meta_data', 'billing'),
    fc.oneof(fc.jsonValue(), fc.constantFrom('0.00', 'completed', 'cancelled', 'refunded')),
    { maxKeys: 3 },
  );
  const payloads = fc.oneof(
    bodies,
    odd.map((changes) => JSON.stringify(wooOrder(changes))),
  );
  const topics = fc.constantFrom('order.created', 'order.updated', 'order.deleted', 'x');
  await fc.assert(
    fc.asyncProperty(topics, payloads, async (topic, body) => {
      const response = await world.fetch(path, delivery(SECRET, topic, body));
      expect(response.status === 200 || response.status === 409).toBe(true);
      expect(await failureIn(response)).toBeNull();
    }),
    { numRuns: 200 },
  );
});

test('two texts that are not UTF-8 do not become one customer: they are refused', async () => {
  for (const name of ['é', 'ê']) {
    const order = JSON.stringify(orderWith('WOONBLOG10', { customer: { id: `caf${name}` } }));
    const response = await world.fetch('/v1/orders', {
      method: 'POST',
      headers: { Authorization: `Bearer ${world.adminKey}`, 'Content-Type': 'application/json' },
      body: Buffer.from(order, 'latin1'),
    });
    const body: unknown = await response.json();
    expect([response.status, body]).toMatchObject([400, { code: 'malformed_json' }]);
  }
});

test('a name of a stream that no store can look up is refused', async () => {
  const answer = await world.call('GET /v1/streams/order-%00/events');
  expect([answer.status, answer.body]).toMatchObject([
    400,
    {
      errors: [
        {
          path: 'param/stream',
          expected: 'a name without control characters, such as order-webshop-1042',
        },
      ],
    },
  ]);
});

test('a query of a name that is not known is refused, not passed over', async () => {
  const { paths } = routesSchema.parse((await world.call('GET /openapi.json')).body);
  const reads = Object.entries(paths).filter(([path, { get }]) => get && path.startsWith('/v1/'));
  expect(reads.length).toBeGreaterThan(40);
  const partnerKey = await keyFor(world, ['partner'], 'woonblog');
  for (const [path] of reads) {
    const key = /^\/v1\/me(?:\/|$)/.test(path) ? partnerKey : world.adminKey;
    const query = 'beforeAsOf=2026-02-01T00:00:00Z&asof=2026-03-01T00:00:00Z';
    const answer = await world.call(`GET ${path.replaceAll(/\{\w+\}/g, 'web-1')}?${query}`, {
      key,
    });
    expect([path, answer.status, answer.body]).toMatchObject([
      path,
      400,
      { errors: [{ path: 'query' }] },
    ]);
    expect(JSON.stringify(answer.body)).toMatch(/without (?:beforeAsOf, )?asof/);
  }
});

test('a body above the limit is refused, the rest of the service goes on', async () => {
  const lines = Array.from({ length: 900 }, (_, index) => ({
    lineId: String(index),
    amountCents: 1,
    description: 'x'.repeat(200),
  }));
  const large = orderWith('WOONBLOG10', { lines, filler: 'x'.repeat(1_048_576) });
  expect((await world.call('POST /v1/orders', { body: large })).status).toBe(413);
  expect(
    (await world.call('POST /v1/orders', { body: orderWith('WOONBLOG10', { lines }) })).status,
  ).toBe(201);
});

test('nothing that a caller sends stands in the log lines', async () => {
  const canary = 'canary-7f3a';
  world.logged.length = 0;
  const customer = { email: `${canary}@example.nl` };
  const order = orderWith(canary, { orderId: `order-${canary}`, customer });
  await world.call(`POST /v1/orders?note=${canary}`, {
    body: order,
    headers: { 'User-Agent': canary, 'X-Forwarded-For': canary, Cookie: canary },
  });
  await world.call(`GET /v1/orders/order-${canary}`);
  await world.call(`GET /v1/${canary}`, { key: canary });
  const body = JSON.stringify(wooOrder({ total: canary, billing: { email: canary } }));
  await world.fetch('/v1/webhooks/woocommerce/webshop', delivery(SECRET, 'order.created', body));
  expect(world.logged.length).toBeGreaterThanOrEqual(5);
  expect(JSON.stringify(world.logged)).not.toContain(canary);
});
