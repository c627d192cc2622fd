import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { must, openOffice, readNow } from '../../test/office.ts';
import { openWorld } from '../../test/world.ts';
import type { World } from '../../test/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await openOffice(world);
});
afterAll(() => world[Symbol.asyncDispose]());

const link = {
  programmeId: 'affiliate',
  partnerId: 'woonblog',
  destination: 'https://www.example.nl/',
};
const create = (more: object, headers = {}) =>
  world.call('POST /v1/links', { body: { ...link, ...more }, headers });

test('answers with the URL that the partner publishes', async () => {
  const answer = await create({ code: 'lente', utm: { source: 'blog' }, label: 'Lente' });
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({
    link: { code: 'lente', trackingUrl: 'https://go.example.nl/r/lente', utm: { source: 'blog' } },
  });
  expect((await readNow(world, '/v1/links/lente')).body).toMatchObject({ label: 'Lente' });
});

test.each([
  ['https://www.evil.nl/', 'host_not_allowed'],
  ['https://www.example.nl.evil.nl/', 'host_not_allowed'],
  ['https://www.example.nl@evil.nl/', 'host_not_allowed'],
  ['javascript:alert(1)', 'invalid_request'],
  ['//www.example.nl/', 'invalid_request'],
])('may not lead to %s: %s', async (destination, code) => {
  expect((await create({ code: 'away', destination })).body).toMatchObject({ code });
});

test.each([
  [{ programmeId: 'nothing' }, 'programme_unknown'],
  [{ partnerId: 'nobody' }, 'partner_unknown'],
  [{ code: 'woonblog' }, 'already_exists'],
  [{ code: 'with space' }, 'invalid_request'],
])('%j: %s', async (more, code) => {
  expect((await create({ code: 'free-one', ...more })).body).toMatchObject({ code });
});

test('without a code a short one is made, the same one for a repeat', async () => {
  expect((await create({})).body).toMatchObject({ code: 'idempotency_key_missing' });
  const first = await create({}, { 'Idempotency-Key': 'a' });
  const again = await create({}, { 'Idempotency-Key': 'a' });
  const other = await create({}, { 'Idempotency-Key': 'b' });
  const codeOf = (body: unknown) =>
    z.object({ link: z.object({ code: z.string() }) }).parse(body).link.code;
  expect(codeOf(first.body)).toMatch(/^\w{8}$/);
  expect(again.body).toEqual(first.body);
  expect(codeOf(other.body)).not.toBe(codeOf(first.body));
});

test('of many who want one code at once, one gets it', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, index) => create({ code: 'race', label: String(index) })),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(7);
});

test('a link leads elsewhere, is disabled, and then stays as it is', async () => {
  await create({ code: 'changing' });
  const destination = 'https://www.example.nl/dakkapel';
  await must(world, 'POST /v1/links/changing/retarget', { destination });
  const disabled = await must(world, 'POST /v1/links/changing/disable', { reason: 'Old' });
  expect(disabled.body).toMatchObject({
    link: { destination, disabledAt: '2026-03-10T12:00:00.002Z' },
  });
  expect((await must(world, 'POST /v1/links/changing/disable')).body).toEqual(disabled.body);
  const late = await world.call('POST /v1/links/changing/retarget', { body: { destination } });
  expect(late.body).toMatchObject({ code: 'link_disabled' });
  expect((await world.call('POST /v1/links/none/disable')).status).toBe(404);
});

test('coupon codes are one whatever their case; each is issued once', async () => {
  const coupon = { programmeId: 'affiliate', partnerId: 'woonblog' };
  const issue = (code: string, more = {}) =>
    world.call('POST /v1/coupons', { body: { ...coupon, code, ...more } });
  expect((await issue(' lente10 ')).body).toMatchObject({ coupon: { code: 'LENTE10' } });
  expect((await issue('Lente10')).body).toMatchObject({ code: 'already_exists' });
  expect((await issue('bad code')).status).toBe(400);
  const turned = { validFrom: '2026-05-01T00:00:00Z', validUntil: '2026-04-01T00:00:00Z' };
  expect((await issue('TURNED', turned)).body).toMatchObject({
    errors: [{ path: '/validUntil' }],
  });
  const withdrawn = await must(world, 'POST /v1/coupons/lente10/withdraw');
  expect(withdrawn.body).toMatchObject({ coupon: { withdrawnAt: '2026-03-10T12:00:00.001Z' } });
  expect((await readNow(world, '/v1/coupons/lente10')).body).toMatchObject({ code: 'LENTE10' });
});
