import * as z from 'zod';

/** A moment in UTC as milliseconds since 1970-01-01T00:00:00Z; whole, never before 1970. */
export type Instant = number;

/** Later than every fact: by all that are known. */
export const NOW: Instant = Number.POSITIVE_INFINITY;

export const instantSchema = z.int().min(0).max(8_640_000_000_000_000);

export const MILLISECONDS_PER_DAY = 86_400_000;

/** `days` × 24 hours, as the attribution window and the hold count them: no calendar, no time zone. */
export function daysInMilliseconds(days: number): number {
  return days * MILLISECONDS_PER_DAY;
}
