import { scopeSchema } from '@provisie/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { addPartner, keyFor, must, openOffice, orderWith, readNow } from './office.ts';
import { givePayoutDetails, payOut, payoutIdOf, PERSON } from './payouts.ts';
import { openWorld } from './world.ts';
import type { World } from './world.ts';

/** Who may call what. A new route has to be added here too. */
const ACCESS: Readonly<Record<string, readonly string[]>> = {
  'POST /v1/programmes': ['admin'],
  'GET /v1/programmes': ['admin', 'finance'],
  'GET /v1/programmes/{programmeId}': ['admin', 'finance'],
  'POST /v1/programmes/{programmeId}/terms': ['admin'],
  'POST /v1/programmes/{programmeId}/close': ['admin'],
  'POST /v1/partners': ['admin'],
  'GET /v1/partners': ['admin', 'finance'],
  'GET /v1/partners/{partnerId}': ['admin', 'finance'],
  'POST /v1/partners/{partnerId}/approve': ['admin'],
  'POST /v1/partners/{partnerId}/suspend': ['admin'],
  'POST /v1/partners/{partnerId}/reinstate': ['admin'],
  'PATCH /v1/partners/{partnerId}/profile': ['admin'],
  'DELETE /v1/partners/{partnerId}/profile': ['admin'],
  'POST /v1/partners/{partnerId}/review': ['admin', 'finance'],
  'POST /v1/partners/{partnerId}/review/close': ['admin', 'finance'],
  'PUT /v1/partners/{partnerId}/payout-details': ['admin', 'finance'],
  'GET /v1/partners/{partnerId}/payout-details': ['admin', 'finance'],
  'POST /v1/partners/{partnerId}/self-billing': ['admin', 'finance'],
  'POST /v1/partners/{partnerId}/self-billing/end': ['admin', 'finance'],
  'GET /v1/partners/{partnerId}/statement': ['admin', 'finance'],
  'GET /v1/partners/{partnerId}/statement/changes': ['admin', 'finance'],
  'POST /v1/partners/{partnerId}/write-offs': ['finance'],
  'PUT /v1/merchant': ['admin', 'finance'],
  'GET /v1/merchant': ['admin', 'finance'],
  'POST /v1/links': ['admin'],
  'GET /v1/links': ['admin', 'finance'],
  'GET /v1/links/{code}': ['admin', 'finance'],
  'POST /v1/links/{code}/retarget': ['admin'],
  'POST /v1/links/{code}/disable': ['admin'],
  'POST /v1/coupons': ['admin'],
  'GET /v1/coupons': ['admin', 'finance'],
  'GET /v1/coupons/{code}': ['admin', 'finance'],
  'POST /v1/coupons/{code}/withdraw': ['admin'],
  'POST /v1/orders': ['admin', 'orders'],
  'POST /v1/orders/{orderId}/amendments': ['admin', 'orders'],
  'POST /v1/orders/{orderId}/refunds': ['admin', 'orders'],
  'POST /v1/orders/{orderId}/cancellation': ['admin', 'orders'],
  'POST /v1/orders/{orderId}/completion': ['admin', 'orders'],
  'GET /v1/orders': ['admin', 'finance'],
  'GET /v1/orders/{orderId}': ['admin', 'finance', 'orders'],
  'GET /v1/orders/{orderId}/decision': ['admin', 'finance'],
  'GET /v1/commissions': ['admin', 'finance'],
  'POST /v1/commissions/{orderId}/reject': ['admin', 'finance'],
  'POST /v1/commissions/{orderId}/reinstate': ['admin', 'finance'],
  'GET /v1/balances': ['admin', 'finance'],
  'GET /v1/performance': ['admin', 'finance'],
  'GET /v1/payout-preview': ['admin', 'finance'],
  'GET /v1/payout-preview/partners': ['admin', 'finance'],
  'POST /v1/payout-runs': ['admin', 'finance'],
  'GET /v1/payout-runs': ['admin', 'finance'],
  'GET /v1/payout-runs/{runId}': ['admin', 'finance'],
  'POST /v1/payout-runs/{runId}/approve': ['admin', 'finance'],
  'POST /v1/payout-runs/{runId}/schedule': ['admin', 'finance'],
  'POST /v1/payout-runs/{runId}/export': ['admin', 'finance'],
  'GET /v1/payout-runs/{runId}/payment-file': ['admin', 'finance'],
  'GET /v1/payout-runs/{runId}/payment-file/changes': ['admin', 'finance'],
  'GET /v1/payout-runs/{runId}/payouts.csv': ['admin', 'finance'],
  'POST /v1/payout-runs/{runId}/confirm': ['admin', 'finance'],
  'POST /v1/payout-runs/{runId}/cancel': ['admin', 'finance'],
  'GET /v1/payouts': ['admin', 'finance'],
  'GET /v1/skipped-payouts': ['admin', 'finance'],
  'GET /v1/payouts/{payoutId}': ['admin', 'finance'],
  'POST /v1/payouts/{payoutId}/cancel': ['admin', 'finance'],
  'POST /v1/payout-confirmations': ['admin', 'finance'],
  'POST /v1/bank-files': ['admin', 'finance'],
  'GET /v1/documents': ['admin', 'finance'],
  'GET /v1/documents/{documentId}/pdf': ['admin', 'finance'],
  'GET /v1/documents/{documentId}/ubl': ['admin', 'finance'],
  'GET /v1/trial-balance': ['admin', 'finance'],
  'GET /v1/journal': ['admin', 'finance'],
  'GET /v1/journal.csv': ['admin', 'finance'],
  'GET /v1/streams/{stream}/events': ['admin'],
  'GET /v1/me': ['partner'],
  'GET /v1/me/links': ['partner'],
  'GET /v1/me/coupons': ['partner'],
  'GET /v1/me/commissions': ['partner'],
  'GET /v1/me/performance': ['partner'],
  'GET /v1/me/balance': ['partner'],
  'GET /v1/me/statement': ['partner'],
  'GET /v1/me/statement/changes': ['partner'],
  'GET /v1/me/payouts': ['partner'],
  'GET /v1/me/payouts/{payoutId}': ['partner'],
  'GET /v1/me/documents': ['partner'],
  'GET /v1/me/documents/{documentId}/pdf': ['partner'],
  'GET /v1/me/documents/{documentId}/ubl': ['partner'],
  'GET /v1/me/payout-details': ['partner'],
  'PUT /v1/me/payout-details': ['partner'],
  'GET /v1/me/self-billing': ['partner'],
  'POST /v1/me/self-billing': ['partner'],
  'POST /v1/shops': ['admin'],
  'GET /v1/shops': ['admin'],
  'DELETE /v1/shops/{shopId}': ['admin'],
  'POST /v1/keys': ['admin'],
  'GET /v1/keys': ['admin'],
  'DELETE /v1/keys/{keyId}': ['admin'],
};

