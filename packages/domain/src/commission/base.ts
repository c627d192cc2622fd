import type { Base } from '../decision.ts';
import type { OrderLine } from '../events/order-events.ts';
import type {
  AmendedFact,
  OrderHistory,
  PlacedOrder,
  RefundedFact,
} from '../history/order-history.ts';
import type { Cents } from '../money.ts';
import { compareIds, compareTimes } from '../order-of.ts';
import type { Lock } from './lock.ts';

const NONE: readonly string[] = [];

/** Rule 6: the lines that count, minus the refunds; an amendment that comes after the lock is refused. */
export function baseOf(order: OrderHistory, lock: Lock | null): Base {
  const amendment = amendmentThatCounts(order, lock);
  const linesCents = sumOf(linesThatCount(order, amendment));
  const refundsCents = refundsOf(order);
  return {
    linesCents,
    refundsCents,
    baseCents: Math.max(0, linesCents - refundsCents),
    amendmentId: amendment?.data.amendmentId ?? null,
    refusedAmendmentIds: refusedAmendmentIds(order, lock),
    refundIds: refundIds(order),
  };
}

/** What the lines came to at their most, over the placing and the amendments that weren't refused. */
export function greatestLinesCents(order: PlacedOrder, lock: Lock | null): Cents {
  let greatest = sumOf(order.placed.data.lines);
  for (const amendment of order.amended.values()) {
    if (isRefused(amendment, lock)) continue;
    greatest = Math.max(greatest, sumOf(amendment.data.lines));
  }
  return greatest;
}

export function linesThatCount(
  order: OrderHistory,
  amendment: AmendedFact | null,
): readonly OrderLine[] {
  return (amendment ?? order.placed)?.data.lines ?? [];
}

/** The latest by (`occurredAt`, amendment id) that wasn't refused. */
export function amendmentThatCounts(order: OrderHistory, lock: Lock | null): AmendedFact | null {
  let latest: AmendedFact | null = null;
  for (const amendment of order.amended.values()) {
    if (isRefused(amendment, lock)) continue;
    if (latest === null || compareAmendments(amendment, latest) > 0) latest = amendment;
  }
  return latest;
}

/** The refunds of an order, earliest first. */
export function refundsInOrder(order: OrderHistory): readonly RefundedFact[] {
  return [...order.refunded.values()].sort(
    (a, b) => compareTimes(a, b) || compareIds(a.data.refundId, b.data.refundId),
  );
}

function isRefused(amendment: AmendedFact, lock: Lock | null): boolean {
  return lock !== null && amendment.occurredAt >= lock.occurredAt;
}

function compareAmendments(a: AmendedFact, b: AmendedFact): number {
  return compareTimes(a, b) || compareIds(a.data.amendmentId, b.data.amendmentId);
}

function refusedAmendmentIds(order: OrderHistory, lock: Lock | null): readonly string[] {
  if (lock === null || order.amended.size === 0) return NONE;
  return [...order.amended.values()]
    .filter((amendment) => isRefused(amendment, lock))
    .sort(compareAmendments)
    .map((amendment) => amendment.data.amendmentId);
}

function refundIds(order: OrderHistory): readonly string[] {
  if (order.refunded.size === 0) return NONE;
  return refundsInOrder(order).map((refund) => refund.data.refundId);
}

function refundsOf(order: OrderHistory): Cents {
  let sum = 0;
  for (const refund of order.refunded.values()) sum += refund.data.amountCents;
  return sum;
}

function sumOf(lines: readonly OrderLine[]): Cents {
  let sum = 0;
  for (const line of lines) sum += line.amountCents;
  return sum;
}
