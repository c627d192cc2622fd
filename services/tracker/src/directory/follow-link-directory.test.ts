import { streams } from '@provisie/domain';
import type { EventStore } from '@provisie/event-store';
import { expect, test } from 'vitest';
import { linkCreated, newId, NOON, openTrackedShop } from '../../test/tracked-shop.ts';
import { followLinkDirectory } from './follow-link-directory.ts';

/** The real store, whose first subscriptions break off after one batch. */
function breakingOff(store: EventStore, times: number) {
  let left = times;
  const begunAfter: number[] = [];
  return {
    begunAfter,
    readStream: (...given: Parameters<EventStore['readStream']>) => store.readStream(...given),
    async *subscribe(...[after, options]: Parameters<EventStore['subscribe']>) {
      begunAfter.push(after);
      left -= 1;
      for await (const batch of store.subscribe(after, options)) {
        yield batch;
        if (left >= 0) throw new Error('broken off');
      }
    },
  };
}

test('a subscription that breaks off goes on where it was', async () => {
  await using shop = await openTrackedShop();
  const stop = new AbortController();
  const errors: unknown[] = [];
  const store = breakingOff(shop.store, 2);
  const head = await shop.store.head();
  const followed = followLinkDirectory(store, {
    signal: stop.signal,
    onError: (error) => errors.push(error),
  });
  await followed.ready;
  await shop.append(streams.link('later'), linkCreated('later'));
  await expect.poll(() => followed.directory.link('later'), { timeout: 5000 }).not.toBeNull();
  expect(followed.directory.link('woonblog')).not.toBeNull();
  expect(followed.directory.programme('affiliate')?.termsAt(NOON)?.windowDays).toBe(90);
  expect(errors).toHaveLength(2);
  expect(store.begunAfter).toEqual([0, head, head]);
  stop.abort();
  await followed.ended;
});

test('an event that cannot be read is told of and skipped', async () => {
  await using shop = await openTrackedShop();
  const unreadable = { id: newId(), type: 'LinkCreated', version: 1, occurredAt: NOON, data: {} };
  await shop.store.append(streams.link('kapot'), [unreadable], 'no_stream');
  await shop.append(streams.link('heel'), linkCreated('heel'));
  const stop = new AbortController();
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const followed = followLinkDirectory(shop.store, { signal: stop.signal, onError });
  await followed.ready;
  expect(followed.directory.link('heel')).not.toBeNull();
  expect(errors).toMatchObject([{ code: 'event_unreadable' }]);
  stop.abort();
  await followed.ended;
});

test('following ends when the store closes, and readiness that never came is told', async () => {
  await using shop = await openTrackedShop();
  await shop.store.close();
  const { ready, ended } = followLinkDirectory(shop.store, {
    signal: new AbortController().signal,
  });
  await ended;
  await expect(ready).rejects.toThrow('before it had caught up');
});

/** What a process that followed this log left behind. */
async function snapshotOf(store: EventStore) {
  const stop = new AbortController();
  const followed = followLinkDirectory(store, { signal: stop.signal });
  await followed.ready;
  const snapshot = followed.snapshot();
  stop.abort();
  await followed.ended;
  return snapshot;
}

/** The real store, telling after which position it was subscribed to. */
function watched(store: EventStore) {
  return breakingOff(store, 0);
}

test('from a snapshot it is of use at once, and reads on after the last event in it', async () => {
  await using shop = await openTrackedShop();
  const from = await snapshotOf(shop.store);
  await shop.append('order-1', linkCreated('geen-link'));
  await shop.append(streams.link('later'), linkCreated('later'));
  const stop = new AbortController();
  const store = watched(shop.store);
  const followed = followLinkDirectory(store, { signal: stop.signal, from });
  expect(followed.directory.link('woonblog')).not.toBeNull();
  await followed.ready;
  expect(followed.directory.link('later')).not.toBeNull();
  expect(store.begunAfter).toEqual([from?.upTo?.position]);
  expect(followed.snapshot()?.upTo?.stream).toBe('link-later');
  stop.abort();
  await followed.ended;
});

test.each([
  ['another log', ['vervallen', 'vergeten']],
  ['a log with the same streams', []],
])('a snapshot of %s serves until this log is read, from its beginning', async (_, further) => {
  await using old = await openTrackedShop({ destination: 'https://www.shop.nl/oud' });
  for (const code of further) await old.append(streams.link(code), linkCreated(code));
  const from = await snapshotOf(old.store);
  await using shop = await openTrackedShop();
  const stop = new AbortController();
  const store = watched(shop.store);
  const followed = followLinkDirectory(store, { signal: stop.signal, from });
  for (const code of further) expect(followed.directory.link(code)).not.toBeNull();
  expect(followed.directory.link('woonblog')?.destinationAt(NOON)).toContain('/oud');
  await followed.ready;
  expect(store.begunAfter).toEqual([0]);
  expect(followed.directory.link('vervallen')).toBeNull();
  expect(followed.directory.link('woonblog')?.destinationAt(NOON)).toContain('/aanbod');
  expect(followed.snapshot()).toEqual(await snapshotOf(shop.store));
  await shop.append(streams.link('later'), linkCreated('later'));
  await expect.poll(() => followed.directory.link('later')).not.toBeNull();
  stop.abort();
  await followed.ended;
});

test('a snapshot that lacks an unreadable event makes the next start read the whole log', async () => {
  await using shop = await openTrackedShop();
  const unreadable = { id: newId(), type: 'LinkCreated', version: 1, occurredAt: NOON, data: {} };
  await shop.store.append(streams.link('kapot'), [unreadable], 'no_stream');
  const from = await snapshotOf(shop.store);
  expect(from).toMatchObject({ upTo: null });
  expect(from?.links).toHaveLength(1);
  const stop = new AbortController();
  const store = watched(shop.store);
  const followed = followLinkDirectory(store, { signal: stop.signal, from });
  await followed.ready;
  expect(store.begunAfter).toEqual([0]);
  stop.abort();
  await followed.ended;
});
