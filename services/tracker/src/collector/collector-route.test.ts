import { EventStoreError } from '@provisie/event-store';
import { expect, test } from 'vitest';
import { clicked, OTHER_SECRET, SECRET, signedRequest } from '../../test/edge-touches.ts';
import type { Signing } from '../../test/edge-touches.ts';
import { NOON, openTrackedShop } from '../../test/tracked-shop.ts';
import { collectorRoute } from './collector-route.ts';
import type { CollectedCounts, CollectorOptions } from './collector-route.ts';
import { readSigningSecrets } from './signature.ts';

async function openCollector(changed: Partial<CollectorOptions> = {}) {
  const shop = await openTrackedShop();
  const batches: CollectedCounts[] = [];
  const app = collectorRoute({
    store: shop.store,
    keys: await readSigningSecrets(SECRET),
    now: () => NOON,
    onBatch: (batch) => batches.push(batch),
    ...changed,
  });
  const post = async (content: unknown, signing?: Signing) => {
    const response = await app.request('/collect', await signedRequest(content, signing));
    const answer: unknown = await response.json();
    return { status: response.status, answer };
  };
  return {
    app,
    batches,
    post,
    take: (...touches: unknown[]) => post({ worker: 'edge-eu', touches }),
    stored: async () => (await shop.touches()).map(({ id }) => id),
    store: shop.store,
    [Symbol.asyncDispose]: () => shop[Symbol.asyncDispose](),
  };
}

const accepted = { outcome: 'accepted' };
const repeated = { outcome: 'repeated' };

test('a batch goes into the stream of the worker and the day of each touch', async () => {
  await using collector = await openCollector();
  const today = clicked();
  const yesterday = clicked({ occurredAt: NOON - 86_400_000 });
  expect(await collector.take(today, yesterday)).toEqual({
    status: 200,
    answer: { outcomes: [accepted, accepted] },
  });
  const ofDay = async (day: string) => {
    const events = await Array.fromAsync(collector.store.readStream(`touches-edge-eu-${day}`));
    return events.map(({ id }) => id);
  };
  expect(await ofDay('2026-06-15')).toEqual([today.id]);
  expect(await ofDay('2026-06-14')).toEqual([yesterday.id]);
});

test('sent again, whole or in other company, a touch counts once', async () => {
  await using collector = await openCollector();
  const [one, two, three] = [clicked(), clicked(), clicked()];
  await collector.take(one, two);
  expect((await collector.take(one, two)).answer).toEqual({ outcomes: [repeated, repeated] });
  expect((await collector.take(two, three, three)).answer).toEqual({
    outcomes: [repeated, accepted, repeated],
  });
  const laterTold = { ...one, occurredAt: NOON - 5 };
  expect((await collector.take(laterTold)).answer).toEqual({ outcomes: [repeated] });
  expect(await collector.stored()).toEqual([one.id, two.id, three.id]);
  expect(collector.batches.at(-2)).toEqual({
    worker: 'edge-eu',
    accepted: 1,
    repeated: 2,
    refused: [],
  });
});

const good = clicked();
test.each([
  ['is no object', 'click', '/touches/1'],
  ['has no id', { ...good, id: undefined }, '/touches/1/id'],
  ['has an id in capitals', { ...good, id: good.id.toUpperCase() }, '/touches/1/id'],
  ['is no touch', { ...good, type: 'PayoutPaid' }, '/touches/1/type'],
  ['has a version that is not known', { ...good, version: 99 }, '/touches/1/data'],
  ['lies in the future', { ...good, occurredAt: NOON + 300_001 }, '/touches/1/occurredAt'],
  ['does not fit', { ...good, data: { ...good.data, linkCode: '-' } }, '/touches/1/data'],
  ['has two ids', { ...good, data: clicked().data }, '/touches/1/data/touchId'],
])('a touch that %s is refused, and the others are taken', async (_name, bad, path) => {
  await using collector = await openCollector();
  const [before, after] = [clicked(), clicked()];
  expect(await collector.take(before, bad, after)).toMatchObject({
    status: 200,
    answer: { outcomes: [accepted, { outcome: 'refused', path }, accepted] },
  });
  expect(await collector.stored()).toEqual([before.id, after.id]);
  expect(collector.batches).toMatchObject([{ accepted: 2, refused: [{ path }] }]);
});

