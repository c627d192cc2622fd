import { dayText } from '@provisie/domain';
import type { PerformanceDimension, PerformanceRow } from '../views.ts';

/** A dimension that isn't grouped by is left out. */
type Group = { readonly [Dimension in PerformanceDimension]?: string | number };

/** Sums may come as texts: PostgreSQL's are wider than a JS number. */
type Sum = number | string;

export type TouchSums = Group & {
  readonly clicks?: Sum;
  readonly visits?: Sum;
  readonly visitors?: Sum;
};

export type OrderSums = Group & {
  readonly currency: string;
  readonly orders: Sum;
  readonly revenue: Sum;
  readonly commission: Sum;
};

interface Totals {
  readonly group: Group;
  clicks: number;
  visits: number;
  visitors: number;
  /** By currency. */
  readonly orders: Map<string, OrderTotals>;
}

interface OrderTotals {
  readonly currency: string | null;
  readonly orders: number;
  readonly revenueCents: number;
  readonly commissionCents: number;
}

const DIMENSIONS = ['day', 'partner', 'programme', 'link', 'coupon', 'campaign'] as const;
const NO_ORDERS: OrderTotals = { currency: null, orders: 0, revenueCents: 0, commissionCents: 0 };

/** One row for each group and currency, in the order of the groups. */
export function mergePerformance(
  touches: readonly TouchSums[],
  orders: readonly OrderSums[],
): readonly PerformanceRow[] {
  const totals = new Map<string, Totals>();
  for (const sums of touches) {
    const total = totalOf(totals, sums);
    total.clicks += Number(sums.clicks ?? 0);
    total.visits += Number(sums.visits ?? 0);
    total.visitors += Number(sums.visitors ?? 0);
  }
  for (const sums of orders) {
    const { orders: known } = totalOf(totals, sums);
    const total = known.get(sums.currency) ?? NO_ORDERS;
    known.set(sums.currency, {
      currency: sums.currency,
      orders: total.orders + Number(sums.orders),
      revenueCents: total.revenueCents + Number(sums.revenue),
      commissionCents: total.commissionCents + Number(sums.commission),
    });
  }
  return [...totals.values()]
    .flatMap(rowsOf)
    .map((row) => ({ row, place: placeOf(row) }))
    .sort((one, other) => compareLists(one.place, other.place))
    .map(({ row }) => row);
}

function totalOf(totals: Map<string, Totals>, group: Group): Totals {
  const key = JSON.stringify(DIMENSIONS.map((dimension) => group[dimension] ?? null));
  const known = totals.get(key);
  if (known !== undefined) return known;
  const total: Totals = { group, clicks: 0, visits: 0, visitors: 0, orders: new Map() };
  totals.set(key, total);
  return total;
}

function rowsOf(total: Totals): PerformanceRow[] {
  const orders = total.orders.size === 0 ? [NO_ORDERS] : [...total.orders.values()];
  return orders.map((order) => rowOf(total, order));
}

function rowOf(total: Totals, order: OrderTotals): PerformanceRow {
  const { group, clicks, visits, visitors } = total;
  return {
    day: dayNameOf(group.day),
    partnerId: named(group.partner),
    programmeId: named(group.programme),
    linkCode: named(group.link),
    couponCode: named(group.coupon),
    campaign: named(group.campaign),
    clicks,
    uniqueVisitors: visitors,
    visits,
    orders: order.orders,
    currency: order.currency,
    revenueCents: order.revenueCents,
    commissionCents: order.commissionCents,
    conversionRate: visitors === 0 ? null : order.orders / visitors,
    averageOrderCents: divided(order.revenueCents, order.orders),
    earningsPerClickCents: divided(order.commissionCents, clicks),
  };
}

function named(value: string | number | undefined): string | null {
  return value === undefined || value === '' ? null : String(value);
}

function dayNameOf(day: string | number | undefined): string | null {
  return day === undefined ? null : dayText(Number(day));
}

/** Rounded half up; null for a division by zero. */
function divided(amountCents: number, by: number): number | null {
  return by === 0 ? null : Math.floor((2 * amountCents + by) / (2 * by));
}

function placeOf(row: PerformanceRow): readonly string[] {
  const { day, partnerId, programmeId, linkCode, couponCode, campaign, currency } = row;
  return [day, partnerId, programmeId, linkCode, couponCode, campaign, currency].map(
    (part) => part ?? '',
  );
}

function compareLists(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index] ?? '';
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
}
