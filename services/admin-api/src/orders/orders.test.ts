import { eventIdOf } from '@provisie/event-store';
import { MAX_AMOUNT_CENTS, newFact, streams } from '@provisie/domain';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { must, openOffice, orderWith, readNow } from '../../test/office.ts';
import { openWorld } from '../../test/world.ts';
import type { World } from '../../test/world.ts';

let world: World;
let orderId = '';
let count = 0;
beforeAll(async () => {
  world = await openWorld();
  await openOffice(world);
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => {
  count += 1;
  orderId = `web-${String(count)}`;
});

/** Every order of a customer of its own, so that it is their first. */
const order = (more: Readonly<Record<string, unknown>> = {}) =>
  orderWith('WOONBLOG10', {
    orderId,
    customer: { email: `${orderId}@example.nl` },
    ...more,
  });
const post = (path: string, body: object) => world.call(`POST /v1/orders${path}`, { body });

test('an order is recorded once, however often it is reported', async () => {
  const first = await post('', order());
  expect(first.status).toBe(201);
  expect(first.body).toMatchObject({ orderId, isPlaced: true });
  expect(first.headers.get('Provisie-Position')).toMatch(/^\d+$/);
  const again = await Promise.all(Array.from({ length: 5 }, () => post('', order())));
  for (const answer of again) {
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(first.body);
  }
  const events = await Array.fromAsync(world.options.store.readStream(streams.order(orderId)));
  expect(events).toHaveLength(1);
  expect(JSON.stringify(events)).not.toContain('example.nl');
});

test('reported by many at once, it is recorded once', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => post('', order())));
  expect(answers.every(({ status }) => status === 200 || status === 201)).toBe(true);
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
});

test('the same id with other content is refused, field by field', async () => {
  await post('', order());
  const answer = await post(
    '',
    order({
      lines: [{ lineId: '1', amountCents: 90_000 }],
      placedAt: '2026-03-01T10:00:01.000Z',
      customer: { email: 'somebody@else.example' },
      visitorId: 'visitor-1234',
    }),
  );
  expect(answer.status).toBe(409);
  expect(answer.body).toMatchObject({ code: 'order_conflict' });
  expect(Object(answer.body)).toHaveProperty(
    'differences',
    expect.arrayContaining([
      { path: '/lines/0/amountCents', recorded: 100_000, sent: 90_000 },
      {
        path: '/placedAt',
        recorded: '2026-03-01T10:00:00.000Z',
        sent: '2026-03-01T10:00:01.000Z',
      },
      { path: '/customer' },
      { path: '/visitorId', sent: 'visitor-1234' },
    ]),
  );
});

test('an e-mail address is one customer however it is typed, and goes before the id', async () => {
  await post('', order({ customer: { email: 'Anna@Example.NL' } }));
  const answer = await post(
    '',
    order({ customer: { email: ' anna@example.nl '.trim(), id: '7' } }),
  );
  expect(answer.status).toBe(200);
});

test.each([
  [{ lines: [{ lineId: '1', amountCents: 10.5 }] }, '/lines/0/amountCents'],
  [{ lines: [{ lineId: '1', amountCents: -1 }] }, '/lines/0/amountCents'],
  [{ placedAt: '2026-03-01' }, '/placedAt'],
  [{ placedAt: '2026-03-01T10:00:00' }, '/placedAt'],
  [{ placedAt: '2030-01-01T00:00:00Z' }, '/placedAt'],
  [{ currency: 'eur' }, '/currency'],
  [{ currency: 'EUO' }, '/currency'],
  [{ customer: {} }, '/customer'],
  [{ customer: { id: ' ' } }, '/customer/id'],
  [{ couponCodes: ['ZOMER', ' \u00a0'] }, '/couponCodes/1'],
  [{ orderId: 'no/slash' }, '/orderId'],
  [
    {
      lines: [
        { lineId: '1', amountCents: 1 },
        { lineId: '1', amountCents: 2 },
      ],
    },
    '/lines',
  ],
  [
    {
      lines: [
        { lineId: '1', amountCents: MAX_AMOUNT_CENTS },
        { lineId: '2', amountCents: 1 },
      ],
    },
    '/lines',
  ],
  [{ lines: [{ lineId: '1', amountCents: 1, vatCents: 1 }] }, '/lines/0'],
])('%j is a bad value at %s', async (more, path) => {
  const answer = await post('', order(more));
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ code: 'invalid_request', errors: [{ path }] });
});

test('facts may come before the order, and count once it is there', async () => {
  const refund = { refundId: 'r1', amountCents: 25_000, occurredAt: '2026-03-02T10:00:00Z' };
  const early = await post(`/${orderId}/refunds`, refund);
  expect(early.status).toBe(201);
  expect(early.body).toMatchObject({ isPlaced: false });
  expect((await readNow(world, `/v1/orders/${orderId}/decision`)).status).toBe(404);
  await post('', order());
  const decision = await readNow(world, `/v1/orders/${orderId}/decision`);
  expect(decision.body).toMatchObject({
    base: { baseCents: 75_000, refundIds: ['r1'] },
    award: { partnerId: 'woonblog', partnerName: 'Name of woonblog' },
    reward: { amountCents: 7500, arithmetic: '10.00 % of €750.00 = €75.00' },
  });
  expect(Object(decision.body)).toHaveProperty(
    'explanation',
    expect.stringContaining('Name of woonblog'),
  );
});

