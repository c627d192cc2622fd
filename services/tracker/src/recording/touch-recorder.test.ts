import { setImmediate as nextTurn } from 'node:timers/promises';
import { newFact } from '@provisie/domain';
import type { NewFact } from '@provisie/domain';
import type { EventStore } from '@provisie/event-store';
import { expect, test } from 'vitest';
import { newId, NOON, openTrackedShop } from '../../test/tracked-shop.ts';
import { createTouchRecorder } from './touch-recorder.ts';
import type { RecordOutcome } from './record-outcome.ts';

function identified(id = newId(), occurredAt = NOON): NewFact {
  const who = { visitorId: 'visitor-1', customer: 'k'.repeat(43) };
  return newFact('VisitorIdentified', {
    id,
    occurredAt,
    data: { touchId: id, ...who, consent: 'unknown' },
  });
}

/** The real store behind a gate: what is appended waits until it is opened. */
function gated(store: EventStore) {
  const gate = Promise.withResolvers<undefined>();
  const batches: number[] = [];
  return {
    batches,
    open: () => {
      gate.resolve(undefined);
    },
    append: async (...[stream, events, expected]: Parameters<EventStore['append']>) => {
      batches.push(events.length);
      await gate.promise;
      return store.append(stream, events, expected);
    },
  };
}

test('touches of the same time share an append, and all are in the log when they are called recorded', async () => {
  await using shop = await openTrackedShop();
  const store = gated(shop.store);
  const recorder = createTouchRecorder({ store, node: 'test', now: () => NOON, maxBatch: 40 });
  const touches = Array.from({ length: 100 }, () => identified());
  const outcomes = Promise.all(touches.map((touch) => recorder.record(touch)));
  store.open();
  const isNew = (outcome: RecordOutcome) => outcome.recorded && !outcome.repeated;
  expect((await outcomes).every(isNew)).toBe(true);
  expect(store.batches).toEqual([40, 40, 20]);
  expect((await shop.touches()).map(({ id }) => id)).toEqual(touches.map(({ id }) => id));
});

test('many of one turn are appended before it is over', async () => {
  await using shop = await openTrackedShop();
  const store = gated(shop.store);
  const recorder = createTouchRecorder({ store, node: 'test', now: () => NOON });
  let isTurnOver = false;
  setImmediate(() => (isTurnOver = true));
  const record = () => recorder.record(identified());
  const outcomes = Array.from({ length: 64 }, record);
  await Promise.resolve();
  expect({ isTurnOver, batches: store.batches }).toEqual({ isTurnOver: false, batches: [64] });
  outcomes.push(record(), record());
  await nextTurn();
  expect(store.batches).toEqual([64, 2]);
  store.open();
  await Promise.all(outcomes);
});

test('four appends are under way at most, and what comes meanwhile shares the next', async () => {
  await using shop = await openTrackedShop();
  const store = gated(shop.store);
  const recorder = createTouchRecorder({ store, node: 'test', now: () => NOON });
  const outcomes: Promise<RecordOutcome>[] = [];
  for (let turn = 0; turn < 7; turn += 1) {
    outcomes.push(recorder.record(identified()));
    await nextTurn();
  }
  expect(store.batches).toEqual([1, 1, 1, 1]);
  store.open();
  await Promise.all(outcomes);
  expect(store.batches).toEqual([1, 1, 1, 1, 3]);
});

test('they go to the stream of the node and the day', async () => {
  await using shop = await openTrackedShop();
  await shop.recorder.record(identified());
  const events: string[] = [];
  for await (const { type } of shop.store.readStream('touches-test-2026-06-15')) events.push(type);
  expect(events).toEqual(['VisitorIdentified']);
});

test('one that is repeated holds up none of the others', async () => {
  await using shop = await openTrackedShop();
  const known = identified();
  await shop.recorder.record(known);
  const outcomes = await Promise.all(
    [identified(), known, identified(known.id, NOON + 1), identified()].map((touch) =>
      shop.recorder.record(touch),
    ),
  );
  expect(outcomes).toEqual([
    { recorded: true, repeated: false },
    { recorded: true, repeated: true },
    { recorded: true, repeated: true },
    { recorded: true, repeated: false },
  ]);
  expect(await shop.touches()).toHaveLength(3);
});

test('a store that hangs is given up on in time, and the touches behind are tried after it', async () => {
  await using shop = await openTrackedShop();
  const store = gated(shop.store);
  const limits = { maxBatch: 1, maxQueued: 2, timeLimitMs: 30 };
  const recorder = createTouchRecorder({ store, node: 'test', now: () => NOON, ...limits });
  const outcomes = [1, 2, 3].map(() => recorder.record(identified()));
  expect(await outcomes[2]).toEqual({ recorded: false, reason: 'overloaded' });
  expect(await outcomes[0]).toEqual({ recorded: false, reason: 'timed_out' });
  expect(await outcomes[1]).toEqual({ recorded: false, reason: 'timed_out' });
  await recorder.idle();
  store.open();
  expect(await recorder.record(identified())).toEqual({ recorded: true, repeated: false });
});

test('a store that fails is told of', async () => {
  await using shop = await openTrackedShop();
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const recorder = createTouchRecorder({
    store: shop.store,
    node: 'test',
    now: () => NOON,
    onError,
  });
  await shop.store.close();
  expect(await recorder.record(identified())).toEqual({ recorded: false, reason: 'store_failed' });
  expect(errors).toMatchObject([{ code: 'store_closed' }]);
});
