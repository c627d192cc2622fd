import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyFor, must, openOffice, readNow } from '../../test/office.ts';
import { BUSINESS, givePayoutDetails } from '../../test/payouts.ts';
import { openWorld } from '../../test/world.ts';
import type { World } from '../../test/world.ts';
import { SELF_BILLING_AGREEMENT, SELF_BILLING_TEXT } from './agreement.ts';

let world: World;
let woonblog: string;
beforeAll(async () => {
  world = await openWorld();
  await openOffice(world);
  woonblog = await keyFor(world, ['partner'], 'woonblog');
});
afterAll(() => world[Symbol.asyncDispose]());

const agreement = SELF_BILLING_AGREEMENT;
const agree = (body: object) => world.call('POST /v1/me/self-billing', { key: woonblog, body });
const readOwn = async () => (await readNow(world, '/v1/me/self-billing', woonblog)).body;

test('a business is not paid before it read the agreement and agreed to that very text', async () => {
  await givePayoutDetails(world, 'woonblog', BUSINESS);
  const blocks = async () => (await readNow(world, '/v1/me/balance', woonblog)).body;
  expect(await blocks()).toMatchObject({
    balances: [{ payout: { blocks: [{ reason: 'no_self_billing_agreement' }] } }],
  });
  expect(await readOwn()).toMatchObject({ agreement, agreed: null, text: SELF_BILLING_TEXT });
  expect((await agree({ agreement: 'self-billing-0' })).status).toBe(400);

  const agreed = await agree({ agreement });
  expect(agreed.status).toBe(200);
  expect((await agree({ agreement })).body).toEqual(agreed.body);
  expect(await readOwn()).toMatchObject({
    agreed: { agreement, agreedAt: '2026-03-10T12:00:00.000Z' },
  });
  expect(await blocks()).toMatchObject({ balances: [{ payout: { blocks: [] } }] });
});

test('the merchant records a signed paper with its date, and its end', async () => {
  const agreedAt = '2026-02-01T00:00:00.000Z';
  const recorded = await must(world, 'POST /v1/partners/bouwtips/self-billing', { agreedAt });
  expect(recorded.body).toMatchObject({ partner: { selfBilling: { agreement, agreedAt } } });
  const early = { agreement: 'our-paper-2', agreedAt: '2026-01-15T00:00:00.000Z' };
  const before = await world.call('POST /v1/partners/bouwtips/self-billing', { body: early });
  expect(before.body).toMatchObject({
    errors: [{ path: '/agreedAt', expected: '2026-02-01T00:00:00.001Z or later' }],
  });
  for (let time = 1; time <= 2; time += 1) {
    const ended = await must(world, 'POST /v1/partners/bouwtips/self-billing/end', {
      reason: 'Ended by letter',
    });
    expect(ended.body).toMatchObject({ partner: { selfBilling: null } });
  }
  const types = (await Array.fromAsync(world.options.store.readStream('partner-bouwtips'))).map(
    ({ type }) => type,
  );
  expect(types.slice(-2)).toEqual(['SelfBillingAgreed', 'SelfBillingEnded']);
});

test('both languages say the same number of things', () => {
  expect(SELF_BILLING_TEXT.nl.paragraphs).toHaveLength(SELF_BILLING_TEXT.en.paragraphs.length);
});

test('a signed paper is recorded without a word more, and again is no change', async () => {
  await givePayoutDetails(world, 'bouwtips', BUSINESS);
  const first = await must(world, 'POST /v1/partners/bouwtips/self-billing');
  expect(first.body).toMatchObject({ partner: { selfBilling: { agreement } } });
  const again = await must(world, 'POST /v1/partners/bouwtips/self-billing');
  expect(again.body).toEqual(first.body);
});
