import {
  openInTheEnd,
  openItemsOf,
  type Decision,
  type EntityFact,
  type OpenItem,
} from '@provisie/domain';
import { command, insertion, statement, type Session } from './session.ts';
import type { OpenItemTable } from './tables.ts';

const itemsOfOrder = statement((db) =>
  db
    .selectFrom('open_items')
    .selectAll()
    .where('order_id', '=', '')
    .orderBy('partner_id')
    .orderBy('currency')
    .compile(),
);
const putItems = insertion('open_items', 'replace');
const dropItem = command((db) =>
  db
    .deleteFrom('open_items')
    .where('partner_id', '=', '')
    .where('currency', '=', '')
    .where('order_id', '=', '')
    .compile(),
);

/**
 * Keeps what stands open about the order. `settling`: the facts of the payouts and write-offs that name it.
 * `isNew`: it was never decided before.
 */
export async function keepOpenItems(
  session: Session,
  decision: Decision,
  settling: readonly EntityFact[],
  isNew: boolean,
): Promise<void> {
  const rows = openItemsOf(decision, settling).map(rowOfItem);
  const known = isNew ? [] : await itemsOfOrder(session, decision.orderId);
  const before = new Map(known.map((row) => [nameOf(row), textOf(row)]));
  const changed = rows.filter((row) => before.get(nameOf(row)) !== textOf(row));
  for (const row of rows) before.delete(nameOf(row));
  for (const row of known) {
    if (!before.has(nameOf(row))) continue;
    await dropItem(session, row.partner_id, row.currency, row.order_id);
  }
  await putItems(session, changed);
}

function nameOf({ partner_id, currency }: OpenItemTable): string {
  return `${partner_id} ${currency}`;
}

function textOf(row: OpenItemTable): string {
  return JSON.stringify([
    row.programme_id,
    row.terms_version,
    row.touch_id,
    row.customer,
    row.earned_cents,
    row.payable_from,
    row.paid_cents,
    row.taken_back_cents,
    row.forgone_cents,
    row.forgiven_cents,
  ]);
}

export function rowOfItem(item: OpenItem): OpenItemTable {
  return {
    partner_id: item.partnerId,
    currency: item.currency,
    order_id: item.orderId,
    programme_id: item.programmeId,
    terms_version: item.termsVersion,
    touch_id: item.touchId,
    customer: item.customer,
    earned_cents: item.earnedCents,
    payable_from: item.payableFrom,
    paid_cents: item.settlement.paidCents,
    taken_back_cents: item.settlement.takenBackCents,
    forgone_cents: item.settlement.forgoneCents,
    forgiven_cents: item.settlement.forgivenCents,
    open_cents: openInTheEnd(item),
  };
}

export function itemOfRow(row: OpenItemTable): OpenItem {
  return {
    orderId: row.order_id,
    partnerId: row.partner_id,
    currency: row.currency,
    programmeId: row.programme_id,
    termsVersion: row.terms_version,
    touchId: row.touch_id,
    customer: row.customer,
    earnedCents: row.earned_cents,
    payableFrom: row.payable_from,
    settlement: {
      partnerId: row.partner_id,
      currency: row.currency,
      paidCents: row.paid_cents,
      takenBackCents: row.taken_back_cents,
      forgoneCents: row.forgone_cents,
      forgivenCents: row.forgiven_cents,
    },
  };
}
