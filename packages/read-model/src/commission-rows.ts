import { commissionStatus, type Decision } from '@provisie/domain';
import { command, insertion, type Session } from './session.ts';
import type { CommissionTable } from './tables.ts';

const putCommission = insertion('commissions', 'replace');
const dropCommission = command((db) =>
  db.deleteFrom('commissions').where('order_id', '=', '').compile(),
);

/** Keeps the commission of the order; none when its award never earned a reward. */
export async function keepCommission(session: Session, decision: Decision): Promise<void> {
  const row = commissionRow(decision);
  if (row === null) await dropCommission(session, decision.orderId);
  else await putCommission(session, [row]);
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
    customer: decision.customer,
  };
}

/** The status where it is the same at every moment; null where only the hold decides it. */
function settledStatus(decision: Decision): CommissionTable['settled_status'] {
  const status = commissionStatus(decision, 0);
  return status === 'payable' || status === 'pending' ? null : status;
}
