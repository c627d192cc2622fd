import { expect } from 'vitest';
import type { ContractSection } from '../contract-test.ts';
import { anEvent, events, expectGrowing, idsOf, mustBeOk, ofLog, ofStream } from './given.ts';

export const concurrency: ContractSection = {
  title: 'concurrency',
  tests: [
    {
      name: 'of 64 writers that expect the same revision exactly one wins, round after round',
      run: async ({ store }) => {
        for (let round = 0; round < 20; round += 1) {
          const expected = round === 0 ? 'no_stream' : round - 1;
          const tried = Array.from({ length: 64 }, (_, writer) => anEvent({ writer }));
          const results = await Promise.all(
            tried.map((event) => store.append('order-1', [event], expected)),
          );
          const winners = tried.filter((_, writer) => results[writer]?.ok);
          expect(winners).toHaveLength(1);
          expect((await ofStream(store, 'order-1')).at(-1)?.id).toBe(winners[0]?.id);
          for (const result of results) {
            if (!result.ok) expect(result.actualRevision).toBe(round);
          }
        }
        expect(await ofStream(store, 'order-1')).toHaveLength(20);
      },
    },
    {
      name: 'a thousand appends at once are all there, in order within their stream',
      run: async ({ store }) => {
        const appends = Array.from({ length: 1_000 }, (_, n) => ({
          stream: `touches-${n % 10}`,
          added: events((n % 3) + 1),
        }));
        const results = await Promise.all(
          appends.map(({ stream, added }) => store.append(stream, added, 'any')),
        );
        for (const result of results) mustBeOk(result);
        for (let stream = 0; stream < 10; stream += 1) {
          const name = `touches-${stream}`;
          const wanted = appends.filter((append) => append.stream === name);
          const found = await ofStream(store, name);
          expect(idsOf(found)).toEqual(wanted.flatMap(({ added }) => idsOf(added)));
          expect(found.map(({ revision }) => revision)).toEqual(found.map((_, index) => index));
        }
        const log = await ofLog(store);
        expectGrowing(log.map(({ position }) => position));
        expect(new Set(idsOf(log)).size).toBe(appends.flatMap(({ added }) => added).length);
      },
    },
    {
      name: 'the events of one append stand together',
      run: async ({ store }) => {
        const appends = Array.from({ length: 50 }, () => events(4));
        await Promise.all(appends.map((added) => store.append('order-1', added, 'any')));
        const found = idsOf(await ofStream(store, 'order-1'));
        for (const added of appends) {
          const at = found.indexOf(added[0]?.id ?? '');
          expect(found.slice(at, at + 4)).toEqual(idsOf(added));
        }
      },
    },
    {
      name: 'what was acknowledged is read at once',
      run: async ({ store }) => {
        await Promise.all(
          Array.from({ length: 50 }, async (_, writer) => {
            const added = events(2);
            const { position } = mustBeOk(await store.append(`order-${writer}`, added, 'any'));
            expect(idsOf(await ofStream(store, `order-${writer}`))).toEqual(idsOf(added));
            expect(await store.head()).toBeGreaterThanOrEqual(position);
          }),
        );
      },
    },
    {
      name: 'reading while others write skips nothing',
      run: async ({ store }) => {
        const written = new AbortController();
        const writing = (async () => {
          for (let n = 0; n < 60; n += 1) {
            await Promise.all(
              Array.from({ length: 5 }, (_, writer) =>
                store.append(`order-${writer}`, events(2), 'any'),
              ),
            );
          }
          written.abort();
        })();
        const seen: number[] = [];
        while (!written.signal.aborted || seen.length < 600) {
          const next = await ofLog(store, seen.at(-1) ?? 0, { batchSize: 17 });
          seen.push(...next.map(({ position }) => position));
          await new Promise((resolve) => setImmediate(resolve));
        }
        await writing;
        expect(seen).toEqual((await ofLog(store)).map(({ position }) => position));
      },
    },
  ],
};
