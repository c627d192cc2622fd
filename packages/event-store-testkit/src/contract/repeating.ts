import { expect } from 'vitest';
import type { ExpectedRevision, NewEvent } from '@provisie/event-store';
import type { ContractSection, ContractTest } from '../contract-test.ts';
import { anEvent, events, idsOf, mustBeOk, ofLog, ofStream } from './given.ts';

const anyExpectation: readonly ExpectedRevision[] = ['any', 'no_stream', 0, 1, 7];

const retries: readonly ContractTest[] = anyExpectation.map((expected) => ({
  name: `the same ids and content, expecting ${expected}, is acknowledged as the first time`,
  run: async ({ store }) => {
    const twice = events(2);
    mustBeOk(await store.append('order-1', events(1), 'any'));
    const first = mustBeOk(await store.append('order-1', twice, 'any'));
    mustBeOk(await store.append('order-1', events(1), 'any'));
    expect(await store.append('order-1', twice, expected)).toEqual({ ...first, repeated: true });
    expect(await ofStream(store, 'order-1')).toHaveLength(4);
  },
}));

const original = () => anEvent({ amountCents: 100, lines: [{ sku: 'a', count: 1 }] });

const otherContent: readonly (readonly [string, Partial<NewEvent>])[] = [
  ['type', { type: 'Renamed' }],
  ['version', { version: 2 }],
  ['occurredAt', { occurredAt: 1_700_000_000_001 }],
  ['data', { data: { amountCents: 101, lines: [{ sku: 'a', count: 1 }] } }],
];

const reuses: readonly ContractTest[] = otherContent.map(([field, change]) => ({
  name: `the same id with another ${field} is an error of that append alone`,
  run: async ({ store }) => {
    const event = original();
    mustBeOk(await store.append('order-1', [event], 'any'));
    for (const expected of anyExpectation) {
      const [before, reused, after] = await Promise.allSettled([
        store.append('order-2', events(1), 'any'),
        store.append('order-1', [{ ...event, ...change }], expected),
        store.append('order-3', events(1), 'any'),
      ]);
      expect(reused).toMatchObject({ status: 'rejected', reason: { code: 'event_id_reused' } });
      expect([before.status, after.status]).toEqual(['fulfilled', 'fulfilled']);
    }
    expect(await ofStream(store, 'order-1')).toHaveLength(1);
  },
}));

export const repeating: ContractSection = {
  title: 'repeating',
  tests: [
    ...retries,
    ...reuses,
    {
      name: 'counts as the same whatever the order of keys, and whatever the metadata',
      run: async ({ store }) => {
        const event = original();
        const first = mustBeOk(await store.append('order-1', [event], 'no_stream'));
        const data = { lines: [{ count: 1, sku: 'a' }], amountCents: 100 };
        const again = { ...event, data, metadata: { by: 'a retry' } };
        expect(await store.append('order-1', [again], 'no_stream')).toEqual({
          ...first,
          repeated: true,
        });
        expect(await ofLog(store)).toHaveLength(1);
      },
    },
    {
      name: 'in the same moment writes once',
      run: async ({ store }) => {
        const twice = events(3);
        const results = await Promise.all(
          Array.from({ length: 8 }, () => store.append('order-1', twice, 'no_stream')),
        );
        const acknowledged = results.map((result) => mustBeOk(result));
        expect(new Set(acknowledged.map(({ position }) => position)).size).toBe(1);
        expect(acknowledged.filter(({ repeated }) => !repeated)).toHaveLength(1);
        expect(idsOf(await ofLog(store))).toEqual(idsOf(twice));
      },
    },
    {
      name: 'a part of what was written is acknowledged; with something new it is a conflict',
      run: async ({ store }) => {
        const [one, two, three] = [anEvent(), anEvent(), anEvent()];
        mustBeOk(await store.append('order-1', [one, two, three], 'no_stream'));
        const conflict = { ok: false, reason: 'conflict', actualRevision: 2 };
        expect(await store.append('order-1', [two], 'any')).toMatchObject({
          repeated: true,
          revision: 1,
        });
        for (const expected of ['any', 'no_stream', 2] as const) {
          expect(await store.append('order-1', [three, anEvent()], expected)).toEqual(conflict);
          expect(await store.append('order-1', [anEvent(), one], expected)).toEqual(conflict);
          expect(await store.append('order-1', [one, anEvent(), three], expected)).toEqual(
            conflict,
          );
        }
        expect(await ofLog(store)).toHaveLength(3);
        mustBeOk(await store.append('order-1', events(1), 2));
      },
    },
    {
      name: 'in another order, or with others between, is a conflict',
      run: async ({ store }) => {
        const [one, two] = [anEvent(), anEvent()];
        mustBeOk(await store.append('order-1', [one], 'any'));
        mustBeOk(await store.append('order-1', events(1), 'any'));
        mustBeOk(await store.append('order-1', [two], 'any'));
        const conflict = { ok: false, reason: 'conflict', actualRevision: 2 };
        expect(await store.append('order-1', [one, two], 'any')).toEqual(conflict);
        expect(await store.append('order-1', [two, one], 'any')).toEqual(conflict);
      },
    },
    {
      name: 'an id in another stream is an error, and that stream is not made',
      run: async ({ store }) => {
        const event = original();
        mustBeOk(await store.append('order-1', [event], 'any'));
        await expect(store.append('order-2', [anEvent(), event], 'any')).rejects.toMatchObject({
          code: 'event_id_reused',
        });
        expect(await ofStream(store, 'order-2')).toEqual([]);
        expect(await store.append('order-2', [anEvent()], 'no_stream')).toMatchObject({
          ok: true,
          revision: 0,
        });
      },
    },
    {
      name: 'an id within one append is an error',
      run: async ({ store }) => {
        const event = original();
        await expect(store.append('order-1', [event, event], 'any')).rejects.toMatchObject({
          code: 'event_id_reused',
        });
        expect(await store.head()).toBe(0);
      },
    },
    {
      name: 'to no avail leaves positions and revisions without a trace',
      run: async ({ store }) => {
        const event = original();
        mustBeOk(await store.append('order-1', [event], 'any'));
        await store.append('order-1', [...events(3), event], 'any');
        mustBeOk(await store.append('order-1', events(1), 0));
        const revisions = (await ofStream(store, 'order-1')).map(({ revision }) => revision);
        expect(revisions).toEqual([0, 1]);
      },
    },
  ],
};
