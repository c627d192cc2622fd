import { join } from 'node:path';
import { postgresMissing } from '@provisie/postgres-testkit';
import { expect, test } from 'vitest';
import { openNode } from '../src/node/open-node.ts';
import type { TrackerNode } from '../src/node/open-node.ts';
import { openRemoteShop } from './remote-shop.ts';
import { CHROME } from './tracked-shop.ts';

const SOON = { timeout: 30_000 };
const silent = { info: () => {}, warn: () => {}, error: () => {} };

test.skipIf(postgresMissing() !== null)(
  'a disk that is full degrades a node to redirecting, and it recovers by itself',
  async () => {
    await using shop = await openRemoteShop();
    const node = await openNode(configOf(shop.address, join(shop.folder, 'node')), silent);
    await expect.poll(() => node.status().directory, SOON).toBe('current');
    shop.network.become('down');
    const acknowledged: string[] = [];
    let clickId = await click(node);
    for (; clickId !== null; clickId = await click(node)) acknowledged.push(clickId);
    expect(acknowledged.length).toBeGreaterThan(50);

    expect(await pageOf(node)).toMatchObject({ status: 'degraded', spool: 'full' });
    expect((await get(node, '/readyz')).status).toBe(200);
    expect((await get(node, '/readyz?recording')).status).toBe(503);
    expect(await (await get(node, '/metrics')).text()).toContain('provisie_spool_recording 0');
    const refused = await beacon(node);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('30');

    shop.network.become('up');
    await expect
      .poll(() => pageOf(node), SOON)
      .toMatchObject({ status: 'ready', spool: 'ok', waitingEvents: 0 });
    acknowledged.push(String(await click(node)));
    expect((await beacon(node)).status).toBe(204);
    await node.close(10_000);
    const clicks = await shop.clicks();
    expect(acknowledged.filter((id) => clicks.get(id) !== 1)).toEqual([]);
    expect(clicks.size).toBe(acknowledged.length + 1);
  },
  90_000,
);

function configOf(eventStore: string, dataFolder: string) {
  return {
    host: '127.0.0.1',
    port: 0,
    logLevel: 'silent',
    nodeName: 'test',
    dataFolder,
    eventStore,
    keys: {
      kind: 'given',
      customers: new Uint8Array(32).fill(1),
      addresses: new Uint8Array(32).fill(2),
    },
    secureCookies: true,
    clientAddressHeader: 'x-forwarded-for',
    countryHeader: null,
    beaconsPerMinute: 600,
    shutdownMs: 5000,
    spoolMaxBytes: 200_000,
    directoryToken: null,
    directoryUrl: null,
    refreshMs: 1000,
    collectorSecret: null,
  } as const;
}

function get(node: TrackerNode, path: string): Promise<Response> {
  const headers = { 'user-agent': CHROME };
  return Promise.resolve(node.fetch(new Request(`https://track.shop.nl${path}`, { headers })));
}

async function pageOf(node: TrackerNode): Promise<unknown> {
  return (await get(node, '/readyz')).json();
}

/** The id of a click; null when the visitor was redirected without one. */
async function click(node: TrackerNode): Promise<string | null> {
  const response = await get(node, '/r/woonblog');
  expect(response.status).toBe(302);
  return new URL(response.headers.get('location') ?? '').searchParams.get('click_id');
}

function beacon(node: TrackerNode): Promise<Response> {
  const body = { id: 'beacon-000000000001', visitorId: 'visitor-1', type: 'visit', path: '/' };
  const request = new Request('https://track.shop.nl/t', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': CHROME },
    body: JSON.stringify(body),
  });
  return Promise.resolve(node.fetch(request));
}
