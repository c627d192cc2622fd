import { MILLISECONDS_PER_DAY } from '@provisie/domain';
import { sql, type RawBuilder } from 'kysely';
import type { Session } from '../session.ts';
import type { PerformanceDimension, PerformanceFilter, PerformanceRow } from '../views.ts';
import { mergePerformance, type OrderSums, type TouchSums } from './performance-rows.ts';

type Columns = Readonly<Record<PerformanceDimension, RawBuilder<unknown>>>;

/** Partner and programme of a touch are those of its link now; a code that is no link has none. */
const TOUCH_COLUMNS: Columns = {
  day: sql.ref('t.day'),
  partner: sql`coalesce(l.partner_id, '')`,
  programme: sql`coalesce(l.programme_id, '')`,
  link: sql.ref('t.link_code'),
  coupon: sql`''`,
  campaign: sql.ref('t.campaign'),
};

const ORDER_COLUMNS: Columns = {
  day: sql.ref('t.day'),
  partner: sql.ref('t.partner_id'),
  programme: sql.ref('t.programme_id'),
  link: sql.ref('t.link_code'),
  coupon: sql.ref('t.coupon_code'),
  campaign: sql.ref('t.campaign'),
};

/**
 * Clicks, visitors, visits, orders and amounts, grouped. A group with orders in several currencies has a row
 * for each; its touches, which have no currency, then stand in every one of them.
 */
export async function performance(
  session: Session,
  filter: PerformanceFilter,
): Promise<readonly PerformanceRow[]> {
  const groups = [...new Set(filter.groupBy)];
  const [touches, visitors, orders] = await Promise.all([
    touchSums(session, filter, groups),
    visitorSums(session, filter, groups),
    orderSums(session, filter, groups),
  ]);
  return mergePerformance([...touches, ...visitors], orders);
}

async function touchSums(
  { db }: Session,
  filter: PerformanceFilter,
  groups: readonly PerformanceDimension[],
): Promise<TouchSums[]> {
  const { rows } = await sql<TouchSums>`
    select ${names(groups)} sum(clicks) as clicks, sum(visits) as visits
    from (
      select ${columns(groups, TOUCH_COLUMNS)} t.clicks, t.visits
      from touch_days t left join links l on l.code = t.link_code
      where ${conditions(filter, TOUCH_COLUMNS)}
    ) counted
    ${grouping(groups)} having count(*) > 0`.execute(db);
  return rows;
}

async function visitorSums(
  { db }: Session,
  filter: PerformanceFilter,
  groups: readonly PerformanceDimension[],
): Promise<TouchSums[]> {
  const { rows } = await sql<TouchSums>`
    select ${names(groups)} count(*) as visitors
    from (
      select distinct ${columns(groups, TOUCH_COLUMNS)} t.day as visit_day, t.visitor_id
      from visitor_days t left join links l on l.code = t.link_code
      where ${conditions(filter, TOUCH_COLUMNS)}
    ) counted
    ${grouping(groups)} having count(*) > 0`.execute(db);
  return rows;
}

async function orderSums(
  { db }: Session,
  filter: PerformanceFilter,
  groups: readonly PerformanceDimension[],
): Promise<OrderSums[]> {
  const { rows } = await sql<OrderSums>`
    select ${names(groups)} currency, sum(orders) as orders, sum(revenue_cents) as revenue,
      sum(commission_cents) as commission
    from (
      select ${columns(groups, ORDER_COLUMNS)} t.currency, t.orders, t.revenue_cents,
        t.commission_cents
      from order_days t
      where ${conditions(filter, ORDER_COLUMNS)}
    ) counted
    group by ${names(groups)} currency`.execute(db);
  return rows;
}

function names(groups: readonly PerformanceDimension[]): RawBuilder<unknown> {
  return sql.join(
    groups.map((group) => sql`${sql.ref(group)}, `),
    sql``,
  );
}

function columns(groups: readonly PerformanceDimension[], from: Columns): RawBuilder<unknown> {
  return sql.join(
    groups.map((group) => sql`${from[group]} as ${sql.ref(group)}, `),
    sql``,
  );
}

function grouping(groups: readonly PerformanceDimension[]): RawBuilder<unknown> {
  if (groups.length === 0) return sql``;
  return sql`group by ${sql.join(groups.map((group) => sql.ref(group)))}`;
}

function conditions(filter: PerformanceFilter, from: Columns): RawBuilder<unknown> {
  const all = [
    sql`t.day between ${dayNumber(filter.fromDay)} and ${dayNumber(filter.toDay)}`,
    ...(filter.partnerId === undefined ? [] : [sql`${from.partner} = ${filter.partnerId}`]),
    ...(filter.programmeId === undefined ? [] : [sql`${from.programme} = ${filter.programmeId}`]),
  ];
  return sql.join(all, sql` and `);
}

function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / MILLISECONDS_PER_DAY;
}
