import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { keyFor, must, openOffice, orderWith, readNow } from '../../test/office.ts';
import { payOut } from '../../test/payouts.ts';
import { NOW, openWorld } from '../../test/world.ts';
import type { World } from '../../test/world.ts';

const DAY = 86_400_000;

let world: World;
let finance: string;
let partner: string;
beforeAll(async () => {
  world = await openWorld();
  await openOffice(world);
  finance = await keyFor(world, ['finance']);
  partner = await keyFor(world, ['partner'], 'woonblog');
  for (const orderId of ['paid', 'open', 'young']) {
    const placedAt = orderId === 'young' ? '2026-03-10T00:00:00Z' : '2026-02-01T00:00:00Z';
    const customer = { email: `${orderId}@example.nl` };
    await must(world, 'POST /v1/orders', orderWith('WOONBLOG10', { orderId, placedAt, customer }));
  }
  await payOut(world, { partnerId: 'woonblog', orderId: 'paid', amountCents: 10_000 });
  world.setNow(NOW + DAY);
  await must(world, 'POST /v1/orders/paid/refunds', {
    refundId: 'r1',
    occurredAt: '2026-03-11T00:00:00Z',
    amountCents: 25_000,
  });
});
afterAll(() => world[Symbol.asyncDispose]());

interface Line {
  readonly orderId: string;
  readonly amountCents: number;
}

const writeOff = (idempotencyKey: string, lines: readonly Line[], more: object = {}) =>
  world.call('POST /v1/partners/woonblog/write-offs', {
    key: finance,
    body: { currency: 'EUR', lines, reason: 'Not worth asking back', ...more },
    headers: { 'Idempotency-Key': idempotencyKey },
  });

const balance = async () => {
  const { body } = await readNow(world, '/v1/balances?partnerId=woonblog');
  return body;
};

/** How the order stands in the listings of finance and of the partner. */
const listed = async (orderId: string) => {
  const pages = [
    await readNow(world, '/v1/commissions?partnerId=woonblog'),
    await readNow(world, '/v1/me/commissions', partner),
  ];
  return pages.map(({ body }) =>
    commissions
      .parse(body)
      .items.filter((item) => item.orderId === orderId)
      .map(({ status, amountCents, writtenOffCents }) => [status, amountCents, writtenOffCents]),
  );
};

const commissions = z.object({
  items: z.array(
    z.object({
      orderId: z.string(),
      status: z.string(),
      amountCents: z.int(),
      writtenOffCents: z.int(),
    }),
  ),
});

test.each<[string, readonly Line[], object]>([
  ['more than is owed', [{ orderId: 'open', amountCents: 10_001 }], { expected: '1 to 10000' }],
  ['the other way', [{ orderId: 'open', amountCents: -1 }], { expected: '1 to 10000' }],
  [
    'more than is to be taken back',
    [{ orderId: 'paid', amountCents: -2501 }],
    { expected: '-2500 to -1' },
  ],
  [
    'still in hold',
    [{ orderId: 'young', amountCents: 1 }],
    { problem: 'nothing is open of young' },
  ],
  [
    'unheard of',
    [{ orderId: 'nobodys', amountCents: 1 }],
    { problem: 'nothing is open of nobodys' },
  ],
])('a line can not be more than what is open: %s', async (name, lines, told) => {
  const answer = await writeOff(name.replaceAll(' ', '-'), lines);
  expect(answer).toMatchObject({
    status: 409,
    body: { code: 'write_off_too_large', errors: [{ path: '/lines/0/amountCents', ...told }] },
  });
});

test('needs a key of its own, no order twice, and no zero', async () => {
  const lines = [{ orderId: 'open', amountCents: 1 }];
  const without = await world.call('POST /v1/partners/woonblog/write-offs', {
    key: finance,
    body: { currency: 'EUR', lines, reason: 'x' },
  });
  expect(without.body).toMatchObject({ code: 'idempotency_key_missing' });
  const odd = await writeOff('odd', [...lines, { orderId: 'open', amountCents: 0 }]);
  expect(odd.body).toMatchObject({
    errors: [
      { path: '/lines/1/amountCents', problem: 'zero settles nothing' },
      { path: '/lines/1/orderId', problem: 'the order stands in an earlier line already' },
    ],
  });
});

test('for a partner nobody knows it is a 404', async () => {
  const answer = await world.call('POST /v1/partners/nobody/write-offs', {
    key: finance,
    body: { currency: 'EUR', lines: [{ orderId: 'open', amountCents: 1 }], reason: 'x' },
    headers: { 'Idempotency-Key': 'nobody' },
  });
  expect(answer.status).toBe(404);
});

test('what is written off is settled, once, and the books balance', async () => {
  expect(await balance()).toMatchObject({
    items: [{ payableCents: 7500, clawbackCents: 2500, writtenOffCents: 0 }],
  });
  const lines = [
    { orderId: 'paid', amountCents: -2500 },
    { orderId: 'open', amountCents: 4000 },
  ];
  const first = await writeOff('march', lines);
  expect(first).toMatchObject({ status: 201, body: { writeOff: { lines, currency: 'EUR' } } });
  expect((await writeOff('march', lines)).body).toEqual(first.body);
  expect((await writeOff('march', lines, { reason: 'Other' })).status).toBe(422);

  expect(await balance()).toMatchObject({
    items: [{ payableCents: 6000, clawbackCents: 0, writtenOffCents: 1500 }],
  });
  expect(await listed('open')).toEqual([[['payable', 10_000, 4000]], [['payable', 10_000, 4000]]]);
  expect((await writeOff('again', [{ orderId: 'paid', amountCents: -1 }])).status).toBe(409);
  expect((await writeOff('rest', [{ orderId: 'open', amountCents: 6000 }])).status).toBe(201);
  expect(await balance()).toMatchObject({ items: [{ payableCents: 0 }] });
  const settled = [['written_off', 10_000, 10_000]];
  expect(await listed('open')).toEqual([settled, settled]);
  const { body } = await readNow(world, '/v1/commissions?status=written_off');
  expect(commissions.parse(body).items.map(({ orderId }) => orderId)).toEqual(['open']);
});

test('two at once can not settle the same money twice', async () => {
  const customer = { email: 'twice@example.nl' };
  const order = { orderId: 'twice', placedAt: '2026-02-02T00:00:00Z', customer };
  await must(world, 'POST /v1/orders', orderWith('WOONBLOG10', order));
  const answers = await Promise.all(
    ['one', 'two', 'three'].map((key) => writeOff(key, [{ orderId: 'twice', amountCents: 6000 }])),
  );
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409, 409]);
});
