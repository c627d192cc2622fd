import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImportingStore } from '@provisie/event-store';
import { TestServer } from './kurrent-doubles.ts';
import { anEvent, logOf } from './given.ts';

let server: TestServer;
let store: ImportingStore;

beforeEach(async () => {
  server = await TestServer.start();
  store = await server.open({ idsOfStream: 20 });
});

afterEach(() => server.stop());

/** What holds instead of the three tests of the contract that are skipped. */
describe('an id', () => {
  test('that stands in another stream is written a second time, same content or not', async () => {
    const event = anEvent({ data: { n: 1 } });
    await store.append('touches-a-1', [event], 'any');
    const again = await store.append('touches-a-2', [event], 'any');
    const other = await store.append('order-1', [{ ...event, data: { n: 2 } }], 'no_stream');
    expect([again, other]).toMatchObject([
      { ok: true, repeated: false },
      { ok: true, repeated: false },
    ]);
    expect((await logOf(store)).map(({ id }) => id)).toEqual([event.id, event.id, event.id]);
  });

  test('is known again among the last of its stream, also after a restart of either side', async () => {
    const events = Array.from({ length: 60 }, () => anEvent());
    await store.append('touches-a-1', events, 'any');
    await server.double.restart();
    const restarted = await server.open({ idsOfStream: 20 });
    const repeated = await restarted.append('touches-a-1', events.slice(-20), 'any');
    expect(repeated).toMatchObject({ ok: true, repeated: true, revision: 59 });
    expect(await logOf(store)).toHaveLength(60);
  });

  test('from before those is written a second time', async () => {
    const events = Array.from({ length: 60 }, () => anEvent());
    await store.append('touches-a-1', events, 'any');
    const again = await store.append('touches-a-1', events.slice(0, 1), 'any');
    expect(again).toMatchObject({ ok: true, repeated: false, revision: 60 });
  });
});
