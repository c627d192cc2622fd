import { decideAndAppend } from '@provisie/event-store';
import { expect } from 'vitest';
import type { ContractSection } from '../contract-test.ts';
import { anEvent, events, mustBeOk, ofStream } from './given.ts';

export const deciding: ContractSection = {
  title: 'deciding',
  tests: [
    {
      name: 'appends at the revision that was read',
      run: async ({ store }) => {
        const first = await decideAndAppend(store, 'order-1', (before) => [
          anEvent({ seen: before.length }),
        ]);
        expect(first).toMatchObject({ ok: true, append: { revision: 0 }, before: [] });
        const second = await decideAndAppend(store, 'order-1', async (before) => [
          anEvent({ seen: before.length }),
        ]);
        expect(second).toMatchObject({ ok: true, append: { revision: 1 } });
        expect((await ofStream(store, 'order-1')).map(({ data }) => data)).toEqual([
          { seen: 0 },
          { seen: 1 },
        ]);
      },
    },
    {
      name: 'decides anew when another was faster',
      run: async ({ store }) => {
        let calls = 0;
        const result = await decideAndAppend(store, 'order-1', async (before) => {
          calls += 1;
          if (calls <= 2) mustBeOk(await store.append('order-1', events(1), 'any'));
          return [anEvent({ seen: before.length })];
        });
        expect(result).toMatchObject({ ok: true, append: { revision: 2 } });
        expect((await ofStream(store, 'order-1')).at(-1)?.data).toEqual({ seen: 2 });
      },
    },
    {
      name: 'decides anew when another told the same event in other words meanwhile',
      run: async ({ store }) => {
        const { id } = anEvent();
        const told = (by: string) => ({ ...anEvent({ by }), id });
        const result = await decideAndAppend(store, 'order-1', async (before) => {
          if (before.length > 0) return [];
          mustBeOk(await store.append('order-1', [told('another')], 'no_stream'));
          return [told('us')];
        });
        expect(result).toMatchObject({ ok: true, events: [] });
        expect((await ofStream(store, 'order-1')).map(({ data }) => data)).toEqual([
          { by: 'another' },
        ]);
      },
    },
    {
      name: 'an id that is taken for something else is an error, not a race without end',
      run: async ({ store }) => {
        const taken = anEvent({ n: 1 });
        mustBeOk(await store.append('order-2', [taken], 'no_stream'));
        const clash = decideAndAppend(store, 'order-1', () => [{ ...taken, data: { n: 2 } }]);
        await expect(clash).rejects.toMatchObject({ code: 'event_id_reused' });
      },
    },
    {
      name: 'gives up after so many attempts, as a value',
      run: async ({ store }) => {
        const result = await decideAndAppend(
          store,
          'order-1',
          async () => {
            mustBeOk(await store.append('order-1', events(1), 'any'));
            return [anEvent()];
          },
          { attempts: 3 },
        );
        expect(result).toEqual({ ok: false, reason: 'too_much_contention', attempts: 3 });
        expect(await ofStream(store, 'order-1')).toHaveLength(3);
      },
    },
    {
      name: 'on nothing writes nothing; what a decision throws comes through',
      run: async ({ store }) => {
        expect(await decideAndAppend(store, 'order-1', () => [])).toMatchObject({
          ok: true,
          append: { revision: null, position: 0 },
        });
        const refusal = new Error('no');
        const refused = decideAndAppend(store, 'order-1', () => {
          throw refusal;
        });
        await expect(refused).rejects.toBe(refusal);
        expect(await store.head()).toBe(0);
      },
    },
    {
      name: 'counts right however many decide at once',
      run: async ({ store }) => {
        const results = await Promise.all(
          Array.from({ length: 10 }, () =>
            decideAndAppend(store, 'order-1', (before) => [anEvent({ n: before.length })], {
              attempts: 10,
            }),
          ),
        );
        expect(results.every(({ ok }) => ok)).toBe(true);
        const numbers = (await ofStream(store, 'order-1')).map(({ data }) => data);
        expect(numbers).toEqual(Array.from({ length: 10 }, (_, n) => ({ n })));
      },
    },
  ],
};
