import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyFor, must, openOffice, readNow } from '../../test/office.ts';
import { BUSINESS, GIVEN_AT, givePayoutDetails, PERSON } from '../../test/payouts.ts';
import { NOW, openWorld } from '../../test/world.ts';
import type { World } from '../../test/world.ts';

const HOUR = 3_600_000;
const IBAN_END = '4300';

let world: World;
let finance: string;
let woonblog: string;
beforeAll(async () => {
  world = await openWorld({ payoutPolicy: { coolingMs: 72 * HOUR } });
  await openOffice(world);
  finance = await keyFor(world, ['finance']);
  woonblog = await keyFor(world, ['partner'], 'woonblog');
});
afterAll(() => world[Symbol.asyncDispose]());

const eventsOf = async (partnerId: string) =>
  Array.fromAsync(world.options.store.readStream(`partner-${partnerId}`));

test('a partner gives an account, reads it masked, and finance in full', async () => {
  expect((await readNow(world, '/v1/me/payout-details', woonblog)).status).toBe(404);
  const given = await world.call('PUT /v1/me/payout-details', { key: woonblog, body: PERSON });
  const masked = {
    partnerId: 'woonblog',
    details: { ...PERSON, iban: 'NL•• •••• •••• ••43 00', bic: null, language: 'nl' },
    changedAt: '2026-03-10T12:00:00.000Z',
    blockedUntil: '2026-03-13T12:00:00.000Z',
  };
  expect(given).toMatchObject({ status: 200, body: { payoutDetails: masked } });
  expect(JSON.stringify(given.body)).not.toContain('0417164300');
  expect((await readNow(world, '/v1/me/payout-details', woonblog)).body).toMatchObject(masked);
  const inFull = await readNow(world, '/v1/partners/woonblog/payout-details', finance);
  expect(inFull.body).toMatchObject({ ...masked, details: PERSON, sharedWith: [] });
  expect((await readNow(world, '/v1/partners/woonblog')).body).toMatchObject({
    payoutDetails: { taxProfile: 'private_person', changedAt: '2026-03-10T12:00:00.000Z' },
  });
});

test('the same again writes nothing, also typed otherwise; a change is an event and blocks anew', async () => {
  const before = (await eventsOf('woonblog')).length;
  const spaced = { ...PERSON, iban: 'nl91 abna 0417 1643 00', country: 'nl' };
  await world.call('PUT /v1/me/payout-details', { key: woonblog, body: spaced });
  expect(await eventsOf('woonblog')).toHaveLength(before);

  world.setNow(NOW + 73 * HOUR);
  expect((await readNow(world, '/v1/me/payout-details', woonblog)).body).toMatchObject({
    blockedUntil: null,
  });
  const moved = { ...PERSON, city: 'Haarlem' };
  const changed = await world.call('PUT /v1/me/payout-details', { key: woonblog, body: moved });
  expect(changed.body).toMatchObject({
    payoutDetails: { blockedUntil: new Date(NOW + (73 + 72) * HOUR).toISOString() },
  });
  expect(await eventsOf('woonblog')).toHaveLength(before + 1);
  world.setNow(NOW);
});

test('only the first details may carry the date they had', async () => {
  await givePayoutDetails(world, 'bouwtips', BUSINESS);
  expect((await readNow(world, '/v1/partners/bouwtips/payout-details')).body).toMatchObject({
    changedAt: GIVEN_AT,
    blockedUntil: null,
  });
  const again = await world.call('PUT /v1/partners/bouwtips/payout-details', {
    key: finance,
    body: { ...BUSINESS, iban: PERSON.iban, changedAt: GIVEN_AT },
  });
  expect(again).toMatchObject({
    status: 400,
    body: { errors: [{ path: '/changedAt', expected: 'without changedAt' }] },
  });
  const own = await world.call('PUT /v1/me/payout-details', {
    key: woonblog,
    body: { ...PERSON, changedAt: GIVEN_AT },
  });
  expect(own.status).toBe(400);
});

