import { streams } from '@provisie/domain';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { linkCreated, NOON, openTrackedShop } from '../../test/tracked-shop.ts';
import type { TrackedShop } from '../../test/tracked-shop.ts';
import { followLinkDirectory } from './follow-link-directory.ts';
import { createLinkDirectory } from './link-directory.ts';
import { createDirectoryPoller } from './directory-poller.ts';
import { createDirectoryPublisher } from './directory-publisher.ts';
import { directoryRoute } from './directory-route.ts';
import { readSnapshot } from './directory-snapshot.ts';

const TOKEN = 'a-token-of-at-least-32-characters';
const URL = 'https://track.shop.nl/link-directory';

/** Serves the directory of the shop's log. */
async function served(shop: TrackedShop) {
  const stop = new AbortController();
  const followed = followLinkDirectory(shop.store, { signal: stop.signal });
  await followed.ready;
  const publisher = createDirectoryPublisher(followed);
  const app = new Hono().get('/link-directory', directoryRoute({ publisher, token: TOKEN }));
  const ask = (headers: Record<string, string>) =>
    app.request(URL, { headers: { authorization: `Bearer ${TOKEN}`, ...headers } });
  const seen: Response[] = [];
  const elsewhere = createLinkDirectory();
  const poller = createDirectoryPoller({
    url: URL,
    token: TOKEN,
    directory: elsewhere,
    fetch: async (request) => {
      const response = await app.request(request);
      seen.push(response.clone());
      return response;
    },
  });
  return {
    app,
    ask,
    followed,
    elsewhere,
    poller,
    seen,
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await followed.ended;
    },
  };
}

test('another tracker polls the directory, and is told when nothing has changed', async () => {
  await using shop = await openTrackedShop();
  await using server = await served(shop);
  const { elsewhere, poller, seen } = server;
  expect(await poller.poll()).toBe('changed');
  expect(elsewhere.link('woonblog')?.destinationAt(NOON)).toBe(
    'https://www.shop.nl/aanbod?kleur=rood#top',
  );
  expect(elsewhere.programme('affiliate')?.termsAt(NOON)?.windowDays).toBe(90);
  expect(elsewhere.isOnProgrammeHost(new globalThis.URL('https://m.shop.nl/'))).toBe(true);
  expect(await poller.poll()).toBe('unchanged');

  await shop.append(streams.link('nieuw'), linkCreated('nieuw'));
  await expect.poll(() => server.followed.directory.link('nieuw')).not.toBeNull();
  expect(await poller.poll()).toBe('changed');
  expect(elsewhere.link('nieuw')).not.toBeNull();
  expect(seen.map(({ status }) => status)).toEqual([200, 304, 200]);
});

test('two processes on the same log give the same tag', async () => {
  await using shop = await openTrackedShop();
  await using one = await served(shop);
  await using other = await served(shop);
  const [tag, sameTag] = [(await one.ask({})).headers, (await other.ask({})).headers];
  expect(tag.get('etag')).toMatch(/^"[0-9a-f]{32}"$/);
  expect(sameTag.get('etag')).toBe(tag.get('etag'));
});

test('it is compressed for whoever takes that, and the same all the same', async () => {
  await using shop = await openTrackedShop();
  await using server = await served(shop);
  const plain = await (await server.ask({})).text();
  const response = await server.ask({ 'accept-encoding': 'gzip, br' });
  expect(response.headers.get('content-encoding')).toBe('gzip');
  const unzipped = response.body?.pipeThrough(new DecompressionStream('gzip'));
  expect(await new Response(unzipped).text()).toBe(plain);
});

test('without the token nobody sees it', async () => {
  await using shop = await openTrackedShop();
  await using server = await served(shop);
  for (const authorization of ['', 'Bearer ', `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, TOKEN]) {
    const response = await server.ask({ authorization });
    expect({ authorization, status: response.status }).toEqual({ authorization, status: 401 });
    expect(await response.text()).not.toContain('woonblog');
  }
});

test('what is in it of the terms is what touches need, and no more', async () => {
  await using shop = await openTrackedShop();
  await using server = await served(shop);
  const text = await (await server.ask({})).text();
  expect((await readSnapshot(text)).programmes[0]?.terms).toMatchObject([{ windowDays: 90 }]);
  expect(text).not.toMatch(/reward|rateBps|payout|woonblog@/i);
});

test('a directory that is not loaded yet is not given out as an empty one', async () => {
  const publisher = createDirectoryPublisher({ snapshot: () => null, changes: () => 0 });
  const app = new Hono().get('/link-directory', directoryRoute({ publisher, token: TOKEN }));
  const response = await app.request(URL, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('2');
});

test.each([
  ['an error', () => new Response('no', { status: 500 }), 'directory_unavailable'],
  ['a page of something else', () => new Response('<html>'), 'snapshot_damaged'],
  [
    'a network that is down',
    () => {
      throw new TypeError('fetch failed');
    },
    'directory_unavailable',
  ],
])('%s leaves a polled directory as it was', async (_, answer, code) => {
  await using shop = await openTrackedShop();
  const { directory } = shop;
  const poller = createDirectoryPoller({
    url: URL,
    token: TOKEN,
    directory,
    fetch: async () => answer(),
  });
  await expect(poller.poll()).rejects.toMatchObject({ code });
  expect(directory.link('woonblog')).not.toBeNull();
});
