import { amendmentThatCounts, baseOf, linesThatCount, refundsInOrder } from '../commission/base.ts';
import { lockOf } from '../commission/lock.ts';
import type { OrderLine } from '../events/order-events.ts';
import type { EntityFact } from '../facts.ts';
import { openDossier } from '../history/dossier.ts';
import type { OrderHistory } from '../history/order-history.ts';
import type { Instant } from '../instant.ts';
import type { Cents } from '../money.ts';

export interface OrderState {
  readonly orderId: string;
  /** Null while other facts of the order are known but its placing isn't. */
  readonly placedAt: Instant | null;
  readonly customer: string | null;
  readonly currency: string | null;
  readonly couponCodes: readonly string[];
  readonly lines: readonly OrderLine[];
  readonly linesCents: Cents;
  readonly refundsCents: Cents;
  readonly baseCents: Cents;
  /** Earliest first. */
  readonly refunds: readonly {
    readonly refundId: string;
    readonly amountCents: Cents;
    readonly occurredAt: Instant;
  }[];
  readonly completedAt: Instant | null;
  readonly cancelledAt: Instant | null;
  readonly shopId: string | null;
  readonly externalId: string | null;
}

/**
 * What the facts of one order come to; null when none is among them. For an amendment after the lock to be
 * refused, the payout and the terms it names must be among the facts too, as they are for `decide`.
 */
export function orderState(orderId: string, facts: Iterable<EntityFact>): OrderState | null {
  const dossier = openDossier(facts);
  const order = dossier.orders.get(orderId);
  if (order === undefined) return null;
  const lock = lockOf(orderId, dossier);
  const { linesCents, refundsCents, baseCents } = baseOf(order, lock);
  return {
    orderId,
    ...placingOf(order),
    lines: linesThatCount(order, amendmentThatCounts(order, lock)),
    linesCents,
    refundsCents,
    baseCents,
    refunds: refundsInOrder(order).map(({ occurredAt, data: { refundId, amountCents } }) => ({
      refundId,
      amountCents,
      occurredAt,
    })),
    completedAt: order.completed?.occurredAt ?? null,
    cancelledAt: order.cancelled?.occurredAt ?? null,
  };
}

function placingOf(
  order: OrderHistory,
): Pick<
  OrderState,
  'placedAt' | 'customer' | 'currency' | 'couponCodes' | 'shopId' | 'externalId'
> {
  const { placed } = order;
  return {
    placedAt: placed?.occurredAt ?? null,
    customer: placed?.data.customer ?? null,
    currency: placed?.data.currency ?? null,
    couponCodes: placed?.data.couponCodes ?? [],
    shopId: placed?.data.source?.shopId ?? null,
    externalId: placed?.data.source?.externalId ?? null,
  };
}
