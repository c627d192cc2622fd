import { expect, test } from 'vitest';
import { dayOf, endOfDay, nextBankingDay, startOfDay } from './days.ts';

test.for([
  ['2026-01-15', '2026-01-14T23:00:00.000Z', '2026-01-15T22:59:59.999Z'],
  ['2026-07-31', '2026-07-30T22:00:00.000Z', '2026-07-31T21:59:59.999Z'],
  // Twenty-three hours and twenty-five hours.
  ['2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T21:59:59.999Z'],
  ['2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T22:59:59.999Z'],
] as const)('the day %s in the Netherlands', ([day, first, last]) => {
  expect(new Date(startOfDay(day)).toISOString()).toBe(first);
  expect(new Date(endOfDay(day)).toISOString()).toBe(last);
  expect([dayOf(startOfDay(day)), dayOf(endOfDay(day))]).toEqual([day, day]);
});

test('banks work on the next day that is in no weekend', () => {
  const friday = Date.parse('2026-03-27T12:00:00Z');
  expect(nextBankingDay(friday)).toBe('2026-03-30');
});
