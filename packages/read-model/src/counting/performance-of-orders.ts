import { dayOf, type Decision, type Facts } from '@provisie/domain';
import { z } from 'zod';
import { campaignOf } from './performance-of-touches.ts';
import type { OrderShare } from '../sums/order-sums.ts';

/** What one decision adds to the performance of its day; null for an order that doesn't count. */
export function performanceOf(decision: Decision, facts: Facts): OrderShare | null {
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

const asWritten = z.custom<OrderShare>();

export function performanceOfText(text: string | null): OrderShare | null {
  return text === null ? null : asWritten.parse(JSON.parse(text));
}