test('a decision says until when a coupon was valid, and which codes are nobody’s', async () => {
  const ended = `ENDED${String(count)}`;
  await must(world, 'POST /v1/coupons', {
    code: ended,
    programmeId: 'affiliate',
    partnerId: 'woonblog',
    issuedAt: '2026-01-01T00:00:00.000Z',
    validUntil: '2026-02-28T23:00:00.000Z',
  });
  await post('', order({ couponCodes: [ended, 'SUMMER'] }));
  const { body } = await readNow(world, `/v1/orders/${orderId}/decision`);
  expect(Object(body)).toHaveProperty(
    'explanation',
    expect.stringMatching(
      /it was valid until 2026-02-28T23:00:00\.000Z\.\nThe code SUMMER is no partner's coupon\./,
    ),
  );
});

test('a report without a moment may be repeated later', async () => {
  await post('', order());
  for (const path of ['cancellation', 'completion']) {
    const first = await post(`/${orderId}/${path}`, {});
    expect(first.status).toBe(201);
    world.setNow(world.options.now() + 60_000);
    const again = await post(`/${orderId}/${path}`, {});
    expect([again.status, again.body]).toEqual([200, first.body]);
    const other = await post(`/${orderId}/${path}`, { occurredAt: '2026-03-02T00:00:00Z' });
    expect(other.body).toMatchObject({
      code: 'order_conflict',
      differences: [{ path: '/occurredAt' }],
    });
  }
  expect((await readNow(world, `/v1/orders/${orderId}`)).body).toMatchObject({
    cancelledAt: expect.stringMatching(/Z$/) as unknown,
    completedAt: expect.stringMatching(/Z$/) as unknown,
  });
});

test('an amendment replaces the lines; after a payout has fixed them it is refused', async () => {
  await post('', order());
  const amend = (amendmentId: string, occurredAt: string) =>
    post(`/${orderId}/amendments`, {
      amendmentId,
      occurredAt,
      lines: [{ lineId: '1', amountCents: 80_000 }],
    });
  expect((await amend('a1', '2026-03-02T00:00:00Z')).status).toBe(201);
  expect((await readNow(world, `/v1/orders/${orderId}`)).body).toMatchObject({
    baseCents: 80_000,
  });
  await scheduleLock('2026-03-05T00:00:00Z');

  const late = await amend('a2', '2026-03-05T00:00:00Z');
  expect(late.status).toBe(409);
  expect(late.body).toMatchObject({
    code: 'amendment_after_lock',
    payoutId: `payout-${orderId}`,
    lockedAt: '2026-03-05T00:00:00.000Z',
  });
  expect((await amend('a1', '2026-03-02T00:00:00Z')).status).toBe(200);
  expect((await amend('a3', '2026-03-04T23:59:59.999Z')).status).toBe(201);
});

async function scheduleLock(at: string): Promise<void> {
  const payoutId = `payout-${orderId}`;
  const scheduled = newFact('PayoutScheduled', {
    id: eventIdOf('test', payoutId),
    occurredAt: Date.parse(at),
    data: {
      payoutId,
      runId: 'run-1',
      partnerId: 'woonblog',
      currency: 'EUR',
      amountCents: 8000,
      vat: [],
      totalCents: 8000,
      taxProfile: 'private_person',
      payoutDetailsId: eventIdOf('test', 'details'),
      lines: [
        {
          orderId,
          programmeId: 'affiliate',
          termsVersion: 1,
          touchId: 'coupon:WOONBLOG10',
          amountCents: 8000,
        },
      ],
    },
  });
  await world.options.store.append(streams.payouts('woonblog'), [scheduled], 'any');
}

test('a click id of another system is taken, always as the same', async () => {
  const first = await post('', order({ clickId: 'gclid.XYZ' }));
  expect(first.status).toBe(201);
  expect((await post('', order({ clickId: 'gclid.XYZ' }))).status).toBe(200);
  expect((await post('', order({ clickId: 'gclid.ABC' }))).status).toBe(409);
});

test('a person rejects a commission and takes it back; a slip of the partner is noticed', async () => {
  await post('', order());
  const verdict = (what: string, partnerId: string) =>
    world.call(`POST /v1/commissions/${orderId}/${what}`, {
      body: { partnerId, reason: 'Test order' },
    });
  expect((await verdict('reject', 'bouwtips')).body).toMatchObject({ code: 'not_awarded' });
  const rejected = await verdict('reject', 'woonblog');
  expect(rejected.body).toMatchObject({ verdict: 'rejected' });
  expect((await verdict('reject', 'woonblog')).body).toEqual(rejected.body);
  const status = async () => {
    const { body } = await readNow(world, `/v1/commissions?status=rejected&limit=500`);
    return JSON.stringify(body).includes(`"${orderId}"`);
  };
  expect(await status()).toBe(true);
  await must(world, `POST /v1/commissions/${orderId}/reinstate`, {
    partnerId: 'woonblog',
    reason: 'It was real',
  });
  expect(await status()).toBe(false);
});
