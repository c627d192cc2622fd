import { expect } from 'vitest';
import { createEventIds } from '@provisie/event-store';
import type { JsonObject } from '@provisie/domain';
import type { EventStore, ImportingStore, RecordedEvent } from '@provisie/event-store';
import type { ContractSection, ContractTest } from '../contract-test.ts';
import { anEvent, events, expectGrowing, idsOf, mustBeOk, ofLog, ofStream } from './given.ts';

/** `kept`: an event has the position that it had. `growing`: the store gives its own. */
export type ImportedPositions = 'kept' | 'growing';

const nextId = createEventIds();
const LONG_AGO = 1_600_000_000_000;

/** The log of another store: interleaved streams, positions with gaps, several events recorded at one moment. */
function logOfAnother(count: number, recordedAt?: number): RecordedEvent[] {
  const revisions = new Map<string, number>();
  return Array.from({ length: count }, (_, n) => {
    const stream = n % 3 === 0 ? `touches-a-${Math.floor(n / 60)}` : `order-${n % 7}`;
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const position = 10 + 3 * n + (n % 2);
    const moment = recordedAt === undefined ? {} : { recordedAt };
    return recorded({ stream, revision, position, data: { n }, ...moment }, n);
  });
}

function recorded(event: Partial<RecordedEvent>, n: number): RecordedEvent {
  return {
    id: nextId(),
    type: 'Noted',
    version: 2,
    occurredAt: LONG_AGO - n,
    recordedAt: LONG_AGO + Math.floor(n / 4) * 1000,
    data: {},
    metadata: n % 2 === 0 ? { by: 'k-1', n } : {},
    stream: 'order-1',
    revision: n,
    position: n + 1,
    ...event,
  };
}

function importing(store: EventStore): ImportingStore {
  if (isImporting(store)) return store;
  throw new Error('the store has no importEvents');
}

function isImporting(store: EventStore): store is ImportingStore {
  return 'importEvents' in store;
}

const conflict = { name: 'EventStoreError', code: 'import_conflict' };

const different: readonly (readonly [string, Partial<RecordedEvent>])[] = [
  ['id', { id: nextId() }],
  ['type', { type: 'Other' }],
  ['version', { version: 1 }],
  ['occurredAt', { occurredAt: 1 }],
  ['recordedAt', { recordedAt: LONG_AGO + 1 }],
  ['data', { data: { n: 'other' } }],
  ['metadata', { metadata: { by: 'k-2' } }],
];

const refusals: readonly ContractTest[] = different.map(([field, change]) => ({
  name: `another ${field} at a place that is taken is refused, naming the place`,
  run: async ({ store }) => {
    const log = logOfAnother(8);
    const [sixth] = log.slice(5);
    const target = importing(store);
    await target.importEvents(log);
    const before = await ofLog(store);
    const other = recorded({ ...sixth, ...change }, 5);
    const refused = target.importEvents(log.with(5, other));
    await expect(refused).rejects.toMatchObject(conflict);
    await expect(refused).rejects.toThrow('order-5');
    expect(await ofLog(store)).toEqual(before);
  },
}));

const exotic: readonly (readonly [string, JsonObject])[] = [
  ['text of every kind', { naïve: '日本語 👩‍👩‍👧 \u0000 \u2028 "\\', '': 'empty key', rtl: 'שלום' }],
  ['numbers', { most: Number.MAX_SAFE_INTEGER, tiny: 5e-324, half: -0.5, e: 1e21 }],
  ['the order of keys', { z: 1, a: { y: [], x: {} }, 10: 'ten', 2: 'two' }],
  ['names that objects inherit', { constructor: 'x', toString: 'y', $type: 'z', $maxAge: 1 }],
  ['a long text', { text: 'ß'.repeat(100_000) }],
];

const contents: readonly ContractTest[] = exotic.map(([name, data]) => ({
  name: `keeps content to the letter: ${name}`,
  run: async ({ store }) => {
    const event = recorded(
      { data, metadata: data, type: 'Geänderd', stream: 'order-日本 1:/?' },
      0,
    );
    await importing(store).importEvents([event]);
    const [read] = await ofLog(store);
    expect(JSON.stringify(read?.data)).toBe(JSON.stringify(data));
    expect(JSON.stringify(read?.metadata)).toBe(JSON.stringify(data));
    expect({ ...read, position: event.position }).toEqual(event);
  },
}));

