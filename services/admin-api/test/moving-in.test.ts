import { afterAll, beforeAll, expect, test } from 'vitest';
import { must, openOffice, orderWith, readNow } from './office.ts';
import { openWorld } from './world.ts';
import type { World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await openOffice(world);
});
afterAll(() => world[Symbol.asyncDispose]());

const orderOf = (orderId: string, placedAt: string, coupon = 'WOONBLOG10') =>
  must(world, 'POST /v1/orders', {
    ...orderWith(coupon, { orderId, placedAt }),
    customer: { email: `${orderId}@example.nl` },
  });

const decisionOf = async (orderId: string) =>
  (await readNow(world, `/v1/orders/${orderId}/decision`)).body;

/** Everything that ends or interrupts something, of something that began on 1 January. */
const changes: readonly (readonly [request: string, field: string, body: object])[] = [
  ['POST /v1/partners/bouwtips/suspend', 'suspendedAt', { reason: 'Spam' }],
  ['POST /v1/links/bouwtips/retarget', 'retargetedAt', { destination: 'https://www.example.nl/' }],
  ['POST /v1/links/bouwtips/disable', 'disabledAt', {}],
  ['POST /v1/coupons/BOUWTIPS10/withdraw', 'withdrawnAt', {}],
  ['POST /v1/programmes/affiliate/close', 'closedAt', {}],
];

test.each(changes)('%s: %s lies neither before its beginning nor ahead', async (...change) => {
  const [request, field, body] = change;
  for (const moment of ['2025-12-31T23:59:59.999Z', '2026-03-10T12:05:00.001Z']) {
    const answer = await world.call(request, { body: { ...body, [field]: moment } });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ path: `/${field}` }] });
  }
});

test('a suspension and its end, told of late, decide the orders between them anew', async () => {
  await orderOf('before', '2026-01-31T12:00:00Z');
  await orderOf('between', '2026-02-05T12:00:00Z');
  await orderOf('after', '2026-02-10T12:00:00Z');
  expect(await decisionOf('between')).toMatchObject({ award: { partnerId: 'woonblog' } });

  const suspended = await must(world, 'POST /v1/partners/woonblog/suspend', {
    reason: 'Spam',
    suspendedAt: '2026-02-01T00:00:00Z',
  });
  expect(suspended.body).toMatchObject({
    partner: { status: 'suspended', suspendedAt: '2026-02-01T00:00:00.000Z' },
  });
  expect(await decisionOf('after')).toMatchObject({ award: null });

  const tooEarly = await world.call('POST /v1/partners/woonblog/reinstate', {
    body: { reason: 'Sorry', reinstatedAt: '2026-02-01T00:00:00Z' },
  });
  expect(tooEarly.body).toMatchObject({
    errors: [{ path: '/reinstatedAt', expected: '2026-02-01T00:00:00.001Z or later' }],
  });
  await must(world, 'POST /v1/partners/woonblog/reinstate', {
    reason: 'Sorry',
    reinstatedAt: '2026-02-08T00:00:00Z',
  });
  expect(await decisionOf('before')).toMatchObject({ award: { partnerId: 'woonblog' } });
  expect(await decisionOf('between')).toMatchObject({
    award: null,
    candidates: [{ result: 'partner_not_active' }],
  });
  expect(await decisionOf('after')).toMatchObject({ award: { partnerId: 'woonblog' } });

  const over = await world.call('POST /v1/partners/woonblog/suspend', {
    body: { reason: 'Spam', suspendedAt: '2026-02-07T00:00:00Z' },
  });
  expect(over.body).toMatchObject({ errors: [{ expected: '2026-02-08T00:00:00.000Z or later' }] });
});

test('a link is given its destinations in turn, and ends when it ended', async () => {
  const retarget = (page: string, retargetedAt: string) =>
    world.call('POST /v1/links/woonblog/retarget', {
      body: { destination: `https://www.example.nl/${page}`, retargetedAt },
    });
  expect((await retarget('one', '2026-02-01T00:00:00Z')).status).toBe(200);
  expect((await retarget('two', '2026-02-01T00:00:00Z')).status).toBe(400);
  expect((await retarget('two', '2026-02-02T00:00:00Z')).status).toBe(200);
  const disabledAt = '2026-02-01T12:00:00.000Z';
  await must(world, 'POST /v1/links/woonblog/disable', { disabledAt, reason: 'Old' });
  expect((await readNow(world, '/v1/links/woonblog')).body).toMatchObject({
    destination: 'https://www.example.nl/two',
    disabledAt,
  });
});

test.each([
  ['coupon', 'POST /v1/coupons/BOUWTIPS10/withdraw', 'withdrawnAt', 'coupon_not_valid'],
  ['programme', 'POST /v1/programmes/affiliate/close', 'closedAt', 'programme_closed'],
])('a %s that had ended wins no order placed since', async (name, request, field, result) => {
  const days = name === 'coupon' ? ['2026-03-02', '2026-03-03'] : ['2026-01-02', '2026-01-03'];
  const [first = '', second = ''] = days.map((day) => `${day}T00:00:00.000Z`);
  await orderOf(`${name}-1`, first, 'BOUWTIPS10');
  await orderOf(`${name}-2`, second, 'BOUWTIPS10');
  await must(world, request, { [field]: second });
  expect(await decisionOf(`${name}-1`)).toMatchObject({ award: { partnerId: 'bouwtips' } });
  expect(await decisionOf(`${name}-2`)).toMatchObject({ award: null, candidates: [{ result }] });
});
