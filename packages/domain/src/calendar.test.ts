import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns/format';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayNamed, dayOf, dayText, startOfDay } from './calendar.ts';
import { MILLISECONDS_PER_DAY } from './instant.ts';

test.for([
  ['1970-01-01', '1969-12-31T23:00:00.000Z', 24],
  ['2026-01-15', '2026-01-14T23:00:00.000Z', 24],
  ['2026-03-29', '2026-03-28T23:00:00.000Z', 23],
  ['2026-07-31', '2026-07-30T22:00:00.000Z', 24],
  ['2026-10-25', '2026-10-24T22:00:00.000Z', 25],
  ['2025-12-31', '2025-12-30T23:00:00.000Z', 24],
  ['2026-01-01', '2025-12-31T23:00:00.000Z', 24],
] as const)('the day %s begins at %s and has %i hours', ([text, begins, hours]) => {
  const day = dayNamed(text);
  expect(dayText(day)).toBe(text);
  expect(new Date(startOfDay(day)).toISOString()).toBe(begins);
  expect((startOfDay(day + 1) - startOfDay(day)) / 3_600_000).toBe(hours);
  expect([startOfDay(day) - 1, startOfDay(day), startOfDay(day + 1) - 1].map(dayOf)).toEqual([
    day - 1,
    day,
    day,
  ]);
});

const since1996 = (hour: number) => Date.UTC(1996, 0, 1) + hour * 3_600_000;
const HOURS_UNTIL_2100 = (Date.UTC(2100, 0, 1) - since1996(0)) / 3_600_000;

test('a day is what the time zone database says', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: HOURS_UNTIL_2100 }), fc.boolean(), (hour, isBefore) => {
      const at = since1996(hour) - (isBefore ? 1 : 0);
      expect(dayText(dayOf(at))).toBe(format(new TZDate(at, 'Europe/Amsterdam'), 'yyyy-MM-dd'));
    }),
    { numRuns: 2000 },
  );
});

test('days follow on each other in the last year that a moment can lie in', () => {
  const last = Math.floor(8_640_000_000_000_000 / MILLISECONDS_PER_DAY) - 2;
  expect(dayOf(startOfDay(last))).toBe(last);
});
