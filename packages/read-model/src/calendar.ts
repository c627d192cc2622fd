import { MILLISECONDS_PER_DAY, type Instant } from '@provisie/domain';

/** Whole days since 1970-01-01, in UTC. */
export function dayOf(at: Instant): number {
  return Math.floor(at / MILLISECONDS_PER_DAY);
}

const MONTHS_PER_YEAR = 12;
const FIRST_YEAR = 1970;

/** Whole months from 1970-01 to the one that a day lies in; days are whole days since 1970-01-01, both in UTC. */
export function monthOfDay(day: number): number {
  const date = new Date(day * MILLISECONDS_PER_DAY);
  return (date.getUTCFullYear() - FIRST_YEAR) * MONTHS_PER_YEAR + date.getUTCMonth();
}

/** The first day of a month. */
function firstDayOf(month: number): number {
  return Date.UTC(FIRST_YEAR, month, 1) / MILLISECONDS_PER_DAY;
}

/** A span of days, both ends in it, as whole months and the days that are left over before and after them. */
export interface Span {
  readonly days: readonly DaysBetween[];
  /** Null where no whole month is in it. */
  readonly months: DaysBetween | null;
}

interface DaysBetween {
  readonly first: number;
  readonly last: number;
}

export function inMonths(firstDay: number, lastDay: number): Span {
  const first = monthOfDay(firstDay - 1) + 1;
  const last = monthOfDay(lastDay + 1) - 1;
  if (first > last) return { days: [{ first: firstDay, last: lastDay }], months: null };
  const days = [
    { first: firstDay, last: firstDayOf(first) - 1 },
    { first: firstDayOf(last + 1), last: lastDay },
  ];
  return { days: days.filter((span) => span.first <= span.last), months: { first, last } };
}
