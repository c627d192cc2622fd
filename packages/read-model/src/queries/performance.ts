import { MILLISECONDS_PER_DAY } from '@provisie/domain';
import { sql, type RawBuilder } from 'kysely';
import { inMonths } from '../calendar.ts';
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

/** Whose a touch is, where only those of some are asked for: those have a link. */
const LINK_COLUMNS = { partner: sql.ref('l.partner_id'), programme: sql.ref('l.programme_id') };

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
  const [touches, repeats, orders] = await Promise.all([
    touchSums(session, filter, groups),
    repeatSums(session, filter, groups),
    orderSums(session, filter, groups),
  ]);
  return mergePerformance([...touches, ...repeats], orders);
}

/** Whole months stand added up; the days before and after them are added up here. */
async function touchSums(
  { db }: Session,
  filter: PerformanceFilter,
  groups: readonly PerformanceDimension[],
): Promise<TouchSums[]> {
  const columns = sql`${columnsOf(groups, TOUCH_COLUMNS)} t.clicks, t.visits, t.visitors`;
  const parts = partsOf(filter, groups).map(
    ({ table, when }) => sql`
      select ${columns} from ${touchesIn(`touch_${table}`, filter)}
      where ${when} and ${conditions(filter, LINK_COLUMNS)}`,
  );
  const { rows } = await sql<TouchSums>`
    select ${names(groups)} sum(clicks) as clicks, sum(visits) as visits, sum(visitors) as visitors
    from (${sql.join(parts, sql` union all `)}) counted
    ${grouping(groups)} having count(*) > 0`.execute(db);
  return rows;
}

/** A visitor who was at several places of a group in a day counts once: the rest is taken off. */
async function repeatSums(
  { db }: Session,
  filter: PerformanceFilter,
  groups: readonly PerformanceDimension[],
): Promise<TouchSums[]> {
  const { rows } = await sql<TouchSums>`
    select ${names(groups)} -sum(times - 1) as visitors
    from (
      select ${columnsOf(groups, TOUCH_COLUMNS)} count(*) as times
      from ${touchesIn('visitor_repeats', filter)}
      where ${isInDays(filter)} and ${conditions(filter, LINK_COLUMNS)}
      group by ${placesOf(groups)} t.day, t.visitor_id
      having count(*) > 1
    ) counted
    ${grouping(groups)} having count(*) > 0`.execute(db);
  return rows;
}

async function orderSums(
  { db }: Session,
  filter: PerformanceFilter,
  groups: readonly PerformanceDimension[],
): Promise<OrderSums[]> {
  const parts = partsOf(filter, groups).map(
    ({ table, when }) => sql`
      select ${columnsOf(groups, ORDER_COLUMNS)} t.currency, t.orders, t.revenue_cents,
        t.commission_cents
      from ${sql.table(`order_${table}`)} t
      where ${when} and ${conditions(filter, ORDER_COLUMNS)}`,
  );
  const { rows } = await sql<OrderSums>`
    select ${names(groups)} currency, sum(orders) as orders, sum(revenue_cents) as revenue,
      sum(commission_cents) as commission
    from (${sql.join(parts, sql` union all `)}) counted
    group by ${names(groups)} currency`.execute(db);
  return rows;
}

interface Part {
  readonly table: 'days' | 'months';
  /** About a row `t`. */
  readonly when: RawBuilder<boolean>;
}

/** A partner's own days are few, and what is grouped by day needs them. */
function partsOf(
  filter: PerformanceFilter,
  groups: readonly PerformanceDimension[],
): readonly Part[] {
  if (filter.partnerId !== undefined || groups.includes('day')) {
    return [{ table: 'days', when: isInDays(filter) }];
  }
  const { days, months } = inMonths(dayNumber(filter.fromDay), dayNumber(filter.toDay));
  const parts = days.map(({ first, last }): Part => ({
    table: 'days',
    when: sql<boolean>`t.day between ${first} and ${last}`,
  }));
  if (months === null) return parts;
  const { first, last } = months;
  return [...parts, { table: 'months', when: sql<boolean>`t.month between ${first} and ${last}` }];
}

function isInDays({ fromDay, toDay }: PerformanceFilter): RawBuilder<boolean> {
  return sql<boolean>`t.day between ${dayNumber(fromDay)} and ${dayNumber(toDay)}`;
}

/** Rows `t` with their links `l`: from the links of a partner or programme on, where those are asked for. */
function touchesIn(table: string, filter: PerformanceFilter): RawBuilder<unknown> {
  const isOfSome = filter.partnerId !== undefined || filter.programmeId !== undefined;
  return isOfSome
    ? sql`links l join ${sql.table(table)} t on t.link_code = l.code`
    : sql`${sql.table(table)} t left join links l on l.code = t.link_code`;
}

function names(groups: readonly PerformanceDimension[]): RawBuilder<unknown> {
  return sql.join(
    groups.map((group) => sql`${sql.ref(group)}, `),
    sql``,
  );
}

function columnsOf(groups: readonly PerformanceDimension[], from: Columns): RawBuilder<unknown> {
  return sql.join(
    groups.map((group) => sql`${from[group]} as ${sql.ref(group)}, `),
    sql``,
  );
}

/** By which repeats are told apart: a touch has no coupon. */
function placesOf(groups: readonly PerformanceDimension[]): RawBuilder<unknown> {
  const told = groups.filter((group) => group !== 'coupon');
  return sql.join(
    told.map((group) => sql`${TOUCH_COLUMNS[group]}, `),
    sql``,
  );
}

function grouping(groups: readonly PerformanceDimension[]): RawBuilder<unknown> {
  if (groups.length === 0) return sql``;
  return sql`group by ${sql.join(groups.map((group) => sql.ref(group)))}`;
}

function conditions(
  filter: PerformanceFilter,
  from: Pick<Columns, 'partner' | 'programme'>,
): RawBuilder<unknown> {
  const all = [
    sql`1 = 1`,
    ...(filter.partnerId === undefined ? [] : [sql`${from.partner} = ${filter.partnerId}`]),
    ...(filter.programmeId === undefined ? [] : [sql`${from.programme} = ${filter.programmeId}`]),
  ];
  return sql.join(all, sql` and `);
}

function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / MILLISECONDS_PER_DAY;
}
