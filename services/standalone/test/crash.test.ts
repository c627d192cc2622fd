import { createEventIds } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { seededChance } from '../src/sample/random.ts';
import { openShop } from './open-shop.ts';
import { provisie, serverProcess } from './process.ts';
import { temporaryFolder } from './temp-folder.ts';

const KILLS = 20;
const CLICKERS = 16;
const BUYERS = 4;
const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36';

/** What the server acknowledged before it was killed. */
interface Acknowledged {
  readonly clickIds: string[];
  readonly orderIds: string[];
  /** Redirects without a click id: the disk took longer than a visitor is kept waiting. */
  unrecorded: number;
}

test(`killed ${KILLS} times under load, it has everything it acknowledged, once`, async () => {
  const seed = Number(process.env['PROVISIE_CRASH_SEED'] ?? Date.now() % 1_000_000);
  console.log(`crash test: seed ${seed} (repeat with PROVISIE_CRASH_SEED=${seed})`);
  const chance = seededChance(seed);
  const folder = temporaryFolder();
  const acknowledged: Acknowledged = { clickIds: [], orderIds: [], unrecorded: 0 };
  const { accessKey } = await openShop(folder);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const server = await serverProcess(folder);
    const load = loadOn(server.url, accessKey, acknowledged);
    await load.hasLasted(chance.between(20, 700));
    const { exitCode } = await server.stop('SIGKILL');
    expect(exitCode).toBeNull();
    await load.ended();
  }
  await stopInGoodOrder(folder, accessKey, acknowledged);
  expect(acknowledged.clickIds.length).toBeGreaterThan(KILLS);
  expect(acknowledged.orderIds.length).toBeGreaterThan(KILLS);
  // A machine that stalls may cost a few; redirecting without recording must not become the way out.
  expect(acknowledged.unrecorded).toBeLessThan(acknowledged.clickIds.length / 10);
  await catchUp(folder);
  await expectAllOnce(folder, acknowledged);
  const { exitCode, stdout } = await provisie(['--data', folder, 'verify']);
  expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
  console.log(
    `crash test: ${acknowledged.clickIds.length} clicks and ${acknowledged.orderIds.length} orders survived ${KILLS} kills; ${acknowledged.unrecorded} redirects said that they were not recorded`,
  );
}, 180_000);

/** A stop under load finishes what it took on: it ends by itself, with exit code 0. */
async function stopInGoodOrder(folder: string, accessKey: string, acknowledged: Acknowledged) {
  const server = await serverProcess(folder);
  const load = loadOn(server.url, accessKey, acknowledged);
  await load.hasLasted(100);
  const { exitCode, stdout } = await server.stop('SIGTERM');
  expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
  await load.ended();
}

/** People who click and order as fast as they are answered, until the server is gone. */
function loadOn(url: string, accessKey: string, acknowledged: Acknowledged) {
  const firstAnswer = Promise.withResolvers<undefined>();
  const untilGone = async (act: () => Promise<void>) => {
    try {
      for (;;) {
        await act();
        firstAnswer.resolve(undefined);
      }
    } catch (error) {
      // The connection broke: fetch says it with a TypeError, anything else is a failed expectation.
      if (!(error instanceof TypeError)) throw error;
    }
  };
  const people = Promise.all([
    ...Array.from({ length: CLICKERS }, () => untilGone(() => click(url, acknowledged))),
    ...Array.from({ length: BUYERS }, () => untilGone(() => order(url, accessKey, acknowledged))),
  ]);
  return {
    /** Resolves so many milliseconds after the first answer. */
    hasLasted: async (milliseconds: number) => {
      await Promise.race([firstAnswer.promise, people]);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
    },
    ended: () => people,
  };
}

async function click(url: string, acknowledged: Acknowledged): Promise<void> {
  const response = await fetch(`${url}/r/blog`, {
    redirect: 'manual',
    headers: { 'user-agent': BROWSER },
  });
  const location = response.headers.get('location');
  await response.body?.cancel();
  expect(response.status).toBe(302);
  const clickId = new URL(location ?? '', url).searchParams.get('click_id');
  if (clickId === null) acknowledged.unrecorded += 1;
  else acknowledged.clickIds.push(clickId);
}

const nextId = createEventIds();

async function order(
  url: string,
  accessKey: string,
  { clickIds, orderIds }: Acknowledged,
): Promise<void> {
  const orderId = `order-${nextId()}`;
  const clickId = clickIds.at(-1);
  const response = await fetch(`${url}/v1/orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      orderId,
      placedAt: new Date().toISOString(),
      customer: { email: `${orderId.slice(-12)}@post.example` },
      currency: 'EUR',
      lines: [{ lineId: '1', amountCents: 79_500 }],
      couponCodes: [],
      ...(clickId === undefined ? {} : { clickId }),
    }),
  });
  const answer = await response.text();
  expect({ status: response.status, answer }).toMatchObject({ status: 201 });
  orderIds.push(orderId);
}

/** One more start, until the projections have handled the whole log, and a stop in good order. */
async function catchUp(folder: string): Promise<void> {
  const server = await serverProcess(folder);
  await expect
    .poll(async () => lagOf(await (await fetch(`${server.url}/metrics`)).text()), {
      timeout: 30_000,
    })
    .toBe(0);
  const { exitCode, stdout } = await server.stop('SIGTERM');
  expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
}

function lagOf(metrics: string): number {
  return Number(/^provisie_projection_lag_positions (\d+)$/m.exec(metrics)?.[1]);
}

const click_ = z.object({ touchId: z.string() });

async function expectAllOnce(folder: string, { clickIds, orderIds }: Acknowledged): Promise<void> {
  const store = openSqliteEventStore({ file: join(folder, 'events.sqlite'), readOnly: true });
  const times = new Map<string, number>();
  for await (const batch of store.readAll(0, { categories: ['touches', 'order'] })) {
    for (const { type, data, stream } of batch) {
      const key = type === 'ClickRecorded' ? click_.parse(data).touchId : `${type} ${stream}`;
      times.set(key, (times.get(key) ?? 0) + 1);
    }
  }
  await store.close();
  const once = (key: string) => times.get(key) === 1;
  expect(clickIds.filter((id) => !once(id))).toEqual([]);
  expect(orderIds.filter((id) => !once(`OrderPlaced order-${id}`))).toEqual([]);
}
