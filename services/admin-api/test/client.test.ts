import { inspect } from 'node:util';
import { createClient, ProvisieError } from '@provisie/client';
import type { Body, ClientOptions } from '@provisie/client';
import { streams } from '@provisie/domain';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addPartner, keyFor, openOffice, orderWith } from './office.ts';
import { openShakyLine } from './shaky-line.ts';
import type { Fault, ShakyLine } from './shaky-line.ts';
import { openWorld } from './world.ts';
import type { World } from './world.ts';

let world: World;
let line: ShakyLine;
let shopKey: string;
beforeAll(async () => {
  world = await openWorld();
  await openOffice(world);
  line = await openShakyLine(world);
  shopKey = await keyFor(world, ['orders']);
});
afterAll(async () => {
  await line[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});
beforeEach(() => {
  line.faults.length = 0;
});

const clientWith = (key: string, options: Partial<ClientOptions> = {}) =>
  createClient({ baseUrl: line.url, key, ...options });
const admin = (options: Partial<ClientOptions> = {}) => clientWith(world.adminKey, options);
const placed = (orderId: string): Body<'post', '/v1/orders'> => ({
  ...orderWith('WOONBLOG10'),
  orderId,
  customer: { email: `${orderId}@example.nl` },
});
const path = (orderId: string) => ({ path: { orderId } });

async function failureOf(call: Promise<unknown>): Promise<ProvisieError> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ProvisieError);
  if (error instanceof ProvisieError) return error;
  throw error;
}

test('a shop reports an order’s life, and a partner reads what it earned as soon as it is told', async () => {
  await addPartner(world, 'klusblog');
  const shop = clientWith(shopKey);
  const order = { ...placed('life'), couponCodes: ['KLUSBLOG10'] };
  expect(await shop.post('/v1/orders', { body: order })).toMatchObject({ isPlaced: true });
  const lines = [{ lineId: '1', amountCents: 80_000 }];
  const at = { occurredAt: '2026-03-02T10:00:00Z' };
  await shop.post('/v1/orders/{orderId}/amendments', {
    ...path('life'),
    body: { amendmentId: 'life-2', lines, ...at },
  });
  await shop.post('/v1/orders/{orderId}/completion', { ...path('life'), body: at });
  const { position } = await shop.post('/v1/orders/{orderId}/refunds', {
    ...path('life'),
    body: { refundId: 'r1', amountCents: 30_000, ...at },
  });

  const partner = clientWith(await keyFor(world, ['partner'], 'klusblog'));
  const { balances } = await partner.get('/v1/me/balance', { query: { waitFor: position } });
  expect(balances).toMatchObject([{ pendingCents: 5000 }]);
  const cancelled = await shop.post('/v1/orders/{orderId}/cancellation', {
    ...path('life'),
    body: at,
  });
  const query = { waitFor: cancelled.position };
  expect(await partner.get('/v1/me/commissions', { query })).toMatchObject({
    items: [{ orderId: 'life', status: 'reversed' }],
  });
});

test('a list is read to its end, whatever the size of its pages, and not further than it is asked for', async () => {
  const shop = clientWith(shopKey);
  await addPartner(world, 'lijstblog');
  for (let order = 0; order < 5; order += 1) {
    const body = { ...placed(`list-${String(order)}`), couponCodes: ['LIJSTBLOG10'] };
    await shop.post('/v1/orders', { body });
  }
  const waitFor = await world.options.store.head();
  const partner = clientWith(await keyFor(world, ['partner'], 'lijstblog'));
  const commissions = () => partner.all('/v1/me/commissions', { query: { limit: 2, waitFor } });
  const orders: string[] = [];
  for await (const { orderId } of commissions()) orders.push(orderId);
  expect(orders.sort()).toEqual(['list-0', 'list-1', 'list-2', 'list-3', 'list-4']);

  const before = line.requests.length;
  for await (const { orderId } of commissions()) if (orderId !== '') break;
  expect(line.requests.length).toBe(before + 1);
});

const PASSING: readonly Fault[] = [
  'request lost',
  'answer lost',
  'answer cut',
  'silence',
  { status: 429, headers: { 'retry-after': '0' } },
  { status: 502 },
  { status: 503, headers: { 'retry-after': 'Thu, 01 Jan 2026 00:00:00 GMT' } },
  { status: 504 },
];

