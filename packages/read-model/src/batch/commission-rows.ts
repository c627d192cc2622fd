import { commissionStatus, type Decision } from '@provisie/domain';
import { tableOfOrders, type HeldRows } from './held-rows.ts';
import type { CommissionTable } from '../tables/index.ts';

export const commissionTable = tableOfOrders('commissions');

/** Keeps the commission of the order; none when its award never earned a reward. */
export function keepCommission(commissions: HeldRows<CommissionTable>, decision: Decision): void {
  const row = commissionRow(decision);
  const before = commissions.oneOf(decision.orderId);
  if (row !== null) commissions.put(row);
  else if (before !== undefined) commissions.drop(before);
}

function commissionRow(decision: Decision): CommissionTable | null {
  const { award, commission } = decision;
  if (award === null || commission === null) return null;
  return {
    order_id: decision.orderId,
    partner_id: award.partnerId,
    programme_id: award.programmeId,
    terms_version: award.termsVersion,
    currency: decision.currency,
    placed_at: decision.placedAt,
    kind: award.kind,
    link_code: award.linkCode,
    coupon_code: award.couponCode,
    base_cents: decision.base.baseCents,
    amount_cents: commission.amountCents,
    payable_from: commission.payableFrom,
    settled_status: settledStatus(decision),
    rejection_reason: commission.rejection?.reason ?? null,
    written_off_cents: commission.writtenOffCents,
    customer: decision.customer,
  };
}

/** The status where it is the same at every moment; null where only the hold decides it. */
function settledStatus(decision: Decision): CommissionTable['settled_status'] {
  const status = commissionStatus(decision, 0);
  return status === 'payable' || status === 'pending' ? null : status;
}
