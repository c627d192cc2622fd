import type { Instant } from '../instant.ts';
import { daysInMilliseconds } from '../instant.ts';
import type { Terms } from '../terms.ts';

/** Rule 2: touches from this millisecond on are inside the window of an order placed at `placedAt`. */
export function windowOpensAt(placedAt: Instant, terms: Terms): Instant {
  return placedAt - daysInMilliseconds(terms.windowDays);
}
