import { MILLISECONDS_PER_DAY } from './instant.ts';
import type { Instant } from './instant.ts';

/**
 * A day of the merchant, who is Dutch: whole days since 1970-01-01. Papers, reports and cut-offs have the same days, so
 * that a month of one is a month of the other.
 */
export type Day = number;

const MILLISECONDS_PER_HOUR = 3_600_000;
const MILLISECONDS_PER_YEAR = 365.2425 * MILLISECONDS_PER_DAY;

/** The day that it is then in the Netherlands. */
export function dayOf(at: Instant): Day {
  return Math.floor((at + offsetAt(at)) / MILLISECONDS_PER_DAY);
}

/** The first millisecond of a day in the Netherlands. */
export function startOfDay(day: Day): Instant {
  const inUtc = day * MILLISECONDS_PER_DAY;
  // Clocks change in the night, but never between this hour and midnight.
  return inUtc - offsetAt(inUtc - 2 * MILLISECONDS_PER_HOUR);
}

/** `2026-03-31` */
export function dayText(day: Day): string {
  return new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** Of a text such as `2026-03-31`. */
export function dayNamed(text: string): Day {
  return Date.parse(`${text}T00:00:00Z`) / MILLISECONDS_PER_DAY;
}

/**
 * Ahead of UTC: an hour, two from the last Sunday of March to that of October, both at 1:00 UTC (Directive 2000/84/EC; so
 * since 1996, and taken to have been so before). Worked out, not asked of the runtime: what a day held must not
 * depend on which time zone database a rebuild runs with, and a build asks for every touch.
 */
function offsetAt(at: Instant): number {
  // A day off at the turn of a year, when it is winter in both.
  const summer = summerOf(1970 + Math.floor(at / MILLISECONDS_PER_YEAR));
  const isSummer = summer.begins <= at && at < summer.ends;
  return (isSummer ? 2 : 1) * MILLISECONDS_PER_HOUR;
}

interface Summer {
  readonly begins: Instant;
  readonly ends: Instant;
}

/** Each is worked out once. */
const summers = new Map<number, Summer>();

function summerOf(year: number): Summer {
  const known = summers.get(year);
  if (known !== undefined) return known;
  const summer = { begins: lastSunday(year, 'March'), ends: lastSunday(year, 'October') };
  summers.set(year, summer);
  return summer;
}

/** 1:00 UTC of the last Sunday of a month of 31 days. */
function lastSunday(year: number, month: 'March' | 'October'): Instant {
  const last = new Date(Date.UTC(year, month === 'March' ? 2 : 9, 31, 1));
  return last.getTime() - last.getUTCDay() * MILLISECONDS_PER_DAY;
}
