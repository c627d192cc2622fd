import type { PlacedOrder } from '../history/order-history.ts';
import type { Instant } from '../instant.ts';
import { daysInMilliseconds } from '../instant.ts';
import type { Terms } from '../terms.ts';

/** Rule 8: the millisecond from which it is payable; null while the order it waits for isn't completed. */
export function payableFrom(order: PlacedOrder, terms: Terms): Instant | null {
  const held: Readonly<Record<Terms['holdFrom'], Instant | undefined>> = {
    placed: order.placed.occurredAt,
    completed: order.completed?.occurredAt,
  };
  const from = held[terms.holdFrom];
  return from === undefined ? null : from + daysInMilliseconds(terms.holdDays);
}
