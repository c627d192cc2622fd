import { paidAsOf, type OpenItem, type PaidAs } from '@provisie/domain';
import { factsAbout } from '../fact-rows.ts';
import type { Session } from '../session.ts';

export const NOTHING_PAID: ReadonlyMap<string, PaidAs> = new Map();

/** By partner, how the orders of these items were taxed when they were paid. */
export async function paidAs(
  session: Session,
  items: readonly OpenItem[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, PaidAs>>> {
  if (items.length === 0) return new Map();
  const facts = await factsAbout(session, 'payout', await payoutsNaming(session, items));
  const byPartner = Map.groupBy(facts, (fact) =>
    'partnerId' in fact.data ? fact.data.partnerId : '',
  );
  const paid = new Map<string, Map<string, PaidAs>>();
  for (const [partnerId, theirs] of Map.groupBy(items, (item) => item.partnerId)) {
    const all = paidAsOf(byPartner.get(partnerId) ?? []);
    const asked = new Map<string, PaidAs>();
    for (const { orderId } of theirs) {
      const known = all.get(orderId);
      if (known !== undefined) asked.set(orderId, known);
    }
    paid.set(partnerId, asked);
  }
  return paid;
}

async function payoutsNaming(
  { db, dialect }: Session,
  items: readonly OpenItem[],
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('named_orders')
    .select('key')
    .distinct()
    .where('order_id', dialect.is, dialect.anyOf(items.map((item) => item.orderId)))
    .where('kind', '=', 'payout')
    .execute();
  return rows.map((row) => row.key);
}
