import type { Decision, Facts } from '@provisie/domain';
import { z } from 'zod';
import { campaignOf, dayOf } from './performance-of-touches.ts';
import { monthOfDay } from './months.ts';
import { command, insertion, type Session } from './session.ts';
import type { OrderDayTable } from './tables.ts';

/** What one decision adds to the performance of its day; null for an order that doesn't count. */
export function performanceOf(decision: Decision, facts: Facts): OrderDayTable | null {
  const { award, commission } = decision;
  if (award === null || decision.cancelledAt !== null) return null;
  const touch = facts.touches.find((touch) => touch.touchId === award.touchId);
  const isRejected = commission !== null && commission.rejection !== null;
  return {
    day: dayOf(decision.placedAt),
    partner_id: award.partnerId,
    programme_id: award.programmeId,
    link_code: award.linkCode ?? '',
    coupon_code: award.couponCode ?? '',
    campaign: campaignOf(touch),
    currency: decision.currency,
    orders: 1,
    revenue_cents: decision.base.baseCents,
    commission_cents: commission === null || isRejected ? 0 : commission.amountCents,
  };
}

const asWritten = z.custom<OrderDayTable>();

export function performanceOfText(text: string | null): OrderDayTable | null {
  return text === null ? null : asWritten.parse(JSON.parse(text));
}

const addOrderDays = insertion('order_days', 'add');
const addOrderMonths = insertion('order_months', 'add');
const dropEmptyDay = command((db) =>
  db
    .deleteFrom('order_days')
    .where('day', '=', 0)
    .where('partner_id', '=', '')
    .where('programme_id', '=', '')
    .where('link_code', '=', '')
    .where('coupon_code', '=', '')
    .where('campaign', '=', '')
    .where('currency', '=', '')
    .where('orders', '=', 0)
    .compile(),
);
const dropEmptyMonth = command((db) =>
  db
    .deleteFrom('order_months')
    .where('month', '=', 0)
    .where('partner_id', '=', '')
    .where('programme_id', '=', '')
    .where('link_code', '=', '')
    .where('coupon_code', '=', '')
    .where('campaign', '=', '')
    .where('currency', '=', '')
    .where('orders', '=', 0)
    .compile(),
);

/** Moves an order's share of its day's and month's performance from what it was to what it is. */
export async function movePerformance(
  session: Session,
  before: OrderDayTable | null,
  after: OrderDayTable | null,
): Promise<void> {
  if (before !== null) {
    await add(session, {
      ...before,
      orders: -before.orders,
      revenue_cents: -before.revenue_cents,
      commission_cents: -before.commission_cents,
    });
  }
  if (after !== null) await add(session, after);
  if (before === null) return;
  const { day, partner_id, programme_id, link_code, coupon_code, campaign, currency } = before;
  const place = [partner_id, programme_id, link_code, coupon_code, campaign, currency];
  await dropEmptyDay(session, day, ...place, 0);
  await dropEmptyMonth(session, monthOfDay(day), ...place, 0);
}

async function add(session: Session, { day, ...share }: OrderDayTable): Promise<void> {
  await addOrderDays(session, [{ day, ...share }]);
  await addOrderMonths(session, [{ month: monthOfDay(day), ...share }]);
}
