import { DEFAULT_TERMS } from '@provisie/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { must, readNow } from '../../test/office.ts';
import { NOW, openWorld } from '../../test/world.ts';
import type { World } from '../../test/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const open = (programmeId: string, more: object = {}) =>
  world.call('POST /v1/programmes', {
    body: { programmeId, name: 'Affiliates', hosts: ['www.example.nl'], ...more },
  });
const publish = (programmeId: string, body: object) =>
  world.call(`POST /v1/programmes/${programmeId}/terms`, { body });

test('a programme is opened with the dates it had, and reads back the same', async () => {
  const answer = await open('moved-in', {
    openedAt: '2025-01-01T00:00:00Z',
    terms: DEFAULT_TERMS,
  });
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({
    programme: {
      programmeId: 'moved-in',
      openedAt: '2025-01-01T00:00:00.000Z',
      closedAt: null,
      terms: [{ termsVersion: 1, effectiveFrom: '2025-01-01T00:00:00.000Z', terms: DEFAULT_TERMS }],
    },
  });
  const { programme } = z.object({ programme: z.unknown() }).parse(answer.body);
  expect((await readNow(world, '/v1/programmes/moved-in')).body).toEqual(programme);
});

test.for<[string, object, object]>([
  ['saying nothing means the usual terms', {}, DEFAULT_TERMS],
  [
    'saying one thing leaves the others',
    { terms: { holdDays: 30 } },
    { ...DEFAULT_TERMS, holdDays: 30 },
  ],
])('the first terms: %s', async ([name, said, terms]) => {
  const programmeId = name.replaceAll(' ', '-');
  const answer = await open(programmeId, said);
  expect(answer.body).toMatchObject({ programme: { terms: [{ termsVersion: 1, terms }] } });
});

test('terms say when they are paid, or mean on demand and from the first customer on', async () => {
  await open('paid-when');
  const { payoutSchedule: _, minimumCustomers: __, ...unsaid } = DEFAULT_TERMS;
  expect((await publish('paid-when', { terms: unsaid })).body).toMatchObject({
    programme: { terms: [{ terms: DEFAULT_TERMS }, {}] },
  });
  const said = {
    ...DEFAULT_TERMS,
    minimumCustomers: 3,
    payoutSchedule: { kind: 'monthly', dayOfMonth: 31, timeZone: 'Europe/Amsterdam' },
  };
  await publish('paid-when', { terms: said });
  expect((await readNow(world, '/v1/programmes/paid-when')).body).toMatchObject({
    terms: [{ terms: said }, {}, {}],
  });
  const nowhere = { ...said.payoutSchedule, timeZone: 'Europe/Utrecht' };
  const wrong = await publish('paid-when', { terms: { ...said, payoutSchedule: nowhere } });
  expect(wrong.body).toMatchObject({ errors: [{ path: '/terms/payoutSchedule/timeZone' }] });
});

test.for<[string, object, string, string]>([
  ['a term', { holdDay: 30 }, '/terms', 'holdDay'],
  ['a reward', { reward: { ...DEFAULT_TERMS.reward, capCents: 100 } }, '/terms/reward', 'capCents'],
  [
    'its scope',
    { reward: { ...DEFAULT_TERMS.reward, scope: { orders: 'every_order', count: 3 } } },
    '/terms/reward/scope',
    'count',
  ],
  [
    'a schedule',
    { payoutSchedule: { kind: 'on_demand', dayOfMonth: 1 } },
    '/terms/payoutSchedule',
    'dayOfMonth',
  ],
  [
    'consent',
    { consent: { default: 'off', countries: {}, country: {} } },
    '/terms/consent',
    'country',
  ],
])('%s that is misspelt is refused, not left out', async ([of, said, path, name]) => {
  const errors = [{ path, expected: `without ${name}` }];
  const first = await open(`misspelt-${of.replaceAll(' ', '-')}`, { terms: said });
  expect([first.status, first.body]).toMatchObject([400, { errors }]);
  await open('misspelt');
  const later = await publish('misspelt', { terms: { ...DEFAULT_TERMS, ...said } });
  expect([later.status, later.body]).toMatchObject([400, { errors }]);
});

