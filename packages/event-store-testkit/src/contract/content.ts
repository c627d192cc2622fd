import { expect } from 'vitest';
import type { JsonObject } from '@provisie/domain';
import type { NewEvent } from '@provisie/event-store';
import type { ContractSection, ContractTest } from '../contract-test.ts';
import { anEvent, events, mustBeOk, ofLog, ofStream } from './given.ts';

const contents: readonly (readonly [string, JsonObject])[] = [
  ['every kind of value', { a: null, b: true, c: -0.5, d: 'x', e: [1, [], {}], f: { g: {} } }],
  ['text of every kind', { naïve: '日本語 👩‍👩‍👧 \u0000 \u2028 "\\', '': 'empty key', rtl: 'שלום' }],
  [
    'large numbers',
    { most: Number.MAX_SAFE_INTEGER, least: Number.MIN_SAFE_INTEGER, tiny: 5e-324 },
  ],
  ['a name that objects inherit', { constructor: 'x', toString: 'y' }],
  ['a long text', { text: 'ß'.repeat(100_000) }],
];

const roundTrips: readonly ContractTest[] = contents.map(([name, data]) => ({
  name: `${name} comes back as it was written`,
  run: async ({ store }) => {
    const event = anEvent(data, { metadata: data, type: 'Geänderd', version: 7, occurredAt: 0 });
    const { position } = mustBeOk(await store.append('order-1', [event], 'any'));
    const [recorded] = await ofStream(store, 'order-1');
    expect(recorded).toEqual({
      ...event,
      stream: 'order-1',
      revision: 0,
      position,
      recordedAt: recorded?.recordedAt,
    });
    expect(await ofLog(store)).toEqual([recorded]);
  },
}));

const circular: Record<string, unknown> = {};
circular['self'] = circular;

const invalid: readonly (readonly [string, Partial<NewEvent>])[] = [
  ['id', { id: '' }],
  ['id', { id: '0193A1B2-0000-7000-8000-000000000001' }],
  ['id', { id: '0193a1b2000070008000000000000001' }],
  ['type', { type: '' }],
  ['type', { type: 'x'.repeat(129) }],
  ['version', { version: 0 }],
  ['version', { version: 1.5 }],
  ['occurredAt', { occurredAt: -1 }],
  ['occurredAt', { occurredAt: Number.NaN }],
  ['occurredAt', { occurredAt: 8_640_000_000_000_001 }],
  ['data', { data: circular }],
  ['data.at', { data: { at: new Date(0) } }],
  ['data.list[1]', { data: { list: [1, undefined] } }],
  ['data.amount', { data: { amount: Number.POSITIVE_INFINITY } }],
  ['data', { data: { amount: 10n } }],
];

const refusals: readonly ContractTest[] = invalid.map(([field, change], index) => ({
  name: `a bad ${field} is refused by name (${index + 1})`,
  run: async ({ store }) => {
    const [before, refused, after] = await Promise.allSettled([
      store.append('order-1', events(1), 'any'),
      store.append('order-1', [anEvent(), anEvent({}, change)], 'any'),
      store.append('order-1', events(1), 'any'),
    ]);
    expect([before.status, after.status]).toEqual(['fulfilled', 'fulfilled']);
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'event_invalid' } });
    const message = refused.status === 'rejected' ? String(refused.reason) : '';
    expect(message).toContain(`events[1].${field} `);
    expect(await ofLog(store)).toHaveLength(2);
  },
}));

export const content: ContractSection = {
  title: 'content',
  tests: [
    ...roundTrips,
    ...refusals,
    {
      name: 'an event too large for the store is refused by name, and what others write beside it is not',
      run: async ({ store }) => {
        const large = anEvent({}, { data: { text: 'x'.repeat(16_777_216) } });
        const [before, refused, after] = await Promise.allSettled([
          store.append('order-1', events(1), 'any'),
          store.append('order-1', [anEvent(), large], 'any'),
          store.append('order-1', events(1), 'any'),
        ]);
        expect([before.status, after.status]).toEqual(['fulfilled', 'fulfilled']);
        expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'append_too_large' } });
        expect(await ofLog(store)).toHaveLength(2);
      },
    },
    {
      name: 'no metadata reads as an empty object, an undefined property as none',
      run: async ({ store }) => {
        mustBeOk(await store.append('order-1', [anEvent({}, { data: { a: undefined } })], 'any'));
        const [recorded] = await ofLog(store);
        expect(recorded?.metadata).toEqual({});
        expect(Object.keys(recorded?.data ?? { no: 'data' })).toEqual([]);
      },
    },
    {
      name: 'a stream name of up to 256 characters of any script is kept',
      run: async ({ store }) => {
        for (const name of ['a', 'x'.repeat(256), 'order-日本 👩‍👧:1/2?', 'ORDER-1', 'order-1']) {
          mustBeOk(await store.append(name, events(1), 'no_stream'));
          expect((await ofStream(store, name)).map(({ stream }) => stream)).toEqual([name]);
        }
        for (const name of ['', 'x'.repeat(257), 'a\0b', '\uD800']) {
          await expect(store.append(name, events(1), 'any')).rejects.toMatchObject({
            code: 'event_invalid',
          });
        }
      },
    },
    {
      name: 'an append of thousands of events is one',
      run: async ({ store }) => {
        const many = events(6_000);
        expect(await store.append('touches-1', many, 'no_stream')).toMatchObject({
          ok: true,
          revision: 5_999,
        });
        const read = await ofStream(store, 'touches-1');
        expect(read.map(({ id, revision }) => [id, revision])).toEqual(
          many.map(({ id }, revision) => [id, revision]),
        );
        expect(await store.append('touches-1', many, 'any')).toMatchObject({ repeated: true });
      },
    },
  ],
};
