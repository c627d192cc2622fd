import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyFor, must, openOffice, orderWith, readNow } from '../../test/office.ts';
import { openWorld } from '../../test/world.ts';
import type { World } from '../../test/world.ts';

const ORDERS = 510;
/** Hold ends 14 days later: for every third order on 16 March, for the others on the 15th. */
const placedAt = (order: number) =>
  order % 3 === 0 ? '2026-03-01T23:00:00.000Z' : '2026-03-01T22:59:59.999Z';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await openOffice(world);
  await Promise.all(
    Array.from({ length: ORDERS }, (_, order) =>
      must(world, 'POST /v1/orders', {
        ...orderWith('WOONBLOG10', { orderId: `web-${String(order)}`, placedAt: placedAt(order) }),
        customer: { email: `customer-${String(order)}@example.nl` },
        lines: [{ lineId: '1', amountCents: 1000 }],
      }),
    ),
  );
  const earlier = { orderId: 'web-earlier', placedAt: '2026-02-01T00:00:00Z' };
  await must(world, 'POST /v1/orders', orderWith('WOONBLOG10', earlier));
});
afterAll(() => world[Symbol.asyncDispose]());

test('all that is in hold is summed up by the day on which it becomes payable', async () => {
  const key = await keyFor(world, ['partner'], 'woonblog');
  const { body } = await readNow(world, '/v1/me/balance', key);
  expect(body).toMatchObject({
    balances: [{ pendingCents: 51_000, payableCents: 10_000 }],
    pending: [
      { payableOn: '2026-03-15', currency: 'EUR', amountCents: 34_000, commissions: 340 },
      { payableOn: '2026-03-16', currency: 'EUR', amountCents: 17_000, commissions: 170 },
    ],
    pendingIsComplete: true,
  });
});