test.each(['euro', 'EUO', 'NLG'])('%s is no currency to pay in', async (currency) => {
  const { status, body } = await open(`in-${currency.toLowerCase()}`, { terms: { currency } });
  expect([status, body]).toMatchObject([400, { errors: [{ path: '/terms/currency' }] }]);
});

test('an id is taken once', async () => {
  expect((await open('twice')).status).toBe(201);
  const second = await open('twice', { name: 'Other' });
  expect(second.status).toBe(409);
  expect(second.body).toMatchObject({ code: 'already_exists' });
});

test('it can not have been opened in the future', async () => {
  const answer = await open('future', { openedAt: '2026-03-11T00:00:00Z' });
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ errors: [{ path: '/openedAt' }] });
});

test('the first terms may lie in the past, later ones may not, nor change the currency', async () => {
  await must(world, 'POST /v1/programmes', {
    programmeId: 'terms',
    name: 'Terms',
    hosts: ['www.example.nl'],
    openedAt: '2025-01-01T00:00:00Z',
    terms: null,
  });
  const first = await publish('terms', {
    terms: DEFAULT_TERMS,
    effectiveFrom: '2025-01-01T00:00:00Z',
  });
  expect(first.status).toBe(201);

  const past = await publish('terms', {
    terms: DEFAULT_TERMS,
    effectiveFrom: new Date(NOW - 1).toISOString(),
  });
  expect(past.status).toBe(409);
  expect(past.body).toMatchObject({ code: 'terms_in_past' });

  const dollars = await publish('terms', { terms: { ...DEFAULT_TERMS, currency: 'USD' } });
  expect(dollars.status).toBe(409);
  expect(dollars.body).toMatchObject({ code: 'currency_fixed' });

  const next = await publish('terms', {
    terms: { ...DEFAULT_TERMS, holdDays: 30 },
    effectiveFrom: new Date(NOW).toISOString(),
  });
  expect(next.status).toBe(201);
  expect(next.body).toMatchObject({
    termsVersion: 2,
    programme: { terms: [{ termsVersion: 2, terms: { holdDays: 30 } }, { termsVersion: 1 }] },
  });
});

test('wrong terms name the value and what would be right', async () => {
  const terms = { ...DEFAULT_TERMS, windowDays: 0, precedence: 'first' };
  const answer = await open('wrong', { terms });
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({
    code: 'invalid_request',
    errors: [
      { path: '/terms/windowDays', expected: 'at least 1' },
      { path: '/terms/precedence', expected: 'coupon | link' },
    ],
  });
});

test('a closed programme stays closed and takes nothing new', async () => {
  await open('closing', { terms: DEFAULT_TERMS });
  const closed = await must(world, 'POST /v1/programmes/closing/close');
  expect(closed.body).toMatchObject({ programme: { closedAt: '2026-03-10T12:00:00.001Z' } });
  expect((await must(world, 'POST /v1/programmes/closing/close')).body).toEqual(closed.body);
  expect((await publish('closing', { terms: DEFAULT_TERMS })).body).toMatchObject({
    code: 'programme_closed',
  });
  expect((await world.call('POST /v1/programmes/unheard-of/close')).status).toBe(404);
});

test('the same Idempotency-Key gives the first answer again; another body under it is refused', async () => {
  const call = (name: string) =>
    world.call('POST /v1/programmes', {
      body: { programmeId: 'repeated', name, hosts: ['www.example.nl'], terms: DEFAULT_TERMS },
      headers: { 'Idempotency-Key': 'open-repeated' },
    });
  const first = await call('A');
  expect(first.status).toBe(201);
  await must(world, 'POST /v1/programmes/repeated/close');
  const second = await call('A');
  expect([second.status, second.body]).toEqual([first.status, first.body]);
  const other = await call('B');
  expect(other.status).toBe(422);
  expect(other.body).toMatchObject({ code: 'idempotency_key_reused' });
});

test('an Idempotency-Key that named another programme before is refused', async () => {
  const openAs = (programmeId: string) =>
    world.call('POST /v1/programmes', {
      body: { programmeId, name: 'Named', hosts: ['www.example.nl'] },
      headers: { 'Idempotency-Key': 'open-named' },
    });
  expect((await openAs('named')).status).toBe(201);
  const other = await openAs('named-otherwise');
  expect([other.status, other.body]).toMatchObject([422, { code: 'idempotency_key_reused' }]);
});
