import { sql } from 'kysely';
import { EVERY, PLACES } from '../sums/groupings.ts';
import type { Session } from '../database/session.ts';
import type { OrderSums, TouchSums } from './performance-rows.ts';
import {
  columnsOf,
  COLUMNS_WITH_LINK,
  groupedBy,
  isOf,
  ordersOf,
  touchesOf,
  type Asked,
  type Period,
} from './performance-sums.ts';

const DAYS = [1];

/** Of days that aren't closed there are only the finest sums, see `closeDays`: few days, as a rule the last one. */
export function openTouches(session: Session, asked: Asked, days: Period): Promise<TouchSums[]> {
  return touchesOf(session, asked, days, { ...PLACES, spanDays: DAYS });
}

export function openOrders(session: Session, asked: Asked, days: Period): Promise<OrderSums[]> {
  return ordersOf(session, asked, days, { ...EVERY, spanDays: DAYS });
}

/** A visitor who was at several places of a group in a day counts once: the rest is taken off. */
export async function openRepeats(
  { db }: Session,
  { filter, groups }: Asked,
  { first, last }: Period,
): Promise<TouchSums[]> {
  const isOfSome = filter.partnerId !== undefined || filter.programmeId !== undefined;
  const places = isOfSome
    ? sql`links l join visitor_repeats t on t.link_code = l.code`
    : sql`visitor_repeats t left join links l on l.code = t.link_code`;
  const told = groups.filter((group) => group !== 'coupon');
  const place = sql.join([
    ...told.map((group) => COLUMNS_WITH_LINK[group]),
    sql`t.day`,
    sql`t.visitor_id`,
  ]);
  const { rows } = await sql<TouchSums>`
    select ${columnsOf(groups)} -sum(times - 1) as visitors
    from (
      select ${columnsOf(groups, COLUMNS_WITH_LINK)} count(*) as times
      from ${places} where t.day between ${first} and ${last} and ${isOf(filter, 'l')}
      group by ${place} having count(*) > 1
    ) counted
    ${groupedBy(groups)} having count(*) > 0`.execute(db);
  return rows;
}
