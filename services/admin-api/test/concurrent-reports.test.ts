import { decide, gatherFacts, streams } from '@provisie/domain';
import type { Decision } from '@provisie/domain';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFacts } from '../src/change-stream.ts';
import { must, openOffice, orderWith } from './office.ts';
import { delivery, wooLines, wooOrder, wooRefund } from './woo-order.ts';
import { NOW, openWorld } from './world.ts';
import type { World } from './world.ts';

const SECRET = 'a-secret-of-the-shop';

let world: World;
let time = NOW;
beforeAll(async () => {
  world = await openWorld({
    limits: { requestsPerMinute: 1_000_000 },
    // No two hear of the same thing at the same moment.
    now: () => {
      time += 1;
      return time;
    },
  });
  await openOffice(world);
  await must(world, 'POST /v1/shops', { shopId: 'webshop', name: 'Webshop', secret: SECRET });
});
afterAll(() => world[Symbol.asyncDispose]());

const completed = { date_completed_gmt: '2026-03-03T10:00:00', status: 'completed' };
const part = wooRefund(901, '-121.00');

/** An order as its shop showed it, one change after the other. */
const snapshots: readonly Readonly<Record<string, unknown>>[] = [
  { date_modified_gmt: '2026-03-01T09:30:05' },
  { date_modified_gmt: '2026-03-02T10:00:00', line_items: wooLines('500.00') },
  { date_modified_gmt: '2026-03-03T10:00:00', line_items: wooLines('400.00'), ...completed },
  {
    date_modified_gmt: '2026-03-04T10:00:00',
    line_items: wooLines('400.00'),
    refunds: [part],
    ...completed,
  },
  {
    date_modified_gmt: '2026-03-05T10:00:00',
    line_items: wooLines('400.00'),
    refunds: [part, wooRefund(902, '-60.50')],
    ...completed,
  },
];

/** What a shop tells of one order through the API; without a moment, when we heard of it stands for it. */
const reports = (orderId: string): readonly (readonly [path: string, body: object])[] => {
  const order = `/v1/orders/${orderId}`;
  const customer = { email: `${orderId}@example.nl` };
  return [
    ['/v1/orders', orderWith('WOONBLOG10', { orderId, customer })],
    [`${order}/completion`, {}],
    [`${order}/refunds`, { refundId: '1', amountCents: 1000 }],
    [`${order}/refunds`, { refundId: '2', amountCents: 2000, occurredAt: '2026-03-04T10:00:00Z' }],
    [`${order}/amendments`, { amendmentId: '1', lines: [{ lineId: '1', amountCents: 90_000 }] }],
  ];
};

/** Each of them one to three times, shuffled: indexes. */
const arrivals = (count: number) =>
  fc
    .array(fc.integer({ min: 1, max: 3 }), { minLength: count, maxLength: count })
    .map((times) => times.flatMap((often, index) => Array.from({ length: often }, () => index)))
    .chain((told) => fc.shuffledSubarray(told, { minLength: told.length }));

let lastId = 0;

test('snapshots of one order that come all at once decide what they decide in turn', async () => {
  const inTurn = await decisionAfter(async (order) => {
    for (const [index] of snapshots.entries()) expect(await order.deliver(index)).toBe(200);
  });
  expect(inTurn).toMatchObject({
    reward: { result: 'earned' },
    base: { refundIds: ['901', '902'] },
  });

  await fc.assert(
    fc.asyncProperty(arrivals(snapshots.length), async (arrival) => {
      const atOnce = await decisionAfter(async (order) => {
        const statuses = await Promise.all(arrival.map((index) => order.deliver(index)));
        expect(statuses).toEqual(arrival.map(() => 200));
      });
      expect(atOnce).toEqual(inTurn);
    }),
    { numRuns: 25 },
  );
});

test('API reports of one order that come all at once decide what they decide in turn', async () => {
  const inTurn = await decisionAfter(async (order) => {
    for (const [index] of reports('').entries()) expect(await order.report(index)).toBe(201);
  });
  expect(inTurn).toMatchObject({ base: { baseCents: 87_000 } });

  await fc.assert(
    fc.asyncProperty(arrivals(reports('').length), async (arrival) => {
      const atOnce = await decisionAfter(async (order) => {
        const statuses = await Promise.all(arrival.map((index) => order.report(index)));
        expect(statuses.filter((status) => status !== 200 && status !== 201)).toEqual([]);
      });
      expect(atOnce).toEqual(inTurn);
    }),
    { numRuns: 20 },
  );
});

test('of two that contradict each other at the same moment one is recorded, the other refused', async () => {
  const report = (amountCents: number) =>
    world.call('POST /v1/orders', {
      body: orderWith('WOONBLOG10', { orderId: 'web-two', lines: [{ lineId: '1', amountCents }] }),
    });
  const answers = await Promise.all([report(1), report(2)]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]));
  expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
    code: 'order_conflict',
    differences: [{ path: '/lines/0/amountCents' }],
  });
});

interface TestOrder {
  deliver(index: number): Promise<number>;
  report(index: number): Promise<number>;
}

/** Of a new order of a new customer, without what differs between two orders or two moments of hearing. */
async function decisionAfter(happened: (order: TestOrder) => Promise<void>) {
  lastId += 1;
  const id = 5000 + lastId;
  const billing = { email: `customer-${String(id)}@example.nl` };
  const apiOrderId = `web-${String(id)}`;
  await happened({
    deliver: async (index) => {
      const body = JSON.stringify(wooOrder({ id, billing, ...snapshots[index] }));
      const path = '/v1/webhooks/woocommerce/webshop';
      return (await world.fetch(path, delivery(SECRET, 'order.updated', body))).status;
    },
    report: async (index) => {
      const [path = '', body = {}] = reports(apiOrderId)[index] ?? [];
      return (await world.call(`POST ${path}`, { body })).status;
    },
  });
  return (await decisionOf(`webshop-${String(id)}`)) ?? (await decisionOf(apiOrderId));
}

async function decisionOf(orderId: string): Promise<object | null> {
  const names = [streams.order(orderId), 'programme-affiliate', 'partner-woonblog'];
  const facts = await Promise.all(
    [...names, 'coupon-WOONBLOG10'].map((stream) => readFacts(world.options.store, stream)),
  );
  return comparable(decide(orderId, gatherFacts(facts.flat())));
}

function comparable(decision: Decision | null) {
  if (decision === null) return null;
  const { orderId: _, customer: __, completedAt, base, ...rest } = decision;
  const isCompleted = completedAt !== null;
  return { ...rest, isCompleted, base: { ...base, amendmentId: null } };
}
