import { heldInTheEnd, itemsOf, openInTheEnd, type Decision } from '@provisie/domain';
import { sql } from 'kysely';
import { factsAbout, namingOrders } from './fact-rows.ts';
import { findDecision } from './queries/orders.ts';
import type { Session } from './session.ts';

/** What stands pending of an order of which nothing will be open, so that it has no open item. */
export interface PendingApart {
  readonly partnerId: string;
  readonly currency: string;
  readonly amountCents: number;
}

/** All of it: commissions that were settled, as a rule written off, while no end of their hold is in sight. */
export async function settledWhilePending(session: Session): Promise<readonly PendingApart[]> {
  const { rows } = await sql<{ order_id: string }>`
    select c.order_id from commissions c
    where c.payable_from is null and c.amount_cents <> 0
      and coalesce(c.settled_status, '') <> 'rejected'
      and exists (select 1 from named_orders n where n.order_id = c.order_id)
      and not exists (select 1 from open_items o where o.order_id = c.order_id
        and o.partner_id = c.partner_id and o.currency = c.currency)
    order by c.order_id`.execute(session.db);
  const pending: PendingApart[] = [];
  for (const { order_id } of rows) {
    const decision = await findDecision(session, order_id);
    if (decision !== null) pending.push(...(await pendingOf(session, decision)));
  }
  return pending;
}

async function pendingOf(session: Session, decision: Decision): Promise<readonly PendingApart[]> {
  const named = await namingOrders(session, [decision.orderId]);
  const keysOf = (kind: string) => named.filter((row) => row.kind === kind).map((row) => row.key);
  const settling = [
    ...(await factsAbout(session, 'payout', keysOf('payout'))),
    ...(await factsAbout(session, 'write_off', keysOf('write_off'))),
  ];
  return itemsOf(decision, settling)
    .filter((item) => openInTheEnd(item) === 0 && heldInTheEnd(item) !== 0)
    .map((item) => ({
      partnerId: item.partnerId,
      currency: item.currency,
      amountCents: heldInTheEnd(item),
    }));
}
