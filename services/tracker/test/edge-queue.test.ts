import { afterAll, beforeAll, expect, test } from 'vitest';
import { beacon } from './beacons.ts';
import { openEdgeOrigin, until } from './edge-origin.ts';
import type { EdgeOrigin } from './edge-origin.ts';
import { clicked } from './edge-touches.ts';
import { clickIdOf, startEdgeWorker } from './edge-worker.ts';
import type { EdgeWorker, OtherWorker } from './edge-worker.ts';

const FEED = 'https://feed.shop.nl/';

let origin: EdgeOrigin;
beforeAll(async () => {
  origin = await openEdgeOrigin();
});
afterAll(() => origin[Symbol.asyncDispose]());

/** Writes the ids of what comes into a queue to the log, and puts what it is sent into the queue of touches. */
function watcherOf(queue: string): OtherWorker {
  return {
    name: 'watcher',
    modules: true,
    compatibilityDate: '2026-07-01',
    queueConsumers: { [queue]: { maxBatchTimeout: 0.05 } },
    routes: [`${new URL(FEED).host}/*`],
    queueProducers: { TOUCHES: 'touches' },
    script: `export default {
      async fetch(request, { TOUCHES }) {
        for (const body of await request.json()) await TOUCHES.send(body);
        return new Response();
      },
      async queue({ messages }) {
        for (const { body } of messages) console.log('seen ' + body.id);
      },
    };`,
  };
}

async function startQueueing(bound: Record<string, string>, watched: string): Promise<EdgeWorker> {
  return startEdgeWorker(origin, {
    platform: {
      queueProducers: { TOUCHES: 'touches', ...bound },
      queueConsumers: {
        touches: {
          maxBatchSize: 50,
          maxBatchTimeout: 0.05,
          maxRetries: 2,
          deadLetterQueue: 'dead-touches',
        },
      },
    },
    others: [watcherOf(watched)],
  });
}

async function idsInLog(): Promise<string[]> {
  return (await origin.touches()).map(({ id }) => id);
}

function isSeen({ log }: EdgeWorker, id: string): boolean {
  return log.join('').includes(`seen ${id}`);
}

async function feed({ miniflare }: EdgeWorker, ...touches: unknown[]) {
  await miniflare.dispatchFetch(FEED, { method: 'POST', body: JSON.stringify(touches) });
}

test('touches go through the queue into the log, with the ids that were given out', async () => {
  await using worker = await startQueueing({}, 'dead-touches');
  const clicks = await Promise.all(Array.from({ length: 40 }, () => worker.get('/r/woonblog')));
  const visit = beacon({ type: 'visit', ref: 'woonblog' });
  expect((await worker.post(visit)).status).toBe(204);
  expect((await worker.post(visit)).status).toBe(204);
  await until(async () => (await idsInLog()).length >= 41);
  const given = clicks.map(clickIdOf);
  expect(given).not.toContain(null);
  expect(await idsInLog()).toHaveLength(41);
  expect(await idsInLog()).toEqual(expect.arrayContaining(given));
});

test('while the collector is down clicks are recorded all the same, and come later', async () => {
  await using worker = await startQueueing({}, 'dead-touches');
  await worker.get('/r/woonblog');
  const before = await idsInLog();
  await origin.stop();
  const id = clickIdOf(await worker.get('/r/woonblog'));
  expect(id).not.toBeNull();
  await until(() => worker.log.join('').includes('collector_unreachable'));
  await origin.start();
  await until(async () => (await idsInLog()).includes(id ?? ''));
  expect((await idsInLog()).length).toBeLessThanOrEqual(before.length + 2);
});

test('what the collector refuses is set aside in a queue of its own, and the rest is taken', async () => {
  await using worker = await startQueueing({ REFUSED_TOUCHES: 'refused' }, 'refused');
  const good = clicked();
  const bad = { ...clicked(), version: 99 };
  await feed(worker, bad, good);
  await until(() => isSeen(worker, bad.id));
  await until(async () => (await idsInLog()).includes(good.id));
  expect(isSeen(worker, good.id)).toBe(false);
  await until(() => worker.log.join('').includes('touches_refused'));
});

test('without such a queue it is a dead letter after the retries of the platform', async () => {
  await using worker = await startQueueing({}, 'dead-touches');
  const bad = { ...clicked(), version: 99 };
  await feed(worker, bad);
  await until(() => isSeen(worker, bad.id));
  expect(await idsInLog()).not.toContain(bad.id);
});
