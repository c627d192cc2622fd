import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { SAMPLES } from '../../test/samples/payloads.ts';
import { ClickRecorded, VisitRecorded } from './touch-events.ts';

const DEFINITIONS = [ClickRecorded, VisitRecorded];

/** The fields of both events and one of neither, each with what fits, what nearly does, and what doesn't. */
const FIELDS = {
  touchId: fc.oneof(fc.uuid(), fc.constantFrom('', '01939A10-7c1e-4c3a-8f5e-0a1b2c3d4e5f', 'x')),
  linkCode: fc.oneof(fc.stringMatching(/^[A-Za-z0-9_-]{0,66}$/), fc.constantFrom('a\n', 7)),
  visitorId: fc.oneof(fc.stringMatching(/^[A-Za-z0-9_-]{7,66}$/), fc.constantFrom('visitor-1\n')),
  bot: fc.constantFrom(true, false, 0, null),
  consent: fc.constantFrom('granted', 'denied', 'unknown', '', null),
  country: fc.constantFrom('NL', 'nl', 'NLD', 'N', undefined),
  device: fc.constantFrom('mobile', 'other', 'fridge', null),
  browser: fc.string({ maxLength: 42 }),
  ipHash: fc.string({ maxLength: 66 }),
  referrerHost: fc.oneof(fc.string(), fc.constant('h'.repeat(254))),
  utm: fc.oneof(fewOf('source', 'medium', 'campaign', 'term', 'content', 'id'), fc.constant(null)),
  sub: fc.oneof(fewOf('sub1', 'sub5', 'sub6'), fc.constant([])),
  ref: fc.oneof(fc.string({ maxLength: 66 }), fc.constant(1)),
  clickId: fc.oneof(fc.uuid(), fc.constant('x')),
  path: fc.oneof(fc.string(), fc.constant('/'.repeat(501))),
  more: fc.constant('x'),
};

function fewOf(...names: readonly string[]) {
  const value = fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom('u'.repeat(201), 5, null));
  return fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
}

const asObject = z.record(z.string(), z.unknown());

/** A payload that stands in the log, with a few fields changed or left out. */
const payloads = fc
  .record({
    sample: fc.constantFrom(
      ...SAMPLES.filter(({ type }) => type === 'ClickRecorded' || type === 'VisitRecorded'),
    ),
    left: fc.subarray(Object.keys(FIELDS), { maxLength: 3 }),
    changed: fc
      .subarray(Object.entries(FIELDS), { maxLength: 2 })
      .chain((fields) => fc.record(Object.fromEntries(fields))),
  })
  .map(({ sample, left, changed }) => {
    const fields = { ...asObject.parse(sample.data), ...changed };
    return Object.fromEntries(Object.entries(fields).filter(([name]) => !left.includes(name)));
  });

describe.each(DEFINITIONS)('$type', ({ type, schema, isPlain }) => {
  test('is plain as trackers write it', () => {
    const samples = SAMPLES.filter((sample) => sample.type === type);
    expect(samples.map(({ data }) => isPlain(data))).toEqual([true]);
  });

  test('is plain only where the schema takes it as it stands', () => {
    let plain = 0;
    fc.assert(
      fc.property(payloads, (data) => {
        if (!isPlain(data)) return;
        plain += 1;
        expect(schema.safeParse(data)).toEqual({ success: true, data });
      }),
      { numRuns: 3000 },
    );
    expect(plain).toBeGreaterThan(100);
  });

  test.each([null, undefined, 'x', [], Object.create({ bot: true })])('%o is not plain', (data) => {
    expect(isPlain(data)).toBe(false);
  });
});
