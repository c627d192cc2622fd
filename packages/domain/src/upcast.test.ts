import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { SAMPLES } from '../test/samples/payloads.ts';
import { eventCatalogue } from './event-catalogue.ts';
import { defineEvent } from './event-definition.ts';
import { upcastBy, upcastPayload } from './upcast.ts';

describe('every payload that was ever written', () => {
  test.for(SAMPLES)('$type, version $version, is read', ({ type, version, data }) => {
    expect(upcastPayload(type, version, data)).toMatchObject({ ok: true });
  });

  test.for(SAMPLES.filter(({ type, version }) => version === eventCatalogue[type].version))(
    '$type, at its newest version, is read as it stands',
    ({ type, version, data }) => {
      expect(upcastPayload(type, version, data)).toEqual({ ok: true, data });
    },
  );

  test('has a sample', () => {
    const written = Object.values(eventCatalogue).flatMap(({ type, version }) =>
      Array.from({ length: version }, (_, index) => `${type} ${index + 1}`),
    );
    const samples = SAMPLES.map(({ type, version }) => `${type} ${version}`);
    expect(samples.toSorted()).toEqual(written.toSorted());
  });
});

describe('what cannot be read is a value with a reason', () => {
  test.for<[string, string, number, unknown, string]>([
    ['an unknown type', 'OrderPainted', 1, {}, 'unknown_type'],
    ['a name that every object has', 'toString', 1, {}, 'unknown_type'],
    ['a version to come', 'PartnerApproved', 2, { partnerId: 'anna' }, 'unknown_version'],
    ['version 0', 'PartnerApproved', 0, { partnerId: 'anna' }, 'unknown_version'],
    ['half a version', 'PartnerApproved', 0.5, { partnerId: 'anna' }, 'unknown_version'],
    ['a payload that does not fit', 'PartnerApproved', 1, { partnerId: '' }, 'invalid_payload'],
    ['no payload', 'PartnerApproved', 1, null, 'invalid_payload'],
  ])('%s', ([, type, version, data, reason]) => {
    expect(upcastPayload(type, version, data)).toMatchObject({ ok: false, problem: { reason } });
  });

  test('the message names the path', () => {
    const read = upcastPayload('PartnerApproved', 1, { partnerId: '' });
    expect(read.ok ? '' : read.problem.message).toMatch(
      /^PartnerApproved: partnerId: like woonblog/,
    );
  });
});

describe('upcasting takes an older payload to the newest version', () => {
  const first = z.object({ euros: z.number() });
  const second = z.object({ cents: z.int() });
  const priced = defineEvent('Priced', z.object({ amountCents: z.int(), currency: z.string() }), {
    upcasts: [
      (data) => ({ cents: first.parse(data).euros * 100 }),
      (data) => ({ amountCents: second.parse(data).cents, currency: 'EUR' }),
    ],
  });
  const newest = { amountCents: 500, currency: 'EUR' };

  test.for<[number, unknown]>([
    [1, { euros: 5 }],
    [2, { cents: 500 }],
    [3, newest],
  ])('from version %i', ([version, data]) => {
    expect(upcastBy(priced, version, data)).toEqual({ ok: true, data: newest });
  });

  test('what no upcast can read is invalid', () => {
    expect(upcastBy(priced, 1, { dollars: 5 })).toMatchObject({
      ok: false,
      problem: { reason: 'invalid_payload' },
    });
  });

  test('the version written now is one more than the upcasts', () => {
    expect(priced.version).toBe(3);
  });
});
