import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImportingStore } from '@provisie/event-store';
import { serverErrors } from '@provisie/event-store-testkit/kurrent';
import type { Fault } from '@provisie/event-store-testkit/kurrent';
import { TestServer, quick } from './kurrent-doubles.ts';
import { anEvent, idsOf, logOf } from './given.ts';

let server: TestServer;
let store: ImportingStore;

beforeEach(async () => {
  server = await TestServer.start();
  store = await server.open();
});

afterEach(() => server.stop());

const failing = (error: () => ReturnType<typeof serverErrors.timeout>): Fault => ({
  kind: 'fail',
  error,
});

const passingFaults: readonly (readonly [string, readonly Fault[]])[] = [
  ['is not ready', [failing(serverErrors.unavailable)]],
  ['is too busy twice', [failing(serverErrors.busy), failing(serverErrors.busy)]],
  ['times out', [failing(serverErrors.timeout)]],
  ['cancels', [failing(serverErrors.cancelled)]],
  ['elects a leader', [failing(serverErrors.noLeader)]],
  ['is silent', [{ kind: 'silent' }]],
  ['writes, but the answer is lost', [{ kind: 'lose_answer' }]],
  ['writes, then fails', [{ kind: 'fail_after', error: serverErrors.unavailable }]],
  ['writes, then times out', [{ kind: 'fail_after', error: serverErrors.timeout }]],
  ['writes, then the connection breaks', [{ kind: 'break_after' }]],
  [
    'loses two answers in a row',
    [{ kind: 'lose_answer' }, { kind: 'fail_after', error: serverErrors.cancelled }],
  ],
];

describe('an append while the server', () => {
  test.each(passingFaults)('%s is written once and acknowledged as new', async (_name, faults) => {
    await store.append('order-1', [anEvent()], 'no_stream');
    const events = [anEvent(), anEvent(), anEvent()];
    server.double.faults.next('append', ...faults);
    const result = await store.append('order-1', events, 0);
    expect(result).toMatchObject({ ok: true, revision: 3, repeated: false });
    const log = await logOf(store);
    expect(idsOf(log.slice(1))).toEqual(idsOf(events));
    expect(result).toMatchObject({ position: log.at(-1)?.position });
  });

  test('goes on refusing fails by the limit, with a message for people; repeating it is safe', async () => {
    server.double.faults.always('append', { kind: 'lose_answer' });
    const impatient = await server.open({
      patience: { ...quick, attemptMs: 100, limitMs: 400 },
    });
    const events = [anEvent()];
    const refused = impatient.append('order-1', events, 'any');
    await expect(refused).rejects.toMatchObject({ code: 'store_unavailable' });
    await expect(refused).rejects.not.toHaveProperty('cause');
    await expect(refused).rejects.toThrow(/took too long.*order-1.*127\.0\.0\.1/);
    server.double.faults.clear();
    // The attempts wrote it: the caller's repeat is told so.
    const again = await impatient.append('order-1', events, 'any');
    expect(again).toMatchObject({ ok: true, revision: 0, repeated: true });
    expect(idsOf(await logOf(store))).toEqual(idsOf(events));
  });

  test('writes an attempt that was given up on only later doubles nothing', async () => {
    const { promise: until, resolve: release } = Promise.withResolvers<void>();
    server.double.faults.next('append', { kind: 'held', until });
    const first = [anEvent()];
    const second = [anEvent()];
    expect(await store.append('order-1', first, 'any')).toMatchObject({ revision: 0 });
    expect(await store.append('order-1', second, 'any')).toMatchObject({ revision: 1 });
    release();
    await until;
    expect(idsOf(await logOf(store))).toEqual(idsOf([...first, ...second]));
  });

  test('is away at the first append is waited for', async () => {
    await server.double.stop();
    const appending = store.append('order-1', [anEvent()], 'no_stream');
    await server.double.start();
    expect(await appending).toMatchObject({ ok: true, revision: 0 });
  });

  test('stays away fails as unavailable, whatever class the client gives the error', async () => {
    await server.double.stop();
    const impatient = await server.open({ patience: { ...quick, limitMs: 1_500 } });
    await expect(impatient.append('order-1', [anEvent()], 'any')).rejects.toMatchObject({
      code: 'store_unavailable',
    });
    await expect(impatient.head()).rejects.toMatchObject({ code: 'store_unavailable' });
    await server.double.start();
  });

  test('restarts finds its log again', async () => {
    await store.append('order-1', [anEvent()], 'any');
    await server.double.restart();
    expect(await store.append('order-1', [anEvent()], 0)).toMatchObject({ ok: true, revision: 1 });
  });
});