function placing(positions: ImportedPositions): readonly ContractTest[] {
  const expectSame = (log: readonly RecordedEvent[], expected: readonly RecordedEvent[]) => {
    expectGrowing(log.map(({ position }) => position));
    const placed =
      positions === 'kept'
        ? expected
        : expected.map((event, n) => ({ ...event, position: log[n]?.position ?? -1 }));
    expect(log).toEqual(placed);
  };
  return [
    {
      name: 'takes over a log in its order, every field as it was',
      run: async ({ store }) => {
        const log = logOfAnother(400);
        await importing(store).importEvents(log);
        expectSame(await ofLog(store), log);
        for (const stream of ['order-4', 'touches-a-2']) {
          const ofThat = log.filter((event) => event.stream === stream);
          expectSame(await ofStream(store, stream), ofThat);
        }
        const orders = log.filter((event) => event.stream.startsWith('order-'));
        expectSame(await ofLog(store, 0, { categories: ['order'] }), orders);
        expect(await store.head()).toBe((await ofLog(store)).at(-1)?.position);
      },
    },
    {
      name: 'goes on after every batch, and again with the last ones',
      run: async ({ store }) => {
        const log = logOfAnother(120);
        const target = importing(store);
        for (let from = 0; from < log.length; from += 25) {
          await target.importEvents(log.slice(from, from + 25));
          await target.importEvents(log.slice(Math.max(0, from - 10), from + 20));
        }
        await target.importEvents(log);
        await target.importEvents([]);
        expectSame(await ofLog(store), log);
      },
    },
    {
      name: 'goes on through another connection after it broke off',
      run: async ({ store, reopen }) => {
        const log = logOfAnother(40);
        await importing(store).importEvents(log.slice(0, 30));
        await importing(store).importEvents(log.slice(20));
        const other = reopen === undefined ? store : await reopen();
        try {
          expectSame(await ofLog(other), log);
        } finally {
          if (other !== store) await other.close();
        }
      },
    },
    {
      name: 'appends go on after it: revisions, positions and recordedAt',
      run: async ({ store }) => {
        // Recorded by a machine whose clock ran ahead.
        const ahead = Date.now() + 3_600_000;
        const log = logOfAnother(20, ahead);
        mustBeOk(await store.append('order-0', [], 'any'));
        await importing(store).importEvents(log);
        const last = log.findLast(({ stream }) => stream === 'order-1');
        const added = [anEvent(), anEvent()];
        mustBeOk(await store.append('order-1', added, last?.revision ?? -1));
        expect(await store.append('order-1', events(1), 'no_stream')).toMatchObject({ ok: false });
        const all = await ofLog(store);
        expectSame(all.slice(0, 20), log);
        expect(idsOf(all.slice(20))).toEqual(idsOf(added));
        expectGrowing(all.map(({ position }) => position));
        for (const event of all.slice(20)) expect(event.recordedAt).toBeGreaterThanOrEqual(ahead);
        // What was appended is a place that is taken, too.
        const next = recorded({ stream: 'order-1', revision: (last?.revision ?? 0) + 1 }, 21);
        const import_ = importing(store).importEvents([{ ...next, recordedAt: ahead + 1 }]);
        await expect(import_).rejects.toMatchObject(conflict);
      },
    },
  ];
}

const misfits: readonly ContractTest[] = [
  {
    name: 'a revision that leaves one out is refused',
    run: async ({ store }) => {
      const target = importing(store);
      await target.importEvents([recorded({}, 0)]);
      const misfit = recorded({ revision: 2, position: 5 }, 4);
      await expect(target.importEvents([misfit])).rejects.toMatchObject(conflict);
      const first = recorded({ stream: 'order-2', revision: 1, position: 6 }, 4);
      await expect(target.importEvents([first])).rejects.toThrow('order-2');
      expect(await ofLog(store)).toHaveLength(1);
    },
  },
  {
    name: 'an id that stands elsewhere is refused',
    run: async ({ store }) => {
      const target = importing(store);
      const log = logOfAnother(5);
      await target.importEvents(log);
      const again = recorded({ id: log[2]?.id ?? '', stream: 'order-new', position: 99 }, 0);
      const late = { ...again, recordedAt: LONG_AGO + 10_000 };
      await expect(target.importEvents([late])).rejects.toMatchObject(conflict);
      expect(await ofLog(store)).toHaveLength(5);
    },
  },
  {
    name: 'recordedAt that falls is refused',
    run: async ({ store }) => {
      const target = importing(store);
      await target.importEvents([recorded({ recordedAt: LONG_AGO }, 0)]);
      const earlier = recorded({ stream: 'order-2', revision: 0, position: 7 }, 0);
      const refused = target.importEvents([{ ...earlier, recordedAt: LONG_AGO - 1 }]);
      await expect(refused).rejects.toMatchObject(conflict);
    },
  },
  {
    name: 'a log that has other events is refused',
    run: async ({ store }) => {
      mustBeOk(await store.append('order-1', events(3), 'any'));
      const first = recorded({}, 0);
      await expect(importing(store).importEvents([first])).rejects.toMatchObject(conflict);
      expect(await ofLog(store)).toHaveLength(3);
    },
  },
  {
    name: 'a subscription delivers what is imported',
    run: async ({ store }) => {
      const log = logOfAnother(30);
      const seen: string[] = [];
      const signal = AbortSignal.timeout(10_000);
      const following = (async () => {
        for await (const batch of store.subscribe(0, { signal })) {
          if (batch.kind === 'events') seen.push(...idsOf(batch.events));
          if (seen.length === log.length) return;
        }
      })();
      await importing(store).importEvents(log.slice(0, 10));
      await importing(store).importEvents(log.slice(10));
      await following;
      expect(seen).toEqual(idsOf(log));
    },
  },
];

/** What `ImportingStore` adds to the contract. */
export function importingSection(positions: ImportedPositions): ContractSection {
  return {
    title: 'importing',
    tests: [...placing(positions), ...contents, ...refusals, ...misfits],
  };
}
