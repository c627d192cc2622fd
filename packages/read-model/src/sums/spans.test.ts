import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { FEWER_SPAN_DAYS, SPAN_DAYS, spansFor, type Spans } from './spans.ts';

const day = fc.integer({ min: 0, max: 1000 });
const asked = fc.record({ first: day, length: fc.integer({ min: 1, max: 400 }), rest: fc.nat(60) });

test.each([[SPAN_DAYS], [FEWER_SPAN_DAYS]])('spans of %j come to the days', (spanDays) => {
  fc.assert(
    fc.property(asked, ({ first, length, rest }) => {
      const last = first + length - 1;
      const spans = spansFor({ first, last, limit: last + 1 + rest }, spanDays);
      const times = timesOfDays(spans);
      for (let of = 0; of <= last + 100; of += 1) {
        expect(times.get(of) ?? 0).toBe(of >= first && of <= last ? 1 : 0);
      }
    }),
  );
});

test('none reaches a day of which there are no sums', () => {
  fc.assert(
    fc.property(asked, ({ first, length, rest }) => {
      const last = first + length - 1;
      const limit = last + 1 + rest;
      for (const spans of spansFor({ first, last, limit }, SPAN_DAYS)) {
        expect(spans.last + spans.days).toBeLessThanOrEqual(limit);
      }
    }),
  );
});

test('a quarter is a few of them, where all its days are over', () => {
  const counts = Array.from({ length: 28 }, (_, from) => {
    const spans = spansFor({ first: from, last: from + 90, limit: 1000 }, SPAN_DAYS);
    return spans.reduce((sum, { days, first, last }) => sum + (last - first) / days + 1, 0);
  });
  expect(Math.max(...counts)).toBeLessThanOrEqual(13);
});

/** How often each day is counted. */
function timesOfDays(spans: readonly Spans[]): ReadonlyMap<number, number> {
  const counted = new Map<number, number>();
  for (const { days, first, last, times } of spans) {
    for (let of = first; of < last + days; of += 1) counted.set(of, (counted.get(of) ?? 0) + times);
  }
  return counted;
}
