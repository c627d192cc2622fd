import { describe, expect, test } from 'vitest';
import type { PayoutSchedule } from '../terms.ts';
import { isScheduled, nextPayday, paydays } from './schedule.ts';

const ON_DEMAND: PayoutSchedule = { kind: 'on_demand' };
const monthly = (dayOfMonth: number, timeZone = 'Europe/Amsterdam'): PayoutSchedule => ({
  kind: 'monthly',
  dayOfMonth,
  timeZone,
});
const at = (text: string) => Date.parse(text);
const told = (moment: number | null | undefined) =>
  moment === null || moment === undefined ? null : new Date(moment).toISOString();

describe('the paydays around a moment', () => {
  test.for<[string, PayoutSchedule, string, string, string]>([
    [
      'in the middle of the month',
      monthly(15),
      '2026-07-20T12:00:00Z',
      '2026-07-14T22:00:00.000Z',
      '2026-08-14T22:00:00.000Z',
    ],
    [
      'a millisecond before midnight where the merchant is',
      monthly(15),
      '2026-07-14T21:59:59.999Z',
      '2026-06-14T22:00:00.000Z',
      '2026-07-14T22:00:00.000Z',
    ],
    [
      'at midnight itself',
      monthly(15),
      '2026-07-14T22:00:00.000Z',
      '2026-07-14T22:00:00.000Z',
      '2026-08-14T22:00:00.000Z',
    ],
    [
      'over the change to winter time',
      monthly(1),
      '2026-10-20T12:00:00Z',
      '2026-09-30T22:00:00.000Z',
      '2026-10-31T23:00:00.000Z',
    ],
    [
      'the 31st is the last day of shorter months',
      monthly(31, 'UTC'),
      '2026-03-01T00:00:00Z',
      '2026-02-28T00:00:00.000Z',
      '2026-03-31T00:00:00.000Z',
    ],
    [
      'over the turn of the year',
      monthly(15, 'UTC'),
      '2026-01-03T00:00:00Z',
      '2025-12-15T00:00:00.000Z',
      '2026-01-15T00:00:00.000Z',
    ],
    [
      'the 29th of February in a leap year',
      monthly(30, 'UTC'),
      '2028-03-01T00:00:00Z',
      '2028-02-29T00:00:00.000Z',
      '2028-03-30T00:00:00.000Z',
    ],
  ])('%s', ([, schedule, moment, last, next]) => {
    const days = paydays(schedule, at(moment));
    expect([told(days?.last), told(days?.next)]).toEqual([last, next]);
  });

  test('none on demand', () => {
    expect(paydays(ON_DEMAND, at('2026-07-20T12:00:00Z'))).toBeNull();
  });
});

describe('who was paid lately', () => {
  const NOW = at('2026-07-20T12:00:00Z');

  test.for<[string, readonly PayoutSchedule[], string | null, boolean, string | null]>([
    ['on demand: always', [ON_DEMAND], '2026-07-20T11:59:00Z', true, null],
    ['monthly, never paid', [monthly(15)], null, true, '2026-08-14T22:00:00.000Z'],
    [
      'paid before the last payday',
      [monthly(15)],
      '2026-07-10T00:00:00Z',
      true,
      '2026-08-14T22:00:00.000Z',
    ],
    [
      'paid since: waits for the next',
      [monthly(15)],
      '2026-07-15T09:00:00Z',
      false,
      '2026-08-14T22:00:00.000Z',
    ],
    [
      'two programmes: the sooner payday',
      [monthly(15), monthly(25)],
      '2026-07-16T00:00:00Z',
      false,
      '2026-07-24T22:00:00.000Z',
    ],
    ['one of two on demand', [monthly(15), ON_DEMAND], '2026-07-16T00:00:00Z', true, null],
  ])('%s', ([, schedules, lastPayout, isDue, next]) => {
    expect(isScheduled(schedules, lastPayout === null ? null : at(lastPayout), NOW)).toBe(isDue);
    expect(told(nextPayday(schedules, NOW))).toBe(next);
  });
});
