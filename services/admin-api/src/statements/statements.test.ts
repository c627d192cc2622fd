import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { keyFor, must, openOffice, orderWith, readNow } from '../../test/office.ts';
import { payOut } from '../../test/payouts.ts';
import { openWorld } from '../../test/world.ts';
import type { World } from '../../test/world.ts';

const END_OF_MARCH = '2026-03-31T22:00:00.000Z';
const LATER = '2026-04-05T12:00:00.000Z';

let world: World;
let woonblog: string;
/** An order of 1 February is paid on 10 March; of what was refunded on 20 March is told on 5 April. */
beforeAll(async () => {
  world = await openWorld();
  await openOffice(world);
  woonblog = await keyFor(world, ['partner'], 'woonblog');
  const order = (orderId: string, placedAt: string) =>
    must(world, 'POST /v1/orders', {
      ...orderWith('WOONBLOG10', { orderId, placedAt }),
      customer: { email: `${orderId}@example.nl` },
    });
  await order('early', '2026-02-01T00:00:00Z');
  await payOut(world, { partnerId: 'woonblog', orderId: 'early', amountCents: 10_000 });
  world.setNow(Date.parse(LATER));
  await must(world, 'POST /v1/orders/early/refunds', {
    refundId: 'r1',
    occurredAt: '2026-03-20T00:00:00Z',
    amountCents: 25_000,
  });
  await order('late', '2026-04-02T00:00:00Z');
});
afterAll(() => world[Symbol.asyncDispose]());

const pageSchema = z.looseObject({
  items: z.array(z.looseObject({ text: z.string(), amountCents: z.int(), balanceCents: z.int() })),
  next: z.string().nullable(),
});

test('a running statement, each line with the balance after it and what it means', async () => {
  const { body } = await readNow(world, '/v1/me/statement', woonblog);
  expect(body).toMatchObject({
    partnerId: 'woonblog',
    currency: 'EUR',
    asOf: LATER,
    opening: { pendingCents: 0, balanceCents: 0 },
    closing: { pendingCents: 10_000, balanceCents: -2500 },
  });
  const lines = pageSchema.parse(body).items;
  expect(lines.at(-1)?.balanceCents).toBe(-2500);
  expect(lines.map(({ text }) => text)).toEqual(
    expect.arrayContaining([
      'Order early: placed, commission in hold',
      'Order early: hold ended, commission payable',
      'Order early: refunded, to be taken back',
      'Order late: placed, commission in hold',
    ]),
  );
  const ofFinance = await readNow(world, '/v1/partners/woonblog/statement');
  expect(ofFinance.body).toEqual(body);
});

test('a statement of March can be made again as it was seen then', async () => {
  const then = `asOf=${END_OF_MARCH}&knownAt=${END_OF_MARCH}`;
  const { body } = await readNow(world, `/v1/me/statement?${then}`, woonblog);
  expect(body).toMatchObject({ closing: { pendingCents: 0, balanceCents: 0 } });
  const since = await readNow(world, '/v1/me/statement?from=2026-03-15T00:00:00Z', woonblog);
  expect(since.body).toMatchObject({
    opening: { balanceCents: 0 },
    closing: { balanceCents: -2500 },
  });
});

test.each([
  ['/v1/balances', 'knownAt'],
  ['/v1/trial-balance', 'knownAt'],
  ['/v1/partners/woonblog/statement', 'knownAt'],
  [`/v1/partners/woonblog/statement/changes?beforeAsOf=${END_OF_MARCH}`, 'knownAt'],
  [`/v1/partners/woonblog/statement/changes?beforeAsOf=${END_OF_MARCH}`, 'beforeKnownAt'],
])('%s does not say what will have been heard: %s', async (path, name) => {
  const asked = `${path}${path.includes('?') ? '&' : '?'}${name}=2999-01-01T00:00:00Z`;
  const { status, body } = await readNow(world, asked);
  const errors = [{ path: `query/${name}`, problem: 'lies in the future' }];
  expect([status, body]).toMatchObject([400, { errors }]);
});

test('for a moment to come, what is known now is compared, not what will be', async () => {
  const [soon, later] = ['2026-04-20T00:00:00.000Z', '2026-04-30T00:00:00.000Z'];
  const path = `/v1/partners/woonblog/statement/changes?beforeAsOf=${soon}&asOf=${later}`;
  const { body } = await readNow(world, path);
  expect(body).toMatchObject({
    before: { asOf: soon, knownAt: LATER },
    after: { asOf: later, knownAt: null },
  });
});

test('what did the partner see on 31 March, and why did it change since?', async () => {
  const path = `statement/changes?beforeAsOf=${END_OF_MARCH}`;
  const { body } = await readNow(world, `/v1/me/${path}`, woonblog);
  expect(body).toMatchObject({
    before: { asOf: END_OF_MARCH, knownAt: END_OF_MARCH, pendingCents: 0, balanceCents: 0 },
    after: { asOf: LATER, knownAt: null, pendingCents: 10_000, balanceCents: -2500 },
  });
  const items = z
    .looseObject({ items: z.array(z.looseObject({ text: z.string(), why: z.string() })) })
    .parse(body).items;
  expect(items.map(({ why, text }) => [why, text])).toEqual(
    expect.arrayContaining([
      ['heard_since', 'Order early: refunded, to be taken back'],
      ['happened_since', 'Order late: placed, commission in hold'],
    ]),
  );
  expect((await readNow(world, `/v1/partners/woonblog/${path}`)).body).toEqual(body);
});

test('moments that run backwards are a 400 that says which', async () => {
  const path = `/v1/me/statement/changes?beforeAsOf=${LATER}&asOf=${END_OF_MARCH}`;
  const answer = await readNow(world, path, woonblog);
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'query/asOf' }] } });
});

test('in pages the lines are the same, and the last has no next', async () => {
  const whole = pageSchema.parse((await readNow(world, '/v1/me/statement', woonblog)).body);
  const texts: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const path = `/v1/me/statement?limit=2${query}`;
    const page = pageSchema.parse((await readNow(world, path, woonblog)).body);
    texts.push(...page.items.map(({ text }) => text));
    cursor = page.next;
  }
  expect(texts).toEqual(whole.items.map(({ text }) => text));
});

test('a partner nobody knows has no statement', async () => {
  for (const path of ['statement', `statement/changes?beforeAsOf=${END_OF_MARCH}`]) {
    expect((await readNow(world, `/v1/partners/nobody/${path}`)).status).toBe(404);
  }
});

test.each(['', `?asOf=${END_OF_MARCH}&knownAt=${END_OF_MARCH}`])(
  'the books balance: /v1/trial-balance%s',
  async (query) => {
    const { body } = await readNow(world, `/v1/trial-balance${query}`);
    const { accounts } = z
      .looseObject({
        accounts: z.array(z.looseObject({ account: z.string(), balanceCents: z.int() })),
      })
      .parse(body);
    expect(accounts.reduce((sum, { balanceCents }) => sum + balanceCents, 0)).toBe(0);
    const of = (name: string) => accounts.find(({ account }) => account === name)?.balanceCents;
    expect(of('bank')).toBe(-10_000);
    expect(of('clawback_receivable') ?? 0).toBe(query === '' ? 2500 : 0);
  },
);