test('what a touch has besides its payload is left out of the log', async () => {
  await using collector = await openCollector();
  const click = clicked();
  await collector.take({ ...click, metadata: { a: 1 }, data: { ...click.data, email: 'a@b.nl' } });
  const [event] = await Array.fromAsync(collector.store.readStream('touches-edge-eu-2026-06-15'));
  expect(event).toMatchObject({ id: click.id, data: click.data, metadata: {} });
  expect(JSON.stringify(event)).not.toContain('a@b.nl');
});

test.each([
  ['no JSON', '{', ['']],
  ['no worker', { touches: [good] }, ['/worker']],
  ['a name that is no name', { worker: '../x', touches: [good] }, ['/worker']],
  ['no touches', { worker: 'edge', touches: [] }, ['/touches']],
  ['too many touches', { worker: 'edge', touches: Array(1001).fill(0) }, ['/touches']],
])('a batch with %s is refused as a whole', async (_name, content, paths) => {
  await using collector = await openCollector();
  const { status, answer } = await collector.post(content);
  expect(status).toBe(400);
  expect(answer).toMatchObject({
    code: 'invalid_request',
    errors: paths.map((path) => ({ path })),
  });
});

const HOUR = 3_600_000;
test.each([
  ['an hour behind', -HOUR, [{ code: 'clocks_apart' }]],
  ['five minutes behind', -300_000, []],
  ['five minutes ahead', 300_000, []],
  ['an hour ahead', HOUR, [{ code: 'clocks_apart' }]],
])('touches of a worker whose clock is %s are taken with its times, once', async (...row) => {
  const [, apartMs, told] = row;
  const errors: unknown[] = [];
  await using collector = await openCollector({ onError: (error) => errors.push(error) });
  const at = NOON + apartMs;
  const click = clicked({ occurredAt: at });
  const batch = { worker: 'edge-eu', touches: [click] };
  expect(await collector.post(batch, { at })).toEqual({
    status: 200,
    answer: { outcomes: [accepted] },
  });
  expect(errors).toMatchObject(told);
  expect((await collector.post(batch, { at })).answer).toEqual({ outcomes: [repeated] });
  expect(await collector.stored()).toEqual([click.id]);
});

test('a batch signed with another secret is refused before it is read', async () => {
  await using collector = await openCollector();
  const { status, answer } = await collector.post('not even JSON', { secret: OTHER_SECRET });
  expect({ status, answer }).toMatchObject({ status: 401, answer: { code: 'wrong_signature' } });
});

test('gzip is unpacked, but not beyond the limit', async () => {
  await using collector = await openCollector({ maxBytes: 2000 });
  const batch = { worker: 'edge', touches: [clicked()] };
  expect(await collector.post(batch, { gzip: true })).toMatchObject({ status: 200 });
  const bomb = JSON.stringify({ ...batch, padding: ' '.repeat(100_000) });
  expect(await collector.post(bomb, { gzip: true })).toMatchObject({ status: 413 });
  expect(await collector.post(bomb)).toMatchObject({ status: 413 });
});

test.each([
  ['store_unavailable', 503],
  ['store_busy', 503],
  ['store_full', 507],
] as const)('a store that fails with %s makes the worker come again', async (code, status) => {
  const errors: unknown[] = [];
  await using collector = await openCollector({
    store: { append: () => Promise.reject(new EventStoreError(code, 'it is down')) },
    onError: (error) => errors.push(error),
  });
  expect(await collector.take(clicked())).toMatchObject({ status });
  expect(errors).toMatchObject([{ code }]);
  expect(collector.batches).toEqual([]);
});

test('without a secret there is no collector', () => {
  const store = { append: () => Promise.reject(new Error('never')) };
  expect(() => collectorRoute({ store, keys: [], now: () => NOON })).toThrow('signing secret');
});

test('other methods are told what is taken', async () => {
  await using collector = await openCollector();
  const response = await collector.app.request('/collect');
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
});