/** Answered to everybody; the webhook is guarded by its signature. */
const OPEN = ['GET /livez', 'GET /readyz', 'POST /v1/webhooks/woocommerce/{shopId}'];

let world: World;
const keys = new Map<string, string>();
beforeAll(async () => {
  world = await openWorld();
  await openOffice(world);
  await addPartner(world, 'halfweg');
  for (const scope of scopeSchema.options) {
    keys.set(scope, await keyFor(world, [scope], scope === 'partner' ? 'woonblog' : undefined));
  }
  keys.set('bouwtips', await keyFor(world, ['partner'], 'bouwtips'));
});
afterAll(() => world[Symbol.asyncDispose]());

const documentSchema = z.object({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ operationId: z.string().optional() })),
  ),
});

test('the table lists every route there is', async () => {
  const { paths } = documentSchema.parse((await world.call('GET /openapi.json')).body);
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(routes.sort()).toEqual([...Object.keys(ACCESS), ...OPEN].sort());
});

test.each(Object.entries(ACCESS))('%s is for %j, and for nobody else', async (route, scopes) => {
  const request = route.replaceAll(/\{\w+\}/g, 'unheard-of');
  const options = request.startsWith('GET') ? {} : { body: {} };
  const nobody = await world.call(request, { ...options, key: null });
  expect(nobody.status).toBe(401);
  expect(nobody.headers.get('WWW-Authenticate')).toBe('Bearer');
  for (const scope of scopeSchema.options) {
    const { status, body } = await world.call(request, { ...options, key: keys.get(scope) ?? '' });
    const isLetIn = status !== 401 && status !== 403;
    expect([scope, isLetIn]).toEqual([scope, scopes.includes(scope)]);
    expect(isLetIn ? null : body).toEqual(isLetIn ? null : refusalOf(scopes));
    expect(status).toBeLessThan(500);
  }
});