describe('an append that fails for good', () => {
  test('for want of rights is tried once and says what to look at', async () => {
    server.double.faults.always('append', { kind: 'fail', error: serverErrors.accessDenied });
    const refused = store.append('order-1', [anEvent()], 'any');
    await expect(refused).rejects.toMatchObject({ code: 'store_unavailable' });
    await expect(refused).rejects.toThrow(/denies access.*password/);
    expect(server.double.calls.of('append')).toBe(1);
  });

  test('because its stream was deleted for good', async () => {
    server.double.log.tombstone('order-1');
    const refused = store.append('order-1', [anEvent()], 'no_stream');
    await expect(refused).rejects.toMatchObject({ code: 'store_corrupt' });
  });

  test('because its type is one of the server', async () => {
    const refused = store.append('order-1', [anEvent({ type: '$>' })], 'any');
    await expect(refused).rejects.toMatchObject({ code: 'event_invalid' });
    await expect(refused).rejects.toThrow('events[0].type');
  });
});

describe('an append that is too large', () => {
  const large = () => anEvent({ data: { text: 'x'.repeat(700_000) } });

  test('is refused by name, and what others wrote in the same moment is not', async () => {
    const results = await Promise.allSettled([
      store.append('order-1', [anEvent()], 'any'),
      store.append('order-1', [large(), large()], 'any'),
      store.append('order-1', [anEvent()], 'any'),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { code: 'append_too_large' } });
    expect(await logOf(store)).toHaveLength(2);
  });

  test('leaves its stream as it was: what is smaller is written in its place', async () => {
    const tooLarge = store.append('order-1', [large(), large()], 'no_stream');
    await expect(tooLarge).rejects.toMatchObject({ code: 'append_too_large' });
    const smaller = await store.append('order-1', [anEvent()], 'no_stream');
    expect(smaller).toMatchObject({ ok: true, revision: 0, repeated: false });
    await expect(store.append('order-1', [large(), large()], 0)).rejects.toMatchObject({
      code: 'append_too_large',
    });
    expect(await store.append('order-1', [anEvent()], 0)).toMatchObject({ ok: true, revision: 1 });
  });

  test('only together with others is written by itself', async () => {
    const small = await TestServer.start({ maxAppendBytes: 1_000 });
    try {
      const limited = await small.open();
      const events = Array.from({ length: 12 }, () => anEvent({ data: { text: 'x'.repeat(400) } }));
      const results = await Promise.all(
        events.map((event) => limited.append('order-1', [event], 'any')),
      );
      expect(results.every(({ ok }) => ok)).toBe(true);
      expect(idsOf(await logOf(limited))).toEqual(idsOf(events));
    } finally {
      await small.stop();
    }
  });
});

describe('appends to one stream in the same moment', () => {
  test('share a call, and each is told its own place', async () => {
    const appends = Array.from({ length: 50 }, (_, n) =>
      Array.from({ length: (n % 3) + 1 }, () => anEvent()),
    );
    const results = await Promise.all(
      appends.map((events) => store.append('touches-1', events, 'any')),
    );
    expect(server.double.calls.of('append')).toBe(1);
    const log = await logOf(store);
    expect(idsOf(log)).toEqual(appends.flatMap(idsOf));
    for (const [index, result] of results.entries()) {
      const last = log.find(({ id }) => id === appends[index]?.at(-1)?.id);
      expect(result).toMatchObject({ revision: last?.revision, position: last?.position });
    }
  });

  test('beyond what may wait are refused, what waits is written', async () => {
    const narrow = await server.open({ maxQueuedEvents: 10 });
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) =>
        narrow.append(`order-${n}`, [anEvent(), anEvent()], 'any'),
      ),
    );
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(3);
    for (const result of refused) expect(result).toMatchObject({ reason: { code: 'store_busy' } });
    expect(await logOf(store)).toHaveLength(10);
  });
});

describe('two processes', () => {
  test('that tell one fact in other words at the same moment: one is told that the id is taken', async () => {
    const other = await server.open();
    // Both have looked and found no stream; then one of the writes is held until the other is done.
    const { promise: until, resolve: release } = Promise.withResolvers<void>();
    server.double.faults.next('append', { kind: 'held', until });
    const event = anEvent({ data: { by: 'one' } });
    const first = store.append('order-1', [event], 'no_stream');
    await expect.poll(() => server.double.calls.of('append')).toBe(1);
    const told = await other.append('order-1', [{ ...event, data: { by: 'other' } }], 'no_stream');
    expect(told).toMatchObject({ ok: true });
    release();
    // The server itself calls this a repeat: it compares ids only.
    await expect(first).rejects.toMatchObject({ code: 'event_id_reused' });
    expect((await logOf(store)).map(({ data }) => data)).toEqual([{ by: 'other' }]);
  });

  test('see the appends of each other as conflicts, at the revision that is true', async () => {
    const other = await server.open();
    await store.append('order-1', [anEvent()], 'any');
    await other.append('order-1', [anEvent(), anEvent()], 0);
    expect(await store.append('order-1', [anEvent()], 0)).toEqual({
      ok: false,
      reason: 'conflict',
      actualRevision: 2,
    });
    expect(await store.append('order-1', [anEvent()], 'any')).toMatchObject({ revision: 3 });
    // What one knows of a stream may be old: nothing is refused on the strength of that.
    await other.append('order-1', [anEvent()], 3);
    expect(await store.append('order-1', [anEvent()], 4)).toMatchObject({ ok: true, revision: 5 });
  });
});
