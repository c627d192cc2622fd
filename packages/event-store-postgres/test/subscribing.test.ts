import { openProxy, postgresMissing } from '@provisie/postgres-testkit';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anEvent, Bench, Follower, idsOf, ofLog, until } from './given.ts';

describe.skipIf(postgresMissing() !== null)('a subscription', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await Bench.empty();
  });

  afterEach(() => bench.remove());

  afterAll(() => Bench.drop());

  const listeners = async () => {
    const rows = await bench.sql(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
    );
    return rows.length;
  };

  test('is woken by the server, long before it would look by itself', async () => {
    const writer = await bench.open();
    const reader = await bench.open({ pollMs: 3_600_000 });
    const follower = bench.keep(new Follower(reader));
    await until(async () => (await listeners()) === 1, 'it listens');
    for (let n = 1; n <= 20; n += 1) {
      await writer.append('order-1', [anEvent()], 'any');
      await until(() => follower.ids.length === n, `it was given event ${n}`);
    }
    expect(follower.ids).toEqual(idsOf(await ofLog(writer)));
  });

  test('listens again after its connection was cut, and misses nothing of meanwhile', async () => {
    const writer = await bench.open();
    const proxy = bench.keep(await openProxy(bench.url));
    const reader = await bench.open({ url: proxy.url, pollMs: 3_600_000 });
    const follower = bench.keep(new Follower(reader));
    await until(async () => (await listeners()) === 1, 'it listens');
    proxy.rules = { fromClient: () => 'cut', fromServer: () => 'cut' };
    await writer.append('order-1', [anEvent()], 'any');
    await until(async () => (await listeners()) === 0, 'its connection is gone');
    await writer.append('order-1', [anEvent()], 'any');
    proxy.rules = {};
    await until(() => follower.ids.length === 2, 'it was given both');
    expect(follower.ids).toEqual(idsOf(await ofLog(writer)));
  });

  test('finds by itself what no notification told of', async () => {
    const writer = await bench.open();
    const proxy = bench.keep(await openProxy(bench.url));
    // The server's notifications get lost; answers to queries don't.
    proxy.rules = { fromServer: (sent) => (sent[0] === 'A'.charCodeAt(0) ? 'cut' : 'pass') };
    const reader = await bench.open({ url: proxy.url, pollMs: 50 });
    const follower = bench.keep(new Follower(reader));
    for (let n = 1; n <= 5; n += 1) {
      await writer.append('order-1', [anEvent()], 'any');
      await until(() => follower.ids.length === n, `it was given event ${n}`);
    }
    expect(follower.ids).toEqual(idsOf(await ofLog(writer)));
  });

  test('that waits ends at once when its store closes, also while the server is gone', async () => {
    const proxy = bench.keep(await openProxy(bench.url));
    const store = await bench.open({ url: proxy.url });
    const kinds: string[] = [];
    for await (const { kind } of store.subscribe(0)) {
      kinds.push(kind);
      proxy.rules = { fromClient: () => 'cut', fromServer: () => 'cut' };
      setImmediate(() => void store.close());
    }
    expect(kinds).toEqual(['caught_up']);
  });
});
