import { streams } from '@provisie/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must, readNow } from '../../test/office.ts';
import { openWorld } from '../../test/world.ts';
import type { World } from '../../test/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const apply = (partnerId: string, email = `post@${partnerId}.example`) =>
  must(world, 'POST /v1/partners', { partnerId, profile: { name: partnerId, email } });

const logOf = async (partnerId: string) =>
  JSON.stringify(await Array.fromAsync(world.options.store.readStream(streams.partner(partnerId))));

test('a partner applies, is approved, suspended and reinstated', async () => {
  expect((await apply('woonblog')).body).toMatchObject({ partner: { status: 'applied' } });
  const steps = [
    ['approve', {}, 'approved'],
    ['suspend', { reason: 'Spam' }, 'suspended'],
    ['reinstate', { reason: 'Talked it over' }, 'approved'],
  ] as const;
  for (const [step, body, status] of steps) {
    const first = await must(world, `POST /v1/partners/woonblog/${step}`, body);
    expect(first.body).toMatchObject({ partner: { status } });
    const again = await must(world, `POST /v1/partners/woonblog/${step}`, body);
    expect(again.body).toEqual(first.body);
    expect((await readNow(world, '/v1/partners/woonblog')).body).toMatchObject({ status });
  }
});

test('a repeat of a request that changed nothing does nothing, whatever happened since', async () => {
  await apply('steady');
  await must(world, 'POST /v1/partners/steady/approve');
  const reinstate = () =>
    world.call('POST /v1/partners/steady/reinstate', {
      body: { reason: 'To be sure' },
      headers: { 'Idempotency-Key': 'to-be-sure' },
    });
  const first = await reinstate();
  expect([first.status, first.body]).toMatchObject([200, { partner: { status: 'approved' } }]);
  await must(world, 'POST /v1/partners/steady/suspend', { reason: 'Spam' });

  expect((await reinstate()).body).toEqual(first.body);
  expect((await readNow(world, '/v1/partners/steady')).body).toMatchObject({ status: 'suspended' });
});

test.each([
  ['reinstate', { reason: 'x' }],
  ['approve', { approvedAt: '2030-01-01T00:00:00Z' }],
])('%s is refused for one that only applied: %j', async (step, body) => {
  await world.call('POST /v1/partners', {
    body: { partnerId: 'fresh', profile: { name: 'Fresh', email: 'a@fresh.example' } },
  });
  const answer = await world.call(`POST /v1/partners/fresh/${step}`, { body });
  expect([400, 409]).toContain(answer.status);
});

test('personal data are in no event in the clear, and gone once erased, for good', async () => {
  await apply('discreet', 'geheim@discreet.example');
  await must(world, 'POST /v1/partners/discreet/approve');
  expect(await logOf('discreet')).not.toContain('geheim');
  expect((await readNow(world, '/v1/partners/discreet')).body).toMatchObject({
    profile: { email: 'geheim@discreet.example' },
  });

  const erased = await must(world, 'DELETE /v1/partners/discreet/profile');
  expect(erased.body).toMatchObject({ partner: { profile: null, status: 'approved' } });
  expect((await readNow(world, '/v1/partners/discreet')).body).toMatchObject({ profile: null });
  const partial = await world.call('PATCH /v1/partners/discreet/profile', { body: { name: 'X' } });
  expect(partial.body).toMatchObject({ code: 'profile_erased' });
});

test('a new address is used, and the former one still tells the partner’s own orders', async () => {
  await apply('moving', 'old@moving.example');
  const changed = await must(world, 'PATCH /v1/partners/moving/profile', {
    email: 'new@moving.example',
  });
  expect(changed.body).toMatchObject({
    partner: { profile: { name: 'moving', email: 'new@moving.example' } },
  });
  const log = await logOf('moving');
  for (const email of ['old@moving.example', 'NEW@moving.example ']) {
    expect(log).toContain(await world.options.customerKeys.ofEmail(email));
  }
  const last = (await Array.fromAsync(world.options.store.readStream('partner-moving'))).at(-1);
  expect(last?.data).toMatchObject({
    customerKeys: [
      await world.options.customerKeys.ofEmail('new@moving.example'),
      await world.options.customerKeys.ofEmail('old@moving.example'),
    ],
  });
});

test('lists by status, in pages', async () => {
  for (const partnerId of ['p-a', 'p-b', 'p-c']) await apply(partnerId);
  const first = await readNow(world, '/v1/partners?status=applied&limit=2');
  expect(first.body).toMatchObject({ items: [{ status: 'applied' }, { status: 'applied' }] });
  const link = first.headers.get('Link') ?? '';
  const next = await world.call(`GET ${link.slice(1, link.indexOf('>'))}`);
  expect(next.status).toBe(200);
  expect(next.body).not.toEqual(first.body);
});

test('a cursor that is none of ours is a 400', async () => {
  const answer = await world.call('GET /v1/partners?cursor=rubbish');
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ code: 'invalid_cursor' });
});