test.each(PASSING)('what fails in passing is sent again, and counts once: %o', async (fault) => {
  const client = admin({ timeoutMs: 500 });
  const label = `Key for ${inspect(fault)}`;
  const first = line.requests.length;
  line.faults.push(fault);
  await client.post('/v1/keys', { body: { label, scopes: ['orders'] } });
  expect(line.requests.slice(first)).toEqual(['POST /v1/keys', 'POST /v1/keys']);
  expect(new Set(line.idempotencyKeys.slice(first)).size).toBe(1);
  const keys = await Array.fromAsync(client.all('/v1/keys'));
  expect(keys.filter((key) => key.label === label)).toHaveLength(1);

  line.faults.push(fault);
  const order = placed(`order-${String(PASSING.indexOf(fault))}`);
  await clientWith(shopKey, { timeoutMs: 500 }).post('/v1/orders', { body: order });
  const facts = await Array.fromAsync(world.options.store.readStream(streams.order(order.orderId)));
  expect(facts.map(({ type }) => type)).toEqual(['OrderPlaced']);

  line.faults.push(fault);
  expect(await client.get('/v1/orders/{orderId}', path(order.orderId))).toMatchObject(
    path(order.orderId).path,
  );
});

test('two calls are two requests, one Idempotency-Key of the caller’s is one', async () => {
  const body = { label: 'Twice', scopes: ['orders' as const] };
  const once = { body, idempotencyKey: 'from-my-queue-1' };
  const first = await admin().post('/v1/keys', once);
  const again = await admin().post('/v1/keys', once);
  expect(again.key.keyId).toBe(first.key.keyId);
  const other = await admin().post('/v1/keys', { body });
  expect(other.key.keyId).not.toBe(first.key.keyId);
});

test('what is still being carried out is waited for', async () => {
  const { promise: goOn, resolve: letGoOn } = Promise.withResolvers<void>();
  const { customerKeys } = world.options;
  await using slow = await openWorld({
    customerKeys: {
      ...customerKeys,
      ofEmail: async (email) => {
        await goOn;
        return customerKeys.ofEmail(email);
      },
    },
  });
  await using slowLine = await openShakyLine(slow);
  const client = createClient({ baseUrl: slowLine.url, key: slow.adminKey, timeoutMs: 200 });
  slowLine.onRequest = () => {
    if (slowLine.requests.length === 3) letGoOn();
  };
  await client.post('/v1/orders', { body: placed('slow') });
  const answers = slow.logged.flatMap((entry) => ('problem' in entry ? [entry.problem] : []));
  expect(answers).toContain('idempotency_in_progress');
});

test('a read that the projections have not got to is asked again', async () => {
  await using lagging = await openWorld({ limits: { waitMs: 1 } });
  await openOffice(lagging);
  await using laggingLine = await openShakyLine(lagging);
  const client = createClient({ baseUrl: laggingLine.url, key: lagging.adminKey });
  const waitFor = (await lagging.options.store.head()) + 1;
  laggingLine.onRequest = () => {
    if (laggingLine.requests.length > 1) return;
    void lagging.call('POST /v1/orders', { body: orderWith('WOONBLOG10') });
  };
  const query = { waitFor };
  expect(await client.get('/v1/orders', { query })).toMatchObject({
    items: [{ orderId: 'web-1' }],
  });
});

test('a limit that lasts longer than the patience is told at once, with the time to come back', async () => {
  await using strict = await openWorld({ limits: { requestsPerMinute: 1 } });
  await using strictLine = await openShakyLine(strict);
  const client = createClient({
    baseUrl: strictLine.url,
    key: strict.adminKey,
    patienceMs: 10_000,
  });
  await client.get('/v1/programmes');
  const failure = await failureOf(client.get('/v1/programmes'));
  expect(failure).toMatchObject({ status: 429, code: 'rate_limited' });
  expect(failure.retryAfterMs).toBeGreaterThan(10_000);
  expect(strictLine.requests).toHaveLength(2);
});

test('what is refused is refused once, in the words of the API', async () => {
  const client = admin();
  const first = line.requests.length;
  const wrong = { ...placed('wrong'), placedAt: 'yesterday' };
  const invalid = await failureOf(client.post('/v1/orders', { body: wrong }));
  expect(invalid).toMatchObject({
    code: 'invalid_request',
    status: 400,
    errors: [{ path: '/placedAt' }],
  });
  expect(invalid.message).toMatch(
    /^POST \/v1\/orders: 400 invalid_request: One value .*\n {2}\/placedAt: /,
  );
  expect(world.logged).toContainEqual(expect.objectContaining({ requestId: invalid.requestId }));

  await client.post('/v1/orders', { body: placed('same') });
  const other = { ...placed('same'), lines: [{ lineId: '1', amountCents: 1 }] };
  const conflict = await failureOf(client.post('/v1/orders', { body: other }));
  expect(conflict).toMatchObject({ code: 'order_conflict', status: 409 });
  expect(conflict.problem?.['differences']).toBeInstanceOf(Array);
  expect(await failureOf(clientWith(shopKey).get('/v1/balances'))).toMatchObject({ status: 403 });
  expect(line.requests).toHaveLength(first + 4);
});

