import { heldInTheEnd, itemsOf, openInTheEnd, type Decision } from '@provisie/domain';
import { sql } from 'kysely';
import { factsAbout, namingOrders } from '../batch/fact-rows.ts';
import { findDecision } from '../queries/orders.ts';
import type { Session } from '../database/session.ts';
import type { PartnerAmount } from './settled-apart.ts';

/**
 * What the accounts hold of orders besides what stands open: of commissions that were settled, as a rule written off,
 * while no end of their hold is in sight, and so are pending all the same.
 */
export async function settledWhilePending(session: Session): Promise<readonly PartnerAmount[]> {
  const { rows } = await sql<{ order_id: string }>`
    select c.order_id from commissions c
    where c.payable_from is null and c.amount_cents <> 0
      and coalesce(c.settled_status, '') <> 'rejected'
      and exists (select 1 from named_orders n where n.order_id = c.order_id)
    order by c.order_id`.execute(session.db);
  const pending: PartnerAmount[] = [];
  for (const { order_id } of rows) {
    const decision = await findDecision(session, order_id);
    if (decision !== null) pending.push(...(await pendingOf(session, decision)));
  }
  return pending;
}

async function pendingOf(session: Session, decision: Decision): Promise<readonly PartnerAmount[]> {
  const named = await namingOrders(session, [decision.orderId]);
  const keysOf = (kind: string) => named.filter((row) => row.kind === kind).map((row) => row.key);
  const settling = [
    ...(await factsAbout(session, 'payout', keysOf('payout'))),
    ...(await factsAbout(session, 'write_off', keysOf('write_off'))),
  ];
  return itemsOf(decision, settling).map((item) => ({
    partnerId: item.partnerId,
    currency: item.currency,
    amountCents: heldInTheEnd(item) - openInTheEnd(item),
  }));
}
