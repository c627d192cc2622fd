import type { Decision } from '@provisie/domain';
import { z } from 'zod';
import type { Session } from '../database/session.ts';
import { decisionOfText } from '../batch/stored-decision.ts';
import type { OrderView, Page, PageRequest } from '../views.ts';
import { datedPlace, pageOf, placeOfCursor } from './cursor.ts';

const orderView = z.custom<OrderView>();

export interface OrderFilter {
  readonly partnerId?: string;
  readonly placedFrom?: number;
  readonly placedBefore?: number;
}

/** Newest first; orders whose placing isn't known last. */
export async function listOrders(
  { db }: Session,
  filter: OrderFilter,
  page: PageRequest,
): Promise<Page<OrderView>> {
  const after = placeOfCursor(page, datedPlace);
  let query = db
    .selectFrom('orders')
    .selectAll()
    .orderBy('placed_at', 'desc')
    .orderBy('order_id', 'desc')
    .limit(page.limit + 1);
  if (filter.partnerId !== undefined) query = query.where('partner_id', '=', filter.partnerId);
  if (filter.placedFrom !== undefined) query = query.where('placed_at', '>=', filter.placedFrom);
  if (filter.placedBefore !== undefined) {
    query = query.where('placed_at', '>=', 0).where('placed_at', '<', filter.placedBefore);
  }
  if (after !== null) {
    query = query.where((where) =>
      where.eb(where.refTuple('placed_at', 'order_id'), '<', where.tuple(after[0], after[1])),
    );
  }
  const rows = await query.execute();
  return pageOf(rows, page.limit, (row) => [row.placed_at, row.order_id], orderOfRow);
}

export async function findOrder({ db }: Session, orderId: string): Promise<OrderView | null> {
  const row = await db
    .selectFrom('orders')
    .select('view')
    .where('order_id', '=', orderId)
    .executeTakeFirst();
  return row === undefined ? null : orderOfRow(row);
}

function orderOfRow(row: { readonly view: string }): OrderView {
  return orderView.parse(JSON.parse(row.view));
}

export async function findDecision({ db }: Session, orderId: string): Promise<Decision | null> {
  const row = await db
    .selectFrom('decisions')
    .select('decision')
    .where('order_id', '=', orderId)
    .executeTakeFirst();
  return row === undefined ? null : decisionOfText(row.decision);
}
