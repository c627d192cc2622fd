import type { CommissionStatus } from '@provisie/domain';
import { sql } from 'kysely';
import type { Session } from '../database/session.ts';
import type { CommissionTable } from '../tables/index.ts';
import type { CommissionFilter, CommissionView, Page, PageRequest } from '../views.ts';
import { datedPlace, pageOf, placeOfCursor } from './cursor.ts';

/** Newest orders first. */
export async function listCommissions(
  { db }: Session,
  filter: CommissionFilter,
  page: PageRequest,
): Promise<Page<CommissionView>> {
  const after = placeOfCursor(page, datedPlace);
  const status = statusAt(filter.at);
  let query = db
    .selectFrom('commissions')
    .selectAll()
    .select(status.as('status'))
    .limit(page.limit + 1);
  const { partnerId, programmeId, placedFrom, placedBefore, at } = filter;
  if (partnerId !== undefined) query = query.where('partner_id', '=', partnerId);
  if (programmeId !== undefined) query = query.where('programme_id', '=', programmeId);
  if (placedFrom !== undefined) query = query.where('placed_at', '>=', placedFrom);
  if (placedBefore !== undefined) query = query.where('placed_at', '<', placedBefore);
  if (filter.status !== undefined) query = query.where(hasStatus(filter.status, at));
  if (after !== null) {
    query = query.where((where) =>
      where.eb(where.refTuple('placed_at', 'order_id'), '<', where.tuple(after[0], after[1])),
    );
  }
  // Rows of one status: to name it first lets PostgreSQL walk the index of those that have none yet.
  if (filter.status !== undefined) query = query.orderBy('settled_status', 'desc');
  const rows = await query.orderBy('placed_at', 'desc').orderBy('order_id', 'desc').execute();
  return pageOf(rows, page.limit, (row) => [row.placed_at, row.order_id], commissionOfRow);
}

/** Rule 8: what isn't settled is payable from the end of its hold on, and pending before. */
function statusAt(at: number) {
  return sql<CommissionStatus>`coalesce(settled_status, case when payable_from <= ${at} then 'payable' else 'pending' end)`;
}

/** The same as a condition that an index answers. */
function hasStatus(status: CommissionStatus, at: number) {
  switch (status) {
    case 'payable':
      return sql<boolean>`settled_status is null and payable_from <= ${at}`;
    case 'pending':
      return sql<boolean>`settled_status is null and (payable_from is null or payable_from > ${at})`;
    case 'rejected':
    case 'reversed':
    case 'paid':
    case 'scheduled':
    case 'written_off':
      return sql<boolean>`settled_status = ${status}`;
  }
}

function commissionOfRow(
  row: CommissionTable & { readonly status: CommissionStatus },
): CommissionView {
  return {
    orderId: row.order_id,
    partnerId: row.partner_id,
    programmeId: row.programme_id,
    termsVersion: row.terms_version,
    currency: row.currency,
    placedAt: row.placed_at,
    kind: row.kind,
    linkCode: row.link_code,
    couponCode: row.coupon_code,
    baseCents: row.base_cents,
    amountCents: row.amount_cents,
    payableFrom: row.payable_from,
    status: row.status,
    rejectionReason: row.rejection_reason,
    writtenOffCents: row.written_off_cents,
  };
}
