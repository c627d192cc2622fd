import { DEFAULT_TERMS } from '@provisie/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyFor, must, openOffice, orderWith, readNow } from '../../test/office.ts';
import { givePayoutDetails, payOut, payoutIdOf, PERSON } from '../../test/payouts.ts';
import { NOW, openWorld } from '../../test/world.ts';
import type { World } from '../../test/world.ts';

const HOUR = 3_600_000;

let world: World;
let woonblog: string;
beforeAll(async () => {
  world = await openWorld({ payoutPolicy: { coolingMs: 24 * HOUR } });
  await openOffice(world);
  woonblog = await keyFor(world, ['partner'], 'woonblog');
});
afterAll(() => world[Symbol.asyncDispose]());

const read = async (path: string) => (await readNow(world, path, woonblog)).body;
const order = (orderId: string, amountCents: number) =>
  must(world, 'POST /v1/orders', {
    ...orderWith('WOONBLOG10', { orderId, placedAt: '2026-02-01T00:00:00Z' }),
    customer: { email: `${orderId}@example.nl` },
    lines: [{ lineId: '1', amountCents }],
  });
const told = (payout: object) => ({ balances: [{ payout }] });

test('from nothing to a payout, a partner reads what is in the way', async () => {
  const missing = { reason: 'no_payout_details', until: null };
  expect(await read('/v1/me/balance')).toMatchObject(
    told({ status: 'blocked', blocks: [missing], missingCents: 5000, nextPayday: null }),
  );
  await world.call('PUT /v1/me/payout-details', { key: woonblog, body: PERSON });
  const until = new Date(NOW + 24 * HOUR).toISOString();
  expect(await read('/v1/me/balance')).toMatchObject(
    told({ status: 'blocked', blocks: [{ reason: 'details_cooling', until }] }),
  );
  world.setNow(NOW + 24 * HOUR);
  await order('small', 20_000);
  expect(await read('/v1/me/balance')).toMatchObject(
    told({ status: 'below_threshold', blocks: [], missingCents: 3000, netCents: 2000 }),
  );
  await order('large', 30_000);
  expect(await read('/v1/me/balance')).toMatchObject(
    told({ status: 'due', missingCents: 0, netCents: 5000, vatCents: 0, totalCents: 5000 }),
  );
});

test('under monthly terms with a least number of customers it reads both', async () => {
  await must(world, 'POST /v1/programmes/affiliate/terms', {
    terms: {
      ...DEFAULT_TERMS,
      minimumCustomers: 3,
      payoutSchedule: { kind: 'monthly', dayOfMonth: 15, timeZone: 'Europe/Amsterdam' },
    },
  });
  expect(await read('/v1/me/balance')).toMatchObject(
    told({
      status: 'blocked',
      blocks: [
        {
          reason: 'too_few_customers',
          text: 'Payouts begin with 3 customers; you have brought 2.',
        },
      ],
      nextPayday: '2026-03-14T23:00:00.000Z',
    }),
  );
});

test('a payout is listed and read order by order, with its document', async () => {
  expect(await read('/v1/me/payouts')).toEqual({ items: [], next: null });
  await payOut(world, { partnerId: 'woonblog', orderId: 'large', amountCents: 3000 });
  const payoutId = payoutIdOf('large');
  const summary = {
    payoutId,
    status: 'paid',
    amountCents: 3000,
    totalCents: 3000,
    scheduledAt: new Date(NOW + 24 * HOUR).toISOString(),
    reference: 'BANK-1',
    documents: [{ number: 'woonblog-S0001', kind: 'payout_statement' }],
    lineCount: 1,
  };
  const listed = await read('/v1/me/payouts');
  expect(listed).toMatchObject({ items: [summary] });
  expect(JSON.stringify(listed)).not.toContain('payoutDetailsId');
  expect(await read(`/v1/me/payouts/${payoutId}`)).toMatchObject({
    ...summary,
    lines: [{ orderId: 'large', amountCents: 3000 }],
  });
  expect(await read('/v1/me/documents')).toMatchObject({
    items: [{ number: 'woonblog-S0001', payoutId, totalCents: 3000, issueDate: '2026-03-11' }],
  });
});

test('of another partner none of it is there', async () => {
  await givePayoutDetails(world, 'bouwtips');
  const bouwtips = await keyFor(world, ['partner'], 'bouwtips');
  for (const path of ['/v1/me/payouts', '/v1/me/documents']) {
    expect((await readNow(world, path, bouwtips)).body).toEqual({ items: [], next: null });
  }
  const foreign = await readNow(world, `/v1/me/payouts/${payoutIdOf('large')}`, bouwtips);
  expect(foreign).toMatchObject({ status: 404, body: { code: 'not_found' } });
});
