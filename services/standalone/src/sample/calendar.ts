import type { Chance } from './random.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** The office's clocks stand at UTC+2 in the whole sample. */
const SUMMER_TIME = 2 * HOUR;

/** Relative traffic per hour of the day in the Netherlands. */
const HOURS: readonly (readonly [number, number])[] = [
  3, 2, 1, 1, 1, 2, 5, 9, 14, 18, 20, 20, 19, 18, 18, 17, 17, 18, 21, 25, 28, 26, 18, 9,
].map((weight, hour) => [hour, weight] as const);

/** A moment of that UTC midnight's day as people in the Netherlands spend it, on the whole second. */
export function momentOfDay(chance: Chance, utcMidnight: number): number {
  const hour = chance.weighted(HOURS);
  return utcMidnight - SUMMER_TIME + hour * HOUR + chance.between(0, 3599) * SECOND;
}

/** The UTC midnights from one day to another, both inclusive; days as `YYYY-MM-DD`. */
export function daysBetween(fromDay: string, toDay: string): number[] {
  const first = Date.parse(`${fromDay}T00:00:00Z`);
  const last = Date.parse(`${toDay}T00:00:00Z`);
  return Array.from({ length: (last - first) / DAY + 1 }, (_, index) => first + index * DAY);
}

/** As WooCommerce writes a moment in UTC: no fraction, no zone. */
export function shopTimeUtc(at: number): string {
  return new Date(at).toISOString().slice(0, 19);
}

/** As WooCommerce writes a moment in the shop's own time. */
export function shopTimeLocal(at: number): string {
  return shopTimeUtc(at + SUMMER_TIME);
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** As nginx writes `$time_local`: `03/Jul/2026:14:05:59 +0200`. */
export function logTime(at: number): string {
  const local = new Date(at + SUMMER_TIME).toISOString();
  const month = MONTHS[Number(local.slice(5, 7)) - 1] ?? 'Jan';
  return `${local.slice(8, 10)}/${month}/${local.slice(0, 4)}:${local.slice(11, 19)} +0200`;
}
