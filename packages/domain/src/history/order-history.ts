import type { FactOfType } from '../event-catalogue.ts';
import type { Instant } from '../instant.ts';
import { countingFact, countingPlacing } from '../repeats.ts';

export type OrderFact = FactOfType<
  'OrderPlaced' | 'OrderAmended' | 'OrderCompleted' | 'OrderRefunded' | 'OrderCancelled'
>;
export type PlacedFact = FactOfType<'OrderPlaced'>;
export type AmendedFact = FactOfType<'OrderAmended'>;
export type RefundedFact = FactOfType<'OrderRefunded'>;

/** Everything known of one order; each fact once. */
export interface OrderHistory {
  placed: PlacedFact | undefined;
  completed: FactOfType<'OrderCompleted'> | undefined;
  cancelled: FactOfType<'OrderCancelled'> | undefined;
  /** By amendment id. */
  readonly amended: Map<string, AmendedFact>;
  /** By refund id. */
  readonly refunded: Map<string, RefundedFact>;
}

export type PlacedOrder = OrderHistory & { placed: PlacedFact };

export function newOrderHistory(): OrderHistory {
  return {
    placed: undefined,
    completed: undefined,
    cancelled: undefined,
    amended: new Map(),
    refunded: new Map(),
  };
}

export function isPlaced(history: OrderHistory): history is PlacedOrder {
  return history.placed !== undefined;
}

/** The order as it was known to be at `at`, at its placing or later. */
export function orderAsOf(order: PlacedOrder, at: Instant): PlacedOrder {
  const by = <F extends { readonly occurredAt: Instant }>(fact: F | undefined) =>
    fact !== undefined && fact.occurredAt <= at ? fact : undefined;
  const among = <F extends { readonly occurredAt: Instant }>(facts: ReadonlyMap<string, F>) =>
    new Map([...facts].filter(([, fact]) => fact.occurredAt <= at));
  return {
    placed: order.placed,
    completed: by(order.completed),
    cancelled: by(order.cancelled),
    amended: among(order.amended),
    refunded: among(order.refunded),
  };
}

export function addOrderFact(history: OrderHistory, fact: OrderFact): void {
  switch (fact.type) {
    case 'OrderPlaced':
      history.placed = countingPlacing(history.placed, fact);
      break;
    case 'OrderCompleted':
      history.completed = countingFact(history.completed, fact);
      break;
    case 'OrderCancelled':
      history.cancelled = countingFact(history.cancelled, fact);
      break;
    case 'OrderAmended': {
      const { amendmentId } = fact.data;
      history.amended.set(amendmentId, countingFact(history.amended.get(amendmentId), fact));
      break;
    }
    case 'OrderRefunded': {
      const { refundId } = fact.data;
      history.refunded.set(refundId, countingFact(history.refunded.get(refundId), fact));
      break;
    }
  }
}
