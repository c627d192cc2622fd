import { expect } from 'vitest';
import type { Batch, EventStore } from '@provisie/event-store';
import type { ContractSection } from '../contract-test.ts';
import {
  delivered,
  events,
  eventsOf,
  expectGrowing,
  idsOf,
  isCaughtUp,
  mustBeOk,
  ofLog,
} from './given.ts';

const hasEvents = (count: number) => (batches: readonly Batch[]) =>
  eventsOf(batches).length >= count;

async function append(store: EventStore, stream: string, count: number): Promise<number> {
  return mustBeOk(await store.append(stream, events(count), 'any')).position;
}

export const subscribing: ContractSection = {
  title: 'subscribing',
  tests: [
    {
      name: 'to an empty log catches up at once',
      run: async ({ store }) => {
        expect(await delivered(store, 0, isCaughtUp)).toEqual([{ kind: 'caught_up', position: 0 }]);
      },
    },
    {
      name: 'delivers what is there, then says so',
      run: async ({ store }) => {
        const head = await append(store, 'order-1', 5);
        const batches = await delivered(store, 0, isCaughtUp, { batchSize: 2 });
        expect(eventsOf(batches)).toEqual(await ofLog(store));
        expect(batches.map(({ kind }) => kind)).toEqual([
          'events',
          'events',
          'events',
          'caught_up',
        ]);
        expect(batches.at(-1)?.position).toBe(head);
        for (const batch of batches) {
          if (batch.kind === 'events') expect(batch.position).toBe(batch.events.at(-1)?.position);
        }
      },
    },
    {
      name: 'goes on with what comes later, and marks when it has caught up again',
      run: async ({ store }) => {
        await append(store, 'order-1', 2);
        const isEnough = (batches: readonly Batch[]) =>
          hasEvents(5)(batches) && isCaughtUp(batches);
        let appended: Promise<number> | undefined;
        const batches = await delivered(store, 0, (soFar) => {
          if (isCaughtUp(soFar)) appended ??= append(store, 'order-2', 3);
          return isEnough(soFar);
        });
        expect(eventsOf(batches)).toEqual(await ofLog(store));
        expect(batches.at(-1)?.position).toBe(await appended);
        expect(batches.filter(({ kind }) => kind === 'caught_up').length).toBeGreaterThan(1);
      },
    },
    {
      name: 'that was dropped resumes after the last event that was handled',
      run: async ({ store }) => {
        await append(store, 'order-1', 25);
        const handled: string[] = [];
        let position = 0;
        while (handled.length < 25) {
          const [batch] = await delivered(store, position, hasEvents(1), { batchSize: 10 });
          // Of every batch only four events get handled before the subscription is dropped.
          for (const event of eventsOf(batch === undefined ? [] : [batch]).slice(0, 4)) {
            handled.push(event.id);
            position = event.position;
          }
        }
        expect(handled).toEqual(idsOf(await ofLog(store)));
      },
    },
    {
      name: 'to categories skips the others, and says how far the log was read',
      run: async ({ store }) => {
        await append(store, 'link-1', 2);
        const head = await append(store, 'touches-1', 5);
        const categories = ['link', 'programme'];
        const batches = await delivered(store, 0, isCaughtUp, { categories });
        expect(eventsOf(batches).map(({ stream }) => stream)).toEqual(['link-1', 'link-1']);
        expect(batches.at(-1)).toEqual({ kind: 'caught_up', position: head });

        const moved = await append(store, 'touches-1', 1);
        const later = await delivered(store, head, isCaughtUp, { categories });
        expect(later).toEqual([{ kind: 'caught_up', position: moved }]);
      },
    },
    {
      name: 'ends when its signal aborts, before or while it waits',
      run: async ({ store }) => {
        await append(store, 'order-1', 1);
        const aborted = store.subscribe(0, { signal: AbortSignal.abort() });
        expect(await Array.fromAsync(aborted)).toEqual([]);
        const abort = new AbortController();
        const kinds: string[] = [];
        for await (const { kind } of store.subscribe(0, { signal: abort.signal })) {
          kinds.push(kind);
          if (kind === 'caught_up') setImmediate(() => abort.abort());
        }
        expect(kinds).toEqual(['events', 'caught_up']);
      },
    },
    {
      name: 'ends when the store closes',
      run: async ({ store }) => {
        const kinds: string[] = [];
        for await (const { kind } of store.subscribe(0)) {
          kinds.push(kind);
          if (kind === 'caught_up') setImmediate(() => void store.close());
        }
        expect(kinds).toEqual(['caught_up']);
      },
    },
    {
      name: 'slowly misses nothing that is written meanwhile',
      run: async ({ store }) => {
        const writing = (async () => {
          for (let n = 0; n < 100; n += 1) await append(store, `order-${n % 7}`, 3);
        })();
        const seen: number[] = [];
        const signal = AbortSignal.timeout(10_000);
        for await (const batch of store.subscribe(0, { batchSize: 5, signal })) {
          seen.push(...eventsOf([batch]).map(({ position }) => position));
          if (batch.kind === 'events') expect(batch.events.length).toBeLessThanOrEqual(5);
          if (seen.length === 300) break;
          for (let turn = 0; turn < 3; turn += 1) {
            await new Promise((resolve) => setImmediate(resolve));
          }
        }
        await writing;
        expectGrowing(seen);
        expect(seen).toEqual((await ofLog(store)).map(({ position }) => position));
      },
    },
    {
      name: 'through another connection hears of what this one writes',
      run: async ({ store, reopen }) => {
        if (reopen === undefined) return;
        const other = await reopen();
        try {
          let head = 0;
          const batches = await delivered(other, 0, (soFar) => {
            if (soFar.length === 1) void append(store, 'order-1', 3).then((at) => (head = at));
            return hasEvents(3)(soFar) && isCaughtUp(soFar);
          });
          expect(eventsOf(batches)).toEqual(await ofLog(store));
          expect(batches.at(-1)?.position).toBe(head);
        } finally {
          await other.close();
        }
      },
    },
  ],
};
