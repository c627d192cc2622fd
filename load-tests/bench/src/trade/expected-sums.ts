import { MILLISECONDS_PER_DAY } from '@provisie/domain';
import { isPaidOut, LARGEST, nowOf, startOfWeek, type TradeShape } from './trade-shape.ts';
import { orderOfWeek, type WeekOrder } from './week-orders.ts';

const HOLD_MS = 14 * MILLISECONDS_PER_DAY;

/** What the largest partner's balance must come to, worked out from how its orders were made. */
export interface ExpectedSums {
  readonly pendingCents: number;
  readonly payableCents: number;
  readonly paidCents: number;
  readonly clawbackCents: number;
  /** Attributed in each week and not cancelled. */
  readonly ordersPerWeek: number;
}

export function expectedSums(shape: TradeShape): ExpectedSums {
  const now = nowOf(shape);
  const sums = { pendingCents: 0, earnedCents: 0, paidCents: 0, clawbackCents: 0 };
  for (let week = 0; week < shape.weeks; week += 1) {
    for (const order of ordersOfLargest(week, shape)) {
      if (isPaidOut(week, shape)) {
        sums.paidCents += order.dueCents;
        sums.clawbackCents += clawbackOf(order);
      } else if (order.placedAt + HOLD_MS <= now) sums.earnedCents += order.dueCents;
      else sums.pendingCents += order.dueCents;
    }
  }
  const { pendingCents, earnedCents, paidCents, clawbackCents } = sums;
  const counted = ordersOfLargest(0, shape).filter(({ fate }) => fate !== 'cancelled');
  return {
    pendingCents,
    payableCents: earnedCents - clawbackCents,
    paidCents,
    clawbackCents,
    ordersPerWeek: counted.length,
  };
}

/** How many orders have a commission, and what all that aren't rejected come to. */
export function expectedCommissions(shape: TradeShape) {
  let [commissions, amountCents] = [0, 0];
  for (let week = 0; week < shape.weeks; week += 1) {
    for (let n = 0; n < shape.ordersPerWeek; n += 1) {
      const order = orderOfWeek(week, n, shape);
      commissions += order.came === 'by_itself' || !order.isFirst ? 0 : 1;
      amountCents += order.dueCents - (isPaidOut(week, shape) ? clawbackOf(order) : 0);
    }
  }
  return { commissions, amountCents };
}

/** Those that were attributed to it. */
function ordersOfLargest(week: number, shape: TradeShape): readonly WeekOrder[] {
  return Array.from({ length: shape.ordersPerWeek }, (_, n) => orderOfWeek(week, n, shape)).filter(
    ({ partner, came }) => partner === LARGEST && came !== 'by_itself',
  );
}

function clawbackOf({ fate, dueCents, amountCents, refundCents }: WeekOrder): number {
  if (fate !== 'refunded_after_payout' || dueCents === 0) return 0;
  return dueCents - Math.floor((amountCents - refundCents + 5) / 10);
}

/** The days of 13 whole weeks, the last of which is over. */
export function quarterOf({ weeks }: TradeShape) {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const first = Math.max(0, weeks - 13);
  return {
    weeks: weeks - first,
    from: day(startOfWeek(first)),
    to: day(startOfWeek(weeks) - 1),
  };
}