test('finance sees that two partners share an account; the partner does not', async () => {
  const shared = { ...BUSINESS, iban: PERSON.iban };
  const changed = await must(world, 'PUT /v1/partners/bouwtips/payout-details', shared);
  const position = String(await world.options.store.head());
  expect(changed.body).toMatchObject({ payoutDetails: { sharedWith: ['woonblog'] } });
  const read = await world.call(`GET /v1/partners/woonblog/payout-details?waitFor=${position}`);
  expect(read.body).toMatchObject({ sharedWith: ['bouwtips'] });
  const own = await readNow(world, '/v1/me/payout-details', woonblog);
  expect(JSON.stringify(own.body)).not.toContain('bouwtips');
});

test.each<[object, string]>([
  [{ ...PERSON, iban: 'NL92ABNA0417164300' }, '/iban'],
  [{ ...PERSON, iban: 'NL91ABNA041716430' }, '/iban'],
  [{ ...PERSON, bic: 'DEUTDEFF' }, '/bic'],
  [{ ...BUSINESS, vatId: 'NL853746334B01' }, '/vatId'],
  [{ ...PERSON, taxProfile: 'company' }, '/taxProfile'],
])('a mistake is told by its place: %j', async (body, path) => {
  world.logged.length = 0;
  const answer = await world.call('PUT /v1/me/payout-details', { key: woonblog, body });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  // Neither the answer nor the log repeats what was sent.
  for (const told of [JSON.stringify(answer.body), JSON.stringify(world.logged)]) {
    expect(told).not.toMatch(/04171643|853746334|de Vries|Keizersgracht/);
  }
});

test('nothing of it stands in the log in the clear', async () => {
  const log = JSON.stringify(await eventsOf('woonblog'));
  expect(log).toContain('PayoutDetailsChanged');
  expect(log).not.toMatch(/04171643|de Vries|Keizersgracht/);
  expect(log).not.toContain(`"${IBAN_END}"`);
  expect(JSON.stringify(world.logged)).not.toMatch(/04171643|de Vries/);
});

test('a retry gives the first answer, and the hash that shows it gives no account away', async () => {
  const body = { ...PERSON, city: 'Utrecht' };
  const headers = { 'Idempotency-Key': 'to-utrecht' };
  const put = (sent: object) =>
    world.call('PUT /v1/me/payout-details', { key: woonblog, body: sent, headers });
  const first = await put(body);
  expect((await put(body)).body).toEqual(first.body);
  expect((await put({ ...body, city: 'Zeist' })).body).toMatchObject({
    code: 'idempotency_key_reused',
  });
  const plainHash = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const metadata = JSON.stringify((await eventsOf('woonblog')).at(-1)?.metadata);
  expect(metadata).toContain('requestHash');
  expect(metadata).not.toContain(plainHash);
});

test('erasing a partner’s profile erases the payout details with it', async () => {
  await must(world, 'DELETE /v1/partners/woonblog/profile');
  for (const [path, key] of [
    ['/v1/partners/woonblog/payout-details', finance],
    ['/v1/me/payout-details', woonblog],
  ] as const) {
    expect((await readNow(world, path, key)).status).toBe(404);
  }
  const balance = await readNow(world, '/v1/me/balance', woonblog);
  expect(balance.body).toMatchObject({
    balances: [{ payout: { status: 'blocked', blocks: [{ reason: 'no_payout_details' }] } }],
  });
  const backdated = await world.call('PUT /v1/partners/woonblog/payout-details', {
    key: finance,
    body: { ...PERSON, changedAt: '2026-01-02T00:00:00.000Z' },
  });
  expect(backdated).toMatchObject({ status: 400, body: { errors: [{ path: '/changedAt' }] } });
  const again = await world.call('PUT /v1/me/payout-details', { key: woonblog, body: PERSON });
  expect(again.body).toMatchObject({ payoutDetails: { details: { city: 'Amsterdam' } } });
});
