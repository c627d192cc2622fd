import { expect } from 'vitest';
import type { EventStore, ReadStreamOptions } from '@provisie/event-store';
import type { ContractSection } from '../contract-test.ts';
import { events, expectGrowing, mustBeOk, ofLog, ofStream } from './given.ts';

async function revisions(store: EventStore, options: ReadStreamOptions): Promise<number[]> {
  const read = await Array.fromAsync(store.readStream('order-1', options));
  return read.map(({ revision }) => revision);
}

/** 60 events: by turns one of an order, a link and two touches. */
async function mixedLog(store: EventStore): Promise<void> {
  for (let n = 0; n < 15; n += 1) {
    mustBeOk(await store.append(`order-${n % 4}`, events(1), 'any'));
    mustBeOk(await store.append(`link-${n}`, events(1), 'any'));
    mustBeOk(await store.append('touches-a-b', events(2), 'any'));
  }
}

export const reading: ContractSection = {
  title: 'reading',
  tests: [
    {
      name: 'a stream or log without events gives nothing',
      run: async ({ store }) => {
        expect(await ofStream(store, 'order-1')).toEqual([]);
        expect(await ofLog(store)).toEqual([]);
        expect(await store.head()).toBe(0);
      },
    },
    {
      name: 'a stream from a revision, and so many',
      run: async ({ store }) => {
        mustBeOk(await store.append('order-1', events(5), 'any'));
        mustBeOk(await store.append('order-11', events(5), 'any'));
        expect(await revisions(store, {})).toEqual([0, 1, 2, 3, 4]);
        expect(await revisions(store, { fromRevision: 2 })).toEqual([2, 3, 4]);
        expect(await revisions(store, { fromRevision: 1, limit: 2 })).toEqual([1, 2]);
        expect(await revisions(store, { limit: 0 })).toEqual([]);
        expect(await revisions(store, { fromRevision: 5 })).toEqual([]);
      },
    },
    {
      name: 'the log from every position, in batches of every size, skips nothing',
      run: async ({ store }) => {
        await mixedLog(store);
        const log = await ofLog(store);
        const positions = log.map(({ position }) => position);
        expect(log).toHaveLength(60);
        expectGrowing(positions);
        for (const batchSize of [1, 7, 60, 1000]) {
          const batches = await Array.fromAsync(store.readAll(0, { batchSize }));
          expect(batches.flat()).toEqual(log);
          for (const batch of batches) {
            expect(batch.length).toBeGreaterThan(0);
            expect(batch.length).toBeLessThanOrEqual(batchSize);
          }
        }
        for (const [index, after] of positions.entries()) {
          const rest = await ofLog(store, after, { batchSize: 13 });
          expect(rest.map(({ position }) => position)).toEqual(positions.slice(index + 1));
        }
      },
    },
    {
      name: 'the event at each position, and none where there is none',
      run: async ({ store }) => {
        await mixedLog(store);
        const log = await ofLog(store);
        const positions = new Set(log.map(({ position }) => position));
        for (const event of log) expect(await store.eventAt(event.position)).toEqual(event);
        const head = await store.head();
        const nowhere = log.map(({ position }) => position - 1).filter((at) => !positions.has(at));
        for (const position of [...nowhere, head + 1, head + 100_000]) {
          expect(await store.eventAt(position)).toBeNull();
        }
      },
    },
    {
      name: 'some categories, from every position',
      run: async ({ store }) => {
        await mixedLog(store);
        const log = await ofLog(store);
        for (const categories of [['link'], ['order', 'link'], ['touches'], ['none'], []]) {
          for (const after of [0, log[7]?.position ?? 0, log[58]?.position ?? 0]) {
            const wanted = log.filter(
              ({ stream, position }) =>
                position > after && categories.includes(stream.split('-', 1)[0] ?? ''),
            );
            expect(await ofLog(store, after, { categories, batchSize: 4 })).toEqual(wanted);
          }
        }
      },
    },
    {
      name: 'a category is the name before the first hyphen, or all of it',
      run: async ({ store }) => {
        for (const stream of ['link', 'link-a-b', 'links-a', 'a-link']) {
          mustBeOk(await store.append(stream, events(1), 'any'));
        }
        const found = await ofLog(store, 0, { categories: ['link', 'link'] });
        expect(found.map(({ stream }) => stream)).toEqual(['link', 'link-a-b']);
      },
    },
    {
      name: 'stops with the reason of an aborted signal, not as if it were the end',
      run: async ({ store }) => {
        mustBeOk(await store.append('order-1', events(10), 'any'));
        const reason = new Error('enough');
        const abort = new AbortController();
        const batches = store.readAll(0, { batchSize: 2, signal: abort.signal });
        const all = batches[Symbol.asyncIterator]();
        expect((await all.next()).done).toBe(false);
        abort.abort(reason);
        await expect(all.next()).rejects.toBe(reason);
        await expect(
          Array.fromAsync(store.readStream('order-1', { signal: abort.signal })),
        ).rejects.toBe(reason);
      },
    },
    {
      name: 'is the same through another connection',
      run: async ({ store, reopen }) => {
        if (reopen === undefined) return;
        await mixedLog(store);
        const other = await reopen();
        try {
          expect(await ofLog(other)).toEqual(await ofLog(store));
          expect(await ofStream(other, 'order-1')).toEqual(await ofStream(store, 'order-1'));
          expect(await other.head()).toBe(await store.head());
        } finally {
          await other.close();
        }
      },
    },
  ],
};
