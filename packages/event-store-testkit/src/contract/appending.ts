import { expect } from 'vitest';
import type { ExpectedRevision } from '@provisie/event-store';
import type { ContractSection } from '../contract-test.ts';
import { anEvent, events, expectGrowing, idsOf, mustBeOk, ofLog, ofStream } from './given.ts';

const conflictAt = (actualRevision: number | null) => ({
  ok: false,
  reason: 'conflict',
  actualRevision,
});

/** Expected revision, events in the stream before, and whether the append goes through. */
const expectations: readonly (readonly [ExpectedRevision, number, boolean])[] = [
  ['any', 0, true],
  ['any', 2, true],
  ['no_stream', 0, true],
  ['no_stream', 2, false],
  [0, 0, false],
  [0, 1, true],
  [1, 2, true],
  [0, 2, false],
  [2, 2, false],
  [-1, 0, false],
];

const expectationTests = expectations.map(([expected, before, isOk]) => ({
  name: `expecting ${expected} with ${before} events there ${isOk ? 'appends' : 'is a conflict'}`,
  run: async ({ store }) => {
    const there = events(before);
    if (before > 0) mustBeOk(await store.append('order-1', there, 'no_stream'));
    const added = events(2);
    const result = await store.append('order-1', added, expected);
    if (isOk) {
      expect(result).toMatchObject({ ok: true, revision: before + 1, repeated: false });
      expect(idsOf(await ofStream(store, 'order-1'))).toEqual(idsOf([...there, ...added]));
    } else {
      expect(result).toEqual(conflictAt(before === 0 ? null : before - 1));
      expect(idsOf(await ofStream(store, 'order-1'))).toEqual(idsOf(there));
    }
  },
})) satisfies ContractSection['tests'];

export const appending: ContractSection = {
  title: 'appending',
  tests: [
    ...expectationTests,
    {
      name: 'answers with the revision and position of the last event',
      run: async ({ store }) => {
        mustBeOk(await store.append('order-1', events(2), 'any'));
        const result = mustBeOk(await store.append('order-2', events(3), 'any'));
        const last = (await ofStream(store, 'order-2')).at(-1);
        expect(result).toEqual({
          ok: true,
          revision: 2,
          position: last?.position,
          repeated: false,
        });
        expect(await store.head()).toBe(result.position);
      },
    },
    {
      name: 'nothing to a stream that does not exist gives the head and makes no stream',
      run: async ({ store }) => {
        const { position } = mustBeOk(await store.append('order-1', events(2), 'any'));
        const nothing = { ok: true, revision: null, position, repeated: false };
        expect(await store.append('order-2', [], 'any')).toEqual(nothing);
        expect(await store.append('order-2', [], 'no_stream')).toEqual(nothing);
        expect(await store.append('order-2', [], 0)).toEqual(conflictAt(null));
        expect(await store.append('order-2', [anEvent()], 'no_stream')).toMatchObject({ ok: true });
      },
    },
    {
      name: 'nothing to a stream gives its revision and checks what is expected',
      run: async ({ store }) => {
        mustBeOk(await store.append('order-1', events(2), 'any'));
        const { position } = mustBeOk(await store.append('order-2', events(1), 'any'));
        const nothing = { ok: true, revision: 1, position, repeated: false };
        expect(await store.append('order-1', [], 'any')).toEqual(nothing);
        expect(await store.append('order-1', [], 1)).toEqual(nothing);
        expect(await store.append('order-1', [], 0)).toEqual(conflictAt(1));
        expect(await store.append('order-1', [], 'no_stream')).toEqual(conflictAt(1));
        expect(await store.head()).toBe(position);
      },
    },
    {
      name: 'stamps when it was recorded, never falling',
      run: async ({ store }) => {
        const before = Date.now();
        for (let n = 0; n < 20; n += 1) {
          mustBeOk(await store.append(`order-${n % 3}`, events(2), 'any'));
        }
        const after = Date.now();
        const log = await ofLog(store);
        const times = log.map(({ recordedAt }) => recordedAt);
        expect(times).toEqual(times.toSorted((one, other) => one - other));
        expect(times[0]).toBeGreaterThanOrEqual(before - 1000);
        expect(times.at(-1)).toBeLessThanOrEqual(after + 1000);
        expectGrowing(log.map(({ position }) => position));
      },
    },
    {
      name: 'to a store that is closed is refused',
      run: async ({ store }) => {
        const closing = store.append('order-1', events(1), 'any');
        await store.close();
        mustBeOk(await closing);
        await store.close();
        await expect(store.append('order-1', events(1), 'any')).rejects.toMatchObject({
          code: 'store_closed',
        });
        await expect(store.head()).rejects.toMatchObject({ code: 'store_closed' });
        await expect(ofStream(store, 'order-1')).rejects.toMatchObject({ code: 'store_closed' });
        await expect(ofLog(store)).rejects.toMatchObject({ code: 'store_closed' });
      },
    },
  ],
};
