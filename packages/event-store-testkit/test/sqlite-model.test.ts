import { EventStoreError } from '@provisie/event-store';
import type { ExpectedRevision, NewEvent } from '@provisie/event-store';
import type { SqliteEventStore } from '@provisie/event-store/sqlite';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ofLog, ofStream } from '../src/contract/given.ts';
import { StoreFolder, WRITING_THREADS } from '../src/sqlite-files.ts';
import { NaiveLog } from './naive-log.ts';

interface Step {
  readonly stream: string;
  readonly events: readonly NewEvent[];
  readonly expected: ExpectedRevision;
}

// Few ids and few contents, so that repeats, partly repeats and reuse are common.
const event: fc.Arbitrary<NewEvent> = fc
  .record({ id: fc.integer({ min: 0, max: 50 }), n: fc.integer({ min: 0, max: 9 }) })
  .map(({ id, n }) => ({
    id: `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`,
    type: 'Noted',
    version: 1,
    occurredAt: 0,
    data: { n: n === 0 ? -1 : id },
  }));

const step: fc.Arbitrary<Step> = fc.record({
  stream: fc.constantFrom('order-1', 'order-2', 'link-1'),
  events: fc.array(event, { maxLength: 3 }),
  expected: fc.oneof(
    { weight: 3, arbitrary: fc.constant<ExpectedRevision>('any') },
    fc.constant<ExpectedRevision>('no_stream'),
    fc.integer({ min: 0, max: 6 }),
  ),
});

/** Each group is appended at once; after it the store may be closed and opened again. */
const history = fc.array(
  fc.record({ group: fc.array(step, { minLength: 1, maxLength: 12 }), reopen: fc.boolean() }),
  { minLength: 1, maxLength: 8 },
);

async function outcomeOf(store: SqliteEventStore, { stream, events, expected }: Step) {
  try {
    return await store.append(stream, events, expected);
  } catch (error) {
    if (error instanceof EventStoreError) return error.code;
    throw error;
  }
}

test.each(WRITING_THREADS)(
  'answers and log are those of a naive list, whatever happens, on %s',
  async (writesOn) => {
    await fc.assert(
      fc.asyncProperty(history, async (rounds) => {
        const folder = new StoreFolder(writesOn);
        try {
          const model = new NaiveLog();
          let store = folder.open();
          for (const { group, reopen } of rounds) {
            const outcomes = await Promise.all(group.map((step) => outcomeOf(store, step)));
            expect(outcomes).toEqual(
              group.map(({ stream, events, expected }) => model.append(stream, events, expected)),
            );
            if (!reopen) continue;
            await store.close();
            store = folder.open();
          }
          const wanted = model.events;
          expect(await ofLog(store)).toMatchObject(wanted);
          for (const stream of ['order-1', 'order-2', 'link-1']) {
            const ofThat = wanted.filter((event) => event.stream === stream);
            expect(await ofStream(store, stream)).toMatchObject(ofThat);
          }
          const links = wanted.filter(({ stream }) => stream.startsWith('link-'));
          expect(await ofLog(store, 0, { categories: ['link'] })).toMatchObject(links);
        } finally {
          await folder.remove();
        }
      }),
      // Every opening starts a thread.
      { numRuns: writesOn === 'own_thread' ? 20 : 60 },
    );
  },
  300_000,
);
