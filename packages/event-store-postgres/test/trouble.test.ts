import { openProxy, postgresMissing, startPostgres } from '@provisie/postgres-testkit';
import type { Fate, PostgresProxy } from '@provisie/postgres-testkit';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPostgresEventStore } from '../src/index.ts';
import { anEvent, Bench, expectSound, Follower, idsOf, mentions, ofLog, until } from './given.ts';

/** Does it to the first message that mentions it; what comes later passes. */
function once(word: string, fate: Fate): (sent: Buffer) => Fate {
  let isDone = false;
  return (sent) => {
    if (isDone || !mentions(word)(sent)) return 'pass';
    isDone = true;
    return fate;
  };
}

describe.skipIf(postgresMissing() !== null)('the log survives', () => {
  let bench: Bench;
  let proxy: PostgresProxy;

  beforeEach(async () => {
    bench = await Bench.empty();
    proxy = bench.keep(await openProxy(bench.url));
  });

  afterEach(() => bench.remove());

  afterAll(() => Bench.drop());

  test('a commit whose acknowledgement was lost: it is there once, and answered as the first time', async () => {
    const store = await bench.open({ url: proxy.url });
    await store.append('order-1', [anEvent()], 'no_stream');
    const added = [anEvent(), anEvent()];
    // The server's word for a commit that it made.
    proxy.rules = { fromServer: once('COMMIT\0', 'cut') };
    const results = await Promise.all([
      store.append('order-1', added, 0),
      store.append('order-1', [anEvent()], 0),
      store.append('order-2', [anEvent()], 'no_stream'),
    ]);
    expect(results).toMatchObject([
      { ok: true, revision: 2, position: 3, repeated: false },
      { ok: false, actualRevision: 2 },
      { ok: true, revision: 0, position: 4, repeated: false },
    ]);
    expect(idsOf(await ofLog(store)).slice(1, 3)).toEqual(idsOf(added));
    expect(await store.append('order-1', added, 0)).toMatchObject({ ok: true, repeated: true });
    expectSound(await ofLog(store));
  });

  test.each([
    ['its beginning', 'BEGIN'],
    ['its events', 'insert_events'],
    ['its commit', 'COMMIT\0'],
  ])('a connection that breaks at %s: the append is tried again', async (_, word) => {
    const store = await bench.open({ url: proxy.url });
    await store.append('order-1', [anEvent()], 'no_stream');
    proxy.rules = { fromClient: once(word, 'cut') };
    expect(await store.append('order-1', [anEvent()], 0)).toMatchObject({
      revision: 1,
      repeated: false,
    });
    expect(await ofLog(store)).toHaveLength(2);
  });

  test('a server that is gone after a commit: the caller is told that the outcome is unknown', async () => {
    const store = await bench.open({ url: proxy.url, patienceMs: 300 });
    const event = anEvent();
    await store.append('order-1', [anEvent()], 'no_stream');
    const isAnswered = once('COMMIT\0', 'cut');
    let isGone = false;
    const gone = (fate: Fate) => {
      isGone ||= fate === 'cut';
      return isGone ? 'cut' : fate;
    };
    proxy.rules = {
      fromClient: () => gone('pass'),
      fromServer: (sent) => gone(isAnswered(sent)),
    };
    const lost = store.append('order-1', [event], 0);
    await expect(lost).rejects.toMatchObject({ code: 'store_unavailable' });
    await expect(lost).rejects.toThrow(/isn't known: send it again with the same ids/);
    await expect(store.head()).rejects.toMatchObject({ code: 'store_unavailable' });
    const later = await bench.open();
    expect(await later.append('order-1', [event], 0)).toMatchObject({ ok: true, repeated: true });
    // And the store itself goes on as soon as the server is back.
    proxy.rules = {};
    expect(await store.append('order-1', [anEvent()], 1)).toMatchObject({ ok: true });
  });

  test('a writer that hangs with the lock: the others go on within seconds, and it after them', async () => {
    const hanging = await bench.open({ url: proxy.url });
    const other = await bench.open();
    await hanging.append('order-1', [anEvent()], 'any');
    const held = Promise.withResolvers<undefined>();
    const isInsert = once('insert_events', 'hold');
    proxy.rules = {
      fromClient: (sent) => {
        const fate = isInsert(sent);
        if (fate === 'hold') held.resolve(undefined);
        return fate;
      },
    };
    const late = hanging.append('order-1', [anEvent({ by: 'late' })], 'any');
    await held.promise;
    const started = performance.now();
    expect(await other.append('order-1', [anEvent()], 0)).toMatchObject({ ok: true, revision: 1 });
    expect(performance.now() - started).toBeLessThan(8_000);
    // What it sent finds its connection ended; it tries again on a new one.
    proxy.release();
    expect(await late).toMatchObject({ ok: true, revision: 2, repeated: false });
    expectSound(await ofLog(other));
  });

  test('an operator who ends its connections, again and again, under load', async () => {
    const stores = [await bench.open(), await bench.open()];
    const follower = bench.keep(new Follower(await bench.open({ pollMs: 60_000 })));
    const operator = await bench.connect();
    const acknowledged: string[] = [];
    const over = new AbortController();
    const writing = stores.flatMap((store) =>
      Array.from({ length: 8 }, async (_, writer) => {
        while (!over.signal.aborted) {
          const event = anEvent({ writer });
          const result = await store.append(`order-${writer}`, [event], 'any');
          if (result.ok && !result.repeated) acknowledged.push(event.id);
        }
      }),
    );
    for (let round = 0; round < 12; round += 1) {
      const before = acknowledged.length;
      await operator.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
      await until(() => acknowledged.length > before + 40, 'appends go on');
    }
    over.abort();
    await Promise.all(writing);
    const [store] = stores;
    const log = store === undefined ? [] : await ofLog(store);
    expectSound(log);
    expect(idsOf(log).toSorted()).toEqual(acknowledged.toSorted());
    await until(() => follower.ids.length >= log.length, 'the subscription has come to the head');
    expect(follower.ids).toEqual(idsOf(log));
  });
});

test.skipIf(postgresMissing() !== null)(
  'a restart of the server is met with patience, by appends, reads and subscriptions',
  async () => {
    const server = await startPostgres({ durable: true });
    const store = await openPostgresEventStore({ url: server.url, patienceMs: 30_000 });
    const follower = new Follower(store);
    const acknowledged: string[] = [];
    const over = new AbortController();
    const writing = Array.from({ length: 4 }, async (_, writer) => {
      while (!over.signal.aborted) {
        const event = anEvent();
        await store.append(`order-${writer}`, [event], 'any');
        acknowledged.push(event.id);
        await store.head();
      }
    });
    await until(() => acknowledged.length > 100, 'appends have begun');
    await server.restart();
    const before = acknowledged.length;
    await until(() => acknowledged.length > before + 100, 'appends go on after the restart');
    over.abort();
    await Promise.all(writing);
    const log = await ofLog(store);
    expectSound(log);
    expect(idsOf(log).toSorted()).toEqual(acknowledged.toSorted());
    await until(() => follower.ids.length >= log.length, 'the subscription has come to the head');
    expect(follower.ids).toEqual(idsOf(log));
    await follower.close();
    await store.close();
    await server.stop();
  },
  120_000,
);
