import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EventStoreError, ImportingStore } from '@provisie/event-store';
import { serverErrors } from '@provisie/event-store-testkit/kurrent';
import { TestServer } from './kurrent-doubles.ts';
import { anEvent, followed, idsOf, logOf } from './given.ts';

let server: TestServer;
let store: ImportingStore;

beforeEach(async () => {
  server = await TestServer.start();
  store = await server.open();
});

afterEach(() => server.stop());

async function appendOneByOne(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await store.append(`order-${n % 3}`, [anEvent()], 'any');
}

describe('a subscription', () => {
  test.each([0, 1, 2, 5])(
    'that drops after %i messages, again and again, misses and doubles nothing',
    async (after) => {
      const interruptions: EventStoreError[] = [];
      const following = await server.open({ onInterruption: (error) => interruptions.push(error) });
      await appendOneByOne(4);
      const fault = { kind: 'fail_midway', after, error: serverErrors.unavailable } as const;
      server.double.faults.always('subscribe', fault);
      server.double.faults.next('read', fault, fault);
      const [seen] = await Promise.all([followed(following, 12), appendOneByOne(8)]);
      expect(idsOf(seen)).toEqual(idsOf(await logOf(store)));
      expect(interruptions.every(({ code }) => code === 'store_unavailable')).toBe(true);
    },
  );

  test('resumes when the server has restarted', async () => {
    await appendOneByOne(2);
    const seen = followed(store, 5);
    await server.double.subscribed();
    await server.double.restart();
    await appendOneByOne(3);
    expect(idsOf(await seen)).toEqual(idsOf(await logOf(store)));
  });

  test('that falls silent, on a connection that seems alive, still delivers', async () => {
    server.double.faults.always('subscribe', { kind: 'silent_midway', after: 1 });
    const seen = followed(store, 3);
    await server.double.subscribed();
    await appendOneByOne(3);
    expect(idsOf(await seen)).toEqual(idsOf(await logOf(store)));
  });

  test('that is never confirmed is tried again', async () => {
    server.double.faults.next('subscribe', { kind: 'silent' });
    const seen = followed(store, 1);
    await server.double.subscribed();
    await appendOneByOne(1);
    expect(await seen).toHaveLength(1);
  });

  test('resumes after a position whose event was removed by a scavenge, without leaving out the next', async () => {
    await appendOneByOne(3);
    const [first, second, third] = await logOf(store);
    server.double.log.scavenge();
    const { records } = server.double.log;
    records.splice(
      records.findIndex(({ id }) => id === second?.id),
      1,
    );
    // The server's own subscriptions would take the third for the one that was seen.
    const seen = await followed(store, 1, second?.position ?? 0);
    expect(idsOf(seen)).toEqual([third?.id]);
    expect(first?.position).toBeLessThan(third?.position ?? 0);
  });

  test('without the right to read ends with an error', async () => {
    server.double.faults.always('read', { kind: 'fail', error: serverErrors.accessDenied });
    await expect(followed(store, 1)).rejects.toThrow(/denies access/);
  });

  test('holds the server back while its events are not taken', async () => {
    await appendOneByOne(1);
    const abort = new AbortController();
    const batches = store.subscribe(0, { signal: abort.signal })[Symbol.asyncIterator]();
    await batches.next();
    await batches.next();
    const third = batches.next();
    await server.double.subscribed();
    const text = 'x'.repeat(20_000);
    const writer = await server.open();
    for (let n = 0; n < 150; n += 1) {
      const events = Array.from({ length: 20 }, () => anEvent({ data: { text } }));
      await writer.append('touches-1', events, 'any');
    }
    await third;
    const read = server.double.calls.of('sent');
    expect(server.double.log.records.length).toBeGreaterThan(3_000);
    // 1,000 are buffered, and what fits into the connection's window; positions that were read are few.
    expect(read).toBeLessThan(2_000);
    abort.abort();
    await batches.return?.();
  });

  test('and all else ends when the store closes; the process is left nothing', async () => {
    await appendOneByOne(2);
    const following = Array.fromAsync(store.subscribe(0));
    await server.double.subscribed();
    await store.close();
    expect((await following).map(({ kind }) => kind)).toEqual(['events', 'caught_up']);
    await expect.poll(() => server.double.calls.open).toBe(0);
  });
});

describe('the log', () => {
  test('leaves out events of the server itself, and links that projections put into our streams', async () => {
    await appendOneByOne(2);
    const head = await store.head();
    server.double.log.writeSystemEvent('$stats-0', '$statsCollected');
    server.double.log.writeSystemEvent('order-1', '$>');
    server.double.log.writeSystemEvent('$$order-1', '$metadata');
    expect(await store.head()).toBe(head);
    expect(await logOf(store)).toHaveLength(2);
    expect(await followed(store, 2)).toHaveLength(2);
  });

  test.each(['', '{}', '{"user":1}'])(
    'with an event of another application, of metadata %j, is refused by name; a namespace sets it apart',
    async (metadata) => {
      server.double.log.write(
        'theirs-1',
        [
          {
            id: crypto.randomUUID(),
            type: 'Theirs',
            contentType: 'application/json',
            data: Buffer.from('{}'),
            metadata: Buffer.from(metadata),
          },
        ],
        'any',
      );
      await expect(logOf(store)).rejects.toMatchObject({ code: 'store_foreign' });
      await expect(store.head()).rejects.toThrow(/theirs-1.*another application/);
      const apart = await server.open({ namespace: 'shop' });
      await apart.append('order-1', [anEvent()], 'no_stream');
      expect((await logOf(apart)).map(({ stream }) => stream)).toEqual(['order-1']);
      const alike = await server.open({ namespace: 'shop.2' });
      expect(await logOf(alike)).toEqual([]);
    },
  );

  test('keeps streams with names that the server keeps to itself', async () => {
    const names = ['$settings', '$$order-1', '~', '~$x', '-', '$x-1'];
    for (const name of names) await store.append(name, [anEvent()], 'no_stream');
    expect((await logOf(store)).map(({ stream }) => stream)).toEqual(names);
    const found = await Array.fromAsync(store.readAll(0, { categories: ['$x', '~'] }));
    expect(found.flat().map(({ stream }) => stream)).toEqual(['~', '$x-1']);
  });

  test('is read on when the connection breaks midway', async () => {
    await store.append(
      'order-1',
      Array.from({ length: 30 }, () => anEvent()),
      'any',
    );
    const fault = { kind: 'fail_midway', after: 7, error: serverErrors.unavailable } as const;
    server.double.faults.next('read', fault, { kind: 'silent_midway', after: 5 }, fault);
    expect(idsOf(await logOf(store))).toHaveLength(30);
    server.double.faults.next('read', fault, fault);
    const stream = await Array.fromAsync(
      store.readStream('order-1', { fromRevision: 2, limit: 20 }),
    );
    expect(stream.map(({ revision }) => revision)).toEqual(
      Array.from({ length: 20 }, (_, n) => n + 2),
    );
  });
});