const refusalOf = (scopes: readonly string[]): unknown =>
  expect.objectContaining({ code: 'scope_missing', neededScopes: scopes });

const OWN_ROUTES = Object.keys(ACCESS)
  .filter((route) => /^GET \/v1\/me(\/[a-z/-]+)?$/.test(route))
  .map((route) => route.slice('GET '.length));

const OWN_QUERIES = new Map([
  ['/v1/me/performance', '?from=2026-01-01&groupBy=partner'],
  ['/v1/me/statement/changes', '?beforeAsOf=2026-02-01T00:00:00Z'],
]);

test('a partner sees all that is its own and nothing of another, whatever it asks for', async () => {
  await must(world, 'POST /v1/orders', orderWith('WOONBLOG10', { orderId: 'of-woonblog' }));
  const bouwtips = { orderId: 'of-bouwtips', customer: { email: 'b@example.nl' } };
  await must(world, 'POST /v1/orders', orderWith('BOUWTIPS10', bouwtips));
  for (const partnerId of ['woonblog', 'bouwtips']) {
    await givePayoutDetails(world, partnerId, { ...PERSON, accountHolder: partnerId });
    await payOut(world, { partnerId, orderId: `of-${partnerId}`, amountCents: 10_000 });
  }
  const pairs = [
    ['partner', 'woonblog', 'bouwtips'],
    ['bouwtips', 'bouwtips', 'woonblog'],
  ] as const;
  for (const [key, own, other] of pairs) {
    for (const route of OWN_ROUTES) {
      const query = OWN_QUERIES.get(route) ?? '';
      const { status, body } = await readNow(world, route + query, keys.get(key));
      const text = JSON.stringify(body).toLowerCase();
      expect([route, status, text.includes(own), text.includes(other)]).toEqual([
        route,
        200,
        true,
        false,
      ]);
      const asked = `${query === '' ? '?' : `${query}&`}partnerId=${other}`;
      const foreign = await readNow(world, route + asked, keys.get(key));
      const isTold = JSON.stringify(foreign.body).toLowerCase().includes(other);
      expect([route, foreign.status, isTold]).toEqual([route, 400, false]);
    }
  }
});

test('another partner’s payout is not there, one’s own is', async () => {
  const read = async (orderId: string) =>
    (await readNow(world, `/v1/me/payouts/${payoutIdOf(orderId)}`, keys.get('partner'))).status;
  expect([await read('of-woonblog'), await read('of-bouwtips'), await read('of-nobody')]).toEqual([
    200, 404, 404,
  ]);
});

test('a partner reads what is missing to the threshold and when the rest becomes payable', async () => {
  const order = { orderId: 'in-hold', customer: { email: 'hold@example.nl' } };
  await must(world, 'POST /v1/orders', orderWith('HALFWEG10', order));
  const key = await keyFor(world, ['partner'], 'halfweg');
  const { body } = await readNow(world, '/v1/me/balance', key);
  expect(body).toMatchObject({
    balances: [{ pendingCents: 10_000, payableCents: 0, missingCents: 5000, payoutDue: false }],
    pending: [{ payableOn: '2026-03-15', amountCents: 10_000, commissions: 1 }],
  });
});

test('browsers elsewhere may read /v1/me from the portals that are named, and nothing else', async () => {
  await using portal = await openWorld({ corsOrigins: ['https://portal.example.nl'] });
  const preflight = (path: string, origin: string) =>
    portal.fetch(path, {
      method: 'OPTIONS',
      headers: { Origin: origin, 'Access-Control-Request-Method': 'GET' },
    });
  const allowed = async (path: string, origin: string) =>
    (await preflight(path, origin)).headers.get('Access-Control-Allow-Origin');
  expect(await allowed('/v1/me/balance', 'https://portal.example.nl')).toBe(
    'https://portal.example.nl',
  );
  expect(await allowed('/v1/me', 'https://portal.example.nl')).toBe('https://portal.example.nl');
  expect(await allowed('/v1/me/balance', 'https://evil.example')).toBeNull();
  expect(await allowed('/v1/orders', 'https://portal.example.nl')).toBeNull();
});
