import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { keyFor, must, openOffice } from '../../test/office.ts';
import { openWorld } from '../../test/world.ts';
import type { World } from '../../test/world.ts';
import { issueFirstAdminKey } from './key-commands.ts';
import { openKeyRing } from './key-ring.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await openOffice(world);
});
afterAll(() => world[Symbol.asyncDispose]());

const issued = z.object({
  key: z.object({ keyId: z.string(), hint: z.string() }),
  secret: z.string().nullable(),
});
const issue = async (name: string, body: object) =>
  world.call('POST /v1/keys', { body, headers: { 'Idempotency-Key': name } });

test('a key works the moment it is issued and is dead the moment it is revoked', async () => {
  for (let round = 0; round < 10; round += 1) {
    const name = `round-${String(round)}`;
    const answer = await issue(name, { label: name, scopes: ['finance'] });
    const { key, secret } = issued.parse(answer.body);
    const list = () => world.call('GET /v1/balances', { key: secret });
    expect((await list()).status).toBe(200);
    await must(world, `DELETE /v1/keys/${key.keyId}`);
    expect((await list()).status).toBe(401);
  }
});

test('the secret is shown once, and neither the log nor the list holds it', async () => {
  const request = { label: 'Shop', scopes: ['orders'] };
  const first = issued.parse((await issue('once', request)).body);
  const again = issued.parse((await issue('once', request)).body);
  expect(first.secret).toMatch(/^pv_live_/);
  expect(again).toEqual({ ...first, secret: null });
  const log = await Array.fromAsync(world.options.store.readStream(`accesskey-${first.key.keyId}`));
  expect(log).toHaveLength(1);
  const list = await world.call('GET /v1/keys');
  for (const text of [JSON.stringify(log), JSON.stringify(list.body)]) {
    expect(text).not.toContain(first.secret);
    expect(text).toContain(first.key.hint);
  }
  expect(JSON.stringify(list.body)).not.toContain('secretHash');
});

const page = z.object({ items: z.array(z.unknown()), next: z.string().nullable() });

test.each(['keys', 'shops'])(
  '/v1/%s are listed in pages that come to all of them',
  async (path) => {
    await must(world, 'POST /v1/shops', { shopId: `first-${path}`, name: 'First' });
    await must(world, 'POST /v1/shops', { shopId: `second-${path}`, name: 'Second' });
    const rows: unknown[] = [];
    let cursor: string | null = null;
    do {
      const after: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { items, next } = page.parse(
        (await must(world, `GET /v1/${path}?limit=1${after}`)).body,
      );
      expect(items).toHaveLength(1);
      rows.push(...items);
      cursor = next;
    } while (cursor !== null);
    const whole = page.parse((await must(world, `GET /v1/${path}`)).body);
    expect({ items: rows, next: null }).toEqual(whole);
    expect(rows.length).toBeGreaterThan(1);
    const { body } = await world.call(`GET /v1/${path}?cursor=nowhere`);
    expect(body).toMatchObject({ code: 'invalid_cursor' });
  },
);

test.each([
  [{ label: 'x', scopes: ['partner'] }, 400],
  [{ label: 'x', scopes: ['finance'], partnerId: 'woonblog' }, 400],
  [{ label: 'x', scopes: [] }, 400],
  [{ label: 'x', scopes: ['root'] }, 400],
  [{ label: 'x', scopes: ['partner'], partnerId: 'nobody' }, 409],
])('%j is answered %i', async (body, status) => {
  expect((await issue(JSON.stringify(body), body)).status).toBe(status);
});

test('the last admin key can not be revoked', async () => {
  const answer = await world.call('DELETE /v1/keys/first-admin');
  expect(answer.body).toMatchObject({ code: 'last_admin_key' });
  await keyFor(world, ['admin']);
  await must(world, 'DELETE /v1/keys/first-admin');
  expect((await world.call('GET /v1/keys')).status).toBe(401);
});

test('a second start issues no second admin key', async () => {
  await using fresh = await openWorld();
  const { store, ids, now } = fresh.options;
  expect(await issueFirstAdminKey({ store, ids, now })).toBeNull();
});

test('a ring of another process follows the log', async () => {
  await using fresh = await openWorld();
  const stop = new AbortController();
  const other = await openKeyRing(fresh.options.store, { signal: stop.signal });
  await keyFor(fresh, ['finance']);
  await expect.poll(() => other.keys().length).toBe(2);
  stop.abort();
});
