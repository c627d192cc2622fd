import {
  openInTheEnd,
  openItemsOf,
  type Decision,
  type EntityFact,
  type OpenItem,
} from '@provisie/domain';
import { tableOfOrders, type HeldRows } from './held-rows.ts';
import type { OpenItemTable } from '../tables/index.ts';

export const openItemTable = tableOfOrders('open_items', ({ partner_id, currency }) => {
  return `${currency} ${partner_id}`;
});

/** Keeps what stands open about the order. `settling`: the facts of the payouts and write-offs that name it. */
export function keepOpenItems(
  items: HeldRows<OpenItemTable>,
  decision: Decision,
  settling: readonly EntityFact[],
): void {
  const rows = openItemsOf(decision, settling).map(rowOfItem);
  for (const before of items.of(decision.orderId)) {
    const { partner_id, currency } = before;
    const isStillOpen = rows.some(
      (row) => row.partner_id === partner_id && row.currency === currency,
    );
    if (!isStillOpen) items.drop(before);
  }
  for (const row of rows) items.put(row);
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
