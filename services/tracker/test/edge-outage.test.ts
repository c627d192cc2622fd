import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { beacon } from './beacons.ts';
import { openEdgeOrigin, until } from './edge-origin.ts';
import type { EdgeOrigin } from './edge-origin.ts';
import { clickIdOf, startEdgeWorker } from './edge-worker.ts';
import type { EdgeWorker } from './edge-worker.ts';

let origin: EdgeOrigin;
let worker: EdgeWorker;
beforeAll(async () => {
  origin = await openEdgeOrigin();
  worker = await startEdgeWorker(origin);
});
beforeEach(async () => {
  // An isolate that remembers no trouble, and has the links.
  await worker.restart();
  await worker.get('/r/woonblog');
});
afterAll(async () => {
  await worker[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

async function idsInLog(): Promise<string[]> {
  return (await origin.touches()).map(({ id }) => id);
}

test('a flood of clicks: each is in the log once, with the id that was given out', async () => {
  const before = await idsInLog();
  const batchesBefore = origin.batches.length;
  const given: (string | null)[] = [];
  const visitors = Array.from({ length: 50 }, async (_, index) => {
    for (const octet of Array(6).keys()) {
      const address = `203.0.${String(index)}.${String(octet)}`;
      given.push(clickIdOf(await worker.get('/r/woonblog', { 'cf-connecting-ip': address })));
    }
  });
  await Promise.all(visitors);
  // On a machine that is too busy, some visitors are sent on without an id; their clicks come later.
  await until(async () => (await idsInLog()).length >= before.length + 300);
  const recorded = (await idsInLog()).slice(before.length);
  const ids = given.filter((id) => id !== null);
  expect(recorded).toHaveLength(300);
  expect(new Set(recorded).size).toBe(300);
  expect(ids.length).toBeGreaterThan(0);
  expect(recorded).toEqual(expect.arrayContaining(ids));
  expect(origin.batches.length - batchesBefore).toBeLessThan(100);
});

test('an answer that gets lost: the same touches go again, and count once', async () => {
  const before = await idsInLog();
  origin.loseAnswers(2);
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => worker.get('/r/woonblog')));
  const given = answers.map(clickIdOf);
  const recorded = (await idsInLog()).slice(before.length);
  expect(recorded).toHaveLength(5);
  expect(new Set(recorded)).toEqual(new Set(given));
  expect(origin.batches.some(({ repeated }) => repeated > 0)).toBe(true);
});

test('a collector that is slow: the visitor is sent on in time, and the click counts later', async () => {
  const before = await idsInLog();
  const held = origin.hold();
  const begun = performance.now();
  const answer = await worker.get('/r/woonblog');
  expect(performance.now() - begun).toBeLessThan(4000);
  expect([answer.status, clickIdOf(answer)]).toEqual([302, null]);
  expect(answer.headers.get('set-cookie')).toBeNull();
  expect(await idsInLog()).toEqual(before);
  held.release();
  await until(async () => (await idsInLog()).length === before.length + 1);
});

test('a collector that is down: all are sent on, soon without waiting, and beacons come again', async () => {
  const before = await idsInLog();
  await origin.stop();
  const answer = await worker.get('/r/woonblog');
  expect([answer.status, clickIdOf(answer)]).toEqual([302, null]);
  const begun = performance.now();
  expect(clickIdOf(await worker.get('/r/woonblog'))).toBeNull();
  expect(performance.now() - begun).toBeLessThan(1000);
  const visit = beacon({ type: 'visit', ref: 'woonblog' });
  const refused = await worker.post(visit);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '30']);

  await origin.start();
  await until(async () => (await idsInLog()).length === before.length + 3);
  expect((await worker.post(visit)).status).toBe(204);
  expect(clickIdOf(await worker.get('/r/woonblog'))).not.toBeNull();
  expect(await idsInLog()).toHaveLength(before.length + 4);
});

test('visitors who leave before they are answered hold up nobody', async () => {
  const address = await worker.miniflare.ready;
  const before = await idsInLog();
  const held = origin.hold();
  const leaving = Array.from({ length: 20 }, () => new AbortController());
  const left = leaving.map(({ signal }) =>
    fetch(new URL('/r/woonblog', address), {
      signal,
      redirect: 'manual',
      headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0' },
    }).catch(() => null),
  );
  await until(() => (origin.requests.get('/collect') ?? 0) > 0);
  const staying = Array.from({ length: 20 }, () => worker.get('/r/woonblog'));
  for (const visitor of leaving) visitor.abort();
  await Promise.all(left);
  held.release();
  const given = (await Promise.all(staying)).map(clickIdOf);
  expect(given).not.toContain(null);
  await until(async () => (await idsInLog()).length >= before.length + 20);
  expect(await idsInLog()).toEqual(expect.arrayContaining(given));
});
