import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyFor, must, openOffice, orderWith, readNow } from '../../test/office.ts';
import { givePayoutDetails } from '../../test/payouts.ts';
import { NOW, openWorld } from '../../test/world.ts';
import type { World } from '../../test/world.ts';

const DAY = 86_400_000;
const WHY = 'Forty orders from one address';

let world: World;
let woonblog: string;
beforeAll(async () => {
  world = await openWorld();
  await openOffice(world);
  await givePayoutDetails(world, 'woonblog');
  await must(world, 'POST /v1/orders', orderWith('WOONBLOG10'));
  woonblog = await keyFor(world, ['partner'], 'woonblog');
  world.setNow(NOW + 20 * DAY);
});
afterAll(() => world[Symbol.asyncDispose]());

const outlook = async () => (await readNow(world, '/v1/me/balance', woonblog)).body;

test('a review blocks paying until it is closed, and the partner never reads why', async () => {
  expect(await outlook()).toMatchObject({ balances: [{ payout: { status: 'due', blocks: [] } }] });

  const opened = await must(world, 'POST /v1/partners/woonblog/review', { reason: WHY });
  expect(opened.body).toMatchObject({ partner: { review: { reason: WHY } } });
  const again = await must(world, 'POST /v1/partners/woonblog/review', { reason: 'Other' });
  expect(again.body).toEqual(opened.body);

  const blocked = await outlook();
  expect(blocked).toMatchObject({
    balances: [
      { payableCents: 10_000, payout: { status: 'blocked', blocks: [{ reason: 'under_review' }] } },
    ],
  });
  const me = await readNow(world, '/v1/me', woonblog);
  expect(me.body).toMatchObject({ review: { openedAt: new Date(NOW + 20 * DAY).toISOString() } });
  expect(JSON.stringify([blocked, me.body])).not.toContain('Forty');

  await must(world, 'POST /v1/partners/woonblog/review/close', { reason: 'A block of flats' });
  const closed = await must(world, 'POST /v1/partners/woonblog/review/close');
  expect(closed.body).toMatchObject({ partner: { review: null } });
  expect(await outlook()).toMatchObject({ balances: [{ payout: { status: 'due' } }] });
});
