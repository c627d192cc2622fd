import { serve } from '@hono/node-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEdgeOrigin, until } from './edge-origin.ts';
import type { EdgeOrigin } from './edge-origin.ts';
import { startEdgeWorker } from './edge-worker.ts';

let origin: EdgeOrigin;
beforeAll(async () => {
  origin = await openEdgeOrigin();
});
afterAll(() => origin[Symbol.asyncDispose]());

test.each([
  ['the cache of the platform', {}],
  ['a KV namespace', { kvNamespaces: ['LINKS'] }],
])('a new isolate takes the links from %s when the origin is gone', async (_name, platform) => {
  await using worker = await startEdgeWorker(origin, { platform });
  expect((await worker.get('/r/woonblog')).status).toBe(302);
  await origin.stop();
  try {
    await worker.restart();
    const answer = await worker.get('/r/woonblog?url=https://www.shop.nl/bank');
    expect([answer.status, answer.headers.get('location')]).toEqual([
      302,
      'https://www.shop.nl/bank',
    ]);
    const foreign = await worker.get('/r/woonblog?url=https://www.elders.nl/');
    expect(foreign.status).toBe(400);
  } finally {
    await origin.start();
  }
});

test('without any links nobody is sent anywhere, until they can be had', async () => {
  await origin.stop();
  await using worker = await startEdgeWorker(origin, { platform: { cache: false } });
  try {
    const answer = await worker.get('/r/woonblog');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await answer.json()).toMatchObject({ code: 'directory_not_ready' });
    expect((await worker.get('/t.js')).status).toBe(200);
  } finally {
    await origin.start();
  }
  await until(async () => (await worker.get('/r/woonblog')).status === 302);
});

test.each([
  ['a page of a proxy', '<html>Sign in to continue</html>', 200],
  ['a directory that is cut off', '{"format":"provisie-link-directory","version":1,"sha', 200],
  ['a refusal', '{}', 401],
])('%s instead of the links is no directory', async (_name, text, status) => {
  const { promise, resolve } = Promise.withResolvers<number>();
  const fetch = () => new Response(text, { status, headers: { ETag: '"1"' } });
  const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
    resolve(port);
  });
  const url = `http://127.0.0.1:${String(await promise)}`;
  await using worker = await startEdgeWorker({ url });
  const answer = await worker.get('/r/woonblog');
  expect([answer.status, answer.headers.get('location')]).toEqual([503, null]);
  server.close();
});
