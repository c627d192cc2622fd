import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImportingStore } from '@provisie/event-store';
import { TestServer } from './kurrent-doubles.ts';
import { anEvent, idsOf, logOf } from './given.ts';

const day = 86_400_000;
let now = Date.now();
let server: TestServer;
let store: ImportingStore;

const retention = [{ category: 'touches', maxAgeDays: 30 }];

beforeEach(async () => {
  now = Date.now();
  server = await TestServer.start({ clock: () => now });
  store = await server.open({ retention });
});

afterEach(() => server.stop());

describe('retention', () => {
  test('is told to the server before the first event of a stream of the category, once', async () => {
    await store.append('touches-1', [anEvent()], 'any');
    await store.append('touches-1', [anEvent()], 'any');
    await store.append('order-1', [anEvent()], 'any');
    const ofStream = server.double.log.records.filter(({ stream }) => !stream.startsWith('$u'));
    expect(ofStream.map(({ stream }) => stream).slice(1)).toEqual([
      '$$touches-1',
      'touches-1',
      'touches-1',
      'order-1',
    ]);
    const metadata = ofStream.find(({ stream }) => stream === '$$touches-1');
    expect(String(Buffer.from(metadata?.data ?? []))).toBe('{"$maxAge":2592000}');
    expect(metadata?.type).toBe('$metadata');
  });

  test('that an operator has set already stays', async () => {
    server.double.log.writeSystemEvent('$$touches-1', '$metadata');
    expect(await store.append('touches-1', [anEvent()], 'no_stream')).toMatchObject({ ok: true });
    const metadata = server.double.log.records.filter(({ stream }) => stream === '$$touches-1');
    expect(metadata).toHaveLength(1);
  });

  test('that hides a whole stream leaves its revisions, for every expectation', async () => {
    await store.append('touches-1', [anEvent(), anEvent()], 'any');
    now += 31 * day;
    expect(await Array.fromAsync(store.readStream('touches-1'))).toEqual([]);
    for (const [expected, revision] of [
      ['any', 2],
      [2, 3],
    ] as const) {
      const another = await server.open({ retention });
      const result = await another.append('touches-1', [anEvent()], expected);
      expect(result).toMatchObject({ ok: true, revision });
      now += 31 * day;
    }
    const another = await server.open({ retention });
    for (const expected of ['no_stream', 1, 9] as const) {
      const result = await another.append('touches-1', [anEvent()], expected);
      expect(result).toEqual({ ok: false, reason: 'conflict', actualRevision: 3 });
    }
  });

  test('hides from the log only what a scavenge has removed: a rebuild afterwards sees less', async () => {
    const [old, recent, latest] = [anEvent(), anEvent(), anEvent()];
    await store.append('touches-1', [old], 'any');
    now += 20 * day;
    await store.append('touches-1', [recent, latest], 'any');
    now += 20 * day;
    expect(idsOf(await logOf(store))).toEqual(idsOf([old, recent, latest]));
    server.double.log.scavenge();
    expect(idsOf(await logOf(store))).toEqual(idsOf([recent, latest]));
  });
});