test('a call ends with its patience, and says what it met', async () => {
  const client = admin({ patienceMs: 0 });
  const first = line.requests.length;
  line.faults.push('request lost', { status: 503 }, { status: 503 });
  const cut = await failureOf(client.get('/v1/programmes'));
  expect(cut).toMatchObject({ code: 'no_answer', status: 0, requestId: null });
  expect(cut.cause).toBeInstanceOf(Error);
  expect(await failureOf(client.get('/v1/programmes'))).toMatchObject({
    code: 'unexpected_answer',
    status: 503,
  });
  expect(line.requests).toHaveLength(first + 2);
});

test.each<Fault>(['silence', { status: 503, headers: { 'retry-after': '20' } }])(
  'a call that is aborted ends with the caller’s reason: %o',
  async (fault) => {
    const controller = new AbortController();
    const reason = new Error('the visitor left');
    line.faults.push(fault);
    const call = admin().get('/v1/programmes', { signal: controller.signal });
    line.onRequest = () => {
      controller.abort(reason);
    };
    await expect(call).rejects.toBe(reason);
    line.onRequest = null;
    const before = line.requests.length;
    await expect(admin().get('/v1/programmes', { signal: controller.signal })).rejects.toBe(reason);
    expect(line.requests).toHaveLength(before);
  },
);

test('a redirect is not followed with the key', async () => {
  const first = line.requests.length;
  line.faults.push({ status: 301, headers: { location: `${line.url}/elsewhere` } });
  const moved = await failureOf(admin().post('/v1/orders', { body: placed('moved') }));
  expect(moved).toMatchObject({ code: 'unexpected_answer', status: 301 });
  expect(moved.detail).toContain('/elsewhere');
  expect(line.requests.slice(first)).toEqual(['POST /v1/orders']);
});

test.each<Fault>([
  { status: 200 },
  { status: 200, body: '' },
  { status: 403, body: '{"type":"about:blank","code":"x","detail":"y","errors":{"all":"wrong"}}' },
  { status: 404, body: 'null' },
])('what something else says is not taken for Provisie’s: %o', async (fault) => {
  line.faults.push(fault);
  const failure = await failureOf(admin().get('/v1/programmes'));
  expect(failure).toMatchObject({ code: 'unexpected_answer', errors: [], problem: null });
});

test('the key is in no error and in nothing that a client shows', async () => {
  const client = admin({ patienceMs: 0 });
  line.faults.push('request lost', { status: 502 });
  const shown = [
    client,
    await failureOf(client.get('/v1/programmes')),
    await failureOf(client.get('/v1/programmes')),
    await failureOf(client.get('/v1/orders/{orderId}', path('none'))),
    await failureOf(
      createClient({ baseUrl: 'http://127.0.0.1:1', key: world.adminKey, patienceMs: 0 }).get(
        '/v1/me',
      ),
    ),
  ];
  expect(inspect(shown, { depth: null, showHidden: true })).not.toContain(world.adminKey);
  for (const key of ['', 'pv_live_secret\n', 'pv_live_secret é']) {
    expect(() => clientWith(key)).toThrow(/^key is empty, or holds characters/);
  }
});

test.each([
  'go.example.nl',
  'ftp://go.example.nl',
  'https://me:secret@go.example.nl',
  'https://go.example.nl/?a=1',
])('the address %s is refused, and not quoted', (baseUrl) => {
  expect(() => clientWith('pv_live_1', { baseUrl })).toThrow(/^baseUrl (?!.*(?:secret|me:)).*$/);
});

test('an id that would lead to another route is refused before it is sent', async () => {
  const before = line.requests.length;
  for (const orderId of ['', '.', '..']) {
    await expect(admin().get('/v1/orders/{orderId}/decision', path(orderId))).rejects.toThrow(
      `path.orderId is "${orderId}"`,
    );
  }
  expect(line.requests).toHaveLength(before);
  await failureOf(admin().get('/v1/orders/{orderId}', path('a/b?c')));
  expect(line.requests.at(-1)).toBe('GET /v1/orders/a%2Fb%3Fc');
});

test('a server below a path is called below it', async () => {
  const called: string[] = [];
  const client = createClient({
    baseUrl: 'https://shop.example/provisie/',
    key: world.adminKey,
    fetch: (url) => {
      called.push(url);
      return Promise.resolve(Response.json({ items: [], next: null }));
    },
  });
  await client.get('/v1/programmes', { query: { limit: 10 } });
  expect(called).toEqual(['https://shop.example/provisie/v1/programmes?limit=10']);
});
