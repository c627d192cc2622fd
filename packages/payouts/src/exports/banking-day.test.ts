import { expect, test } from 'vitest';
import { nextBankingDay } from './banking-day.ts';

test.for([
  ['on a Wednesday', '2026-03-25T12:00:00Z', '2026-03-26'],
  ['on a Thursday, in the Netherlands already Friday', '2026-03-26T23:30:00Z', '2026-03-30'],
  ['on a Friday', '2026-03-27T12:00:00Z', '2026-03-30'],
  ['on a Sunday', '2026-03-29T12:00:00Z', '2026-03-30'],
] as const)('%s, banks work next on another day that is in no weekend', ([, at, day]) => {
  expect(nextBankingDay(Date.parse(at))).toBe(day);
});
