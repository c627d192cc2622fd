import { paidPartsOf, type OpenItem, type PaidPart } from '@provisie/domain';
import { z } from 'zod';
import { factsAbout } from '../batch/fact-rows.ts';
import type { KeptPayout } from '../batch/payout-rows.ts';
import type { Session } from '../database/session.ts';

export const NOTHING_PAID: ReadonlyMap<string, readonly PaidPart[]> = new Map();

type ByPartner = Map<string, Map<string, readonly PaidPart[]>>;

/** By partner, what was paid of the orders of these items and not taken back, and how it was taxed. */
export async function paidParts(
  session: Session,
  items: readonly OpenItem[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, readonly PaidPart[]>>> {
  if (items.length === 0) return new Map();
  const naming = await payoutsNaming(session, items);
  const paid: ByPartner = new Map();
  const unclear: OpenItem[] = [];
  for (const item of items) {
    const theirs = (naming.get(item.orderId) ?? []).filter(
      ({ partnerId }) => partnerId === item.partnerId,
    );
    const [only] = theirs;
    if (only === undefined) continue;
    if (theirs.length > 1 || item.settlement.paidCents === 0) unclear.push(item);
    else set(paid, item, paidIn(only, item));
  }
  for (const [item, known] of await fromLines(session, unclear, naming)) set(paid, item, known);
  return paid;
}

function set(paid: ByPartner, { partnerId, orderId }: OpenItem, known: readonly PaidPart[]): void {
  if (known.length === 0) return;
  const ofPartner = paid.get(partnerId) ?? new Map<string, readonly PaidPart[]>();
  paid.set(partnerId, ofPartner.set(orderId, known));
}

/** The projector wrote these texts from views: their shape needs no second check. */
const keptPayout = z.custom<KeptPayout>();

/** By order, the payouts that count and name it. */
async function payoutsNaming(
  { db, dialect }: Session,
  items: readonly OpenItem[],
): Promise<ReadonlyMap<string, readonly KeptPayout[]>> {
  const named = await db
    .selectFrom('named_orders')
    .select(['order_id', 'key'])
    .where('order_id', dialect.is, dialect.anyOf(items.map((item) => item.orderId)))
    .where('kind', '=', 'payout')
    .execute();
  const payouts = await db
    .selectFrom('payouts')
    .select(['payout_id', 'view'])
    .where('payout_id', dialect.is, dialect.anyOf([...new Set(named.map(({ key }) => key))]))
    .where('status', 'not in', ['cancelled', 'failed'])
    .execute();
  const views = new Map(
    payouts.map(({ payout_id, view }) => [payout_id, keptPayout.parse(JSON.parse(view))]),
  );
  const naming = new Map<string, KeptPayout[]>();
  for (const { order_id, key } of named) {
    const payout = views.get(key);
    if (payout !== undefined) naming.set(order_id, [...(naming.get(order_id) ?? []), payout]);
  }
  return naming;
}

/** Of an order that one payout names and something was paid of: then its line there pays, whatever stands in it. */
function paidIn({ payoutId, vat }: KeptPayout, { settlement }: OpenItem): readonly PaidPart[] {
  const part = vat.find(({ kind }) => kind === 'invoiced');
  const amountCents = settlement.paidCents - settlement.takenBackCents;
  if (part === undefined || amountCents <= 0) return [];
  const { treatment, rateBps } = part;
  return [{ payoutId, treatment, rateBps, amountCents }];
}

/** Where several payouts name an order, their lines tell which of them paid it. They may be thousands. */
async function fromLines(
  session: Session,
  items: readonly OpenItem[],
  naming: ReadonlyMap<string, readonly KeptPayout[]>,
): Promise<readonly (readonly [OpenItem, readonly PaidPart[]])[]> {
  if (items.length === 0) return [];
  const owners = new Map(
    items
      .flatMap(({ orderId }) => naming.get(orderId) ?? [])
      .map(({ payoutId, partnerId }) => [payoutId, partnerId]),
  );
  const facts = await factsAbout(session, 'payout', owners.keys());
  const byPartner = Map.groupBy(facts, (fact) =>
    'payoutId' in fact.data ? owners.get(fact.data.payoutId) : undefined,
  );
  return [...Map.groupBy(items, ({ partnerId }) => partnerId)].flatMap(([partnerId, theirs]) => {
    const paid = paidPartsOf(byPartner.get(partnerId) ?? []);
    return theirs.map((item) => [item, paid.get(item.orderId) ?? []] as const);
  });
}
