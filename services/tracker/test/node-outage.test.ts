import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { streams } from '@provisie/domain';
import { postgresMissing } from '@provisie/postgres-testkit';
import { describe, expect, test } from 'vitest';
import { click, clicking, metric, nodeProcess, readiness, TOKEN } from './node-process.ts';
import { openRemoteShop } from './remote-shop.ts';
import type { RemoteShop } from './remote-shop.ts';
import { linkCreated } from './tracked-shop.ts';

const PEOPLE = 8;
const KILLS = 4;
/** On a busy machine. */
const SOON = { timeout: 30_000 };

function environmentOf(shop: RemoteShop, name = 'node') {
  return { PROVISIE_EVENT_STORE: shop.address, PROVISIE_DATA_DIR: join(shop.folder, name) };
}

/** Every acknowledged click once in the log; clicks that weren't acknowledged may be there, once too. */
async function expectAllOnce(shop: RemoteShop, acknowledged: readonly string[]) {
  const clicks = await shop.clicks();
  expect(acknowledged.filter((id) => clicks.get(id) !== 1)).toEqual([]);
  expect([...clicks].filter(([, times]) => times !== 1)).toEqual([]);
  return clicks.size;
}

async function untilForwarded(url: string) {
  await expect.poll(() => metric(url, 'spool_events'), SOON).toBe(0);
}

describe.skipIf(postgresMissing() !== null)('a tracker node in front of PostgreSQL', () => {
  test(`killed ${String(KILLS)} times under load with a network that breaks, loses and doubles nothing`, async () => {
    await using shop = await openRemoteShop();
    const acknowledged: string[] = [];
    let unrecorded = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      await using node = await nodeProcess(environmentOf(shop));
      await expect.poll(async () => (await readiness(node.url)).status, SOON).toBe(200);
      const load = clicking(node.url, PEOPLE);
      for (const state of ['up', 'down', 'up', 'hanging'] as const) {
        shop.network.become(state);
        const before = load.acknowledged.length;
        await expect
          .poll(() => load.acknowledged.length, SOON)
          .toBeGreaterThan(before + 5 + 5 * kill);
      }
      expect(await node.stop('SIGKILL')).toBeNull();
      await load.end();
      acknowledged.push(...load.acknowledged);
      unrecorded += load.unrecorded();
      shop.network.become('up');
    }
    await using last = await nodeProcess(environmentOf(shop));
    await untilForwarded(last.url);
    expect(await last.stop('SIGTERM')).toBe(0);
    const inLog = await expectAllOnce(shop, acknowledged);
    expect(acknowledged.length).toBeGreaterThan(KILLS * 4 * 5);
    expect(unrecorded).toBeLessThan(acknowledged.length / 10);
    console.log(
      `${String(acknowledged.length)} acknowledged clicks survived ${String(KILLS)} kills; ${String(inLog)} are in the log, each once`,
    );
  }, 120_000);

  test('starts without the store, from its links file, and follows the log when it is back', async () => {
    await using shop = await openRemoteShop();
    await using first = await nodeProcess(environmentOf(shop));
    await expect
      .poll(async () => (await readiness(first.url)).page, SOON)
      .toMatchObject({
        status: 'ready',
        directory: 'current',
      });
    expect(await first.stop('SIGTERM')).toBe(0);

    shop.network.become('down');
    await using node = await nodeProcess(environmentOf(shop));
    const acknowledged = [await click(node.url), await click(node.url)];
    expect(acknowledged).not.toContain(null);
    await expect
      .poll(async () => readiness(node.url), SOON)
      .toMatchObject({
        status: 200,
        page: { status: 'degraded', directory: 'restored', store: 'away', waitingEvents: 2 },
      });
    expect(await metric(node.url, 'spool_oldest_seconds')).toBeGreaterThan(0);
    // It is told as away before it is given up.
    await expect.poll(() => node.log(), SOON).toContain('store_unavailable');

    await shop.store.append(streams.link('nieuw'), [linkCreated('nieuw')], 'no_stream');
    shop.network.become('up');
    await expect
      .poll(async () => (await readiness(node.url)).page, SOON)
      .toMatchObject({ status: 'ready', directory: 'current', waitingEvents: 0 });
    expect(await click(node.url, 'nieuw')).not.toBeNull();
    expect(await node.stop('SIGTERM')).toBe(0);
    await expectAllOnce(shop, acknowledged.map(String));
    expect(node.log()).not.toContain('password');
  }, 120_000);

  test('with a links file that is damaged it says so and waits for the log', async () => {
    await using shop = await openRemoteShop();
    const environment = environmentOf(shop);
    await using first = await nodeProcess(environment);
    await expect.poll(async () => (await readiness(first.url)).status, SOON).toBe(200);
    expect(await first.stop('SIGTERM')).toBe(0);
    const file = join(environment.PROVISIE_DATA_DIR, 'links.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('shop.nl', 'shap.nl'));

    shop.network.become('down');
    await using node = await nodeProcess(environment);
    expect(node.log()).toContain('snapshot_damaged');
    expect(await readiness(node.url)).toMatchObject({
      status: 503,
      page: { status: 'starting', directory: 'missing' },
    });
    await expect(click(node.url)).rejects.toThrow('answered 503');
    shop.network.become('up');
    await expect.poll(() => click(node.url).catch(() => null), SOON).not.toBeNull();
    expect(await node.stop('SIGTERM')).toBe(0);
    expect(await readFile(file, 'utf8')).toBe(text);
  }, 120_000);

  test('a node that only polls another one gets the links from it', async () => {
    await using shop = await openRemoteShop();
    await using origin = await nodeProcess(environmentOf(shop, 'origin'));
    await expect.poll(async () => (await readiness(origin.url)).status, SOON).toBe(200);
    await using node = await nodeProcess({
      ...environmentOf(shop, 'polling'),
      PROVISIE_LINK_DIRECTORY_URL: `${origin.url}/link-directory`,
      PROVISIE_LINK_DIRECTORY_TOKEN: TOKEN,
      PROVISIE_REFRESH_SECONDS: '1',
    });
    await expect.poll(async () => (await readiness(node.url)).status, SOON).toBe(200);
    expect(await click(node.url)).not.toBeNull();
    await shop.store.append(streams.link('nieuw'), [linkCreated('nieuw')], 'no_stream');
    await expect.poll(() => click(node.url, 'nieuw').catch(() => null), SOON).not.toBeNull();
    expect(await origin.stop('SIGTERM')).toBe(0);
    expect(await node.stop('SIGTERM')).toBe(0);
  }, 60_000);
});
