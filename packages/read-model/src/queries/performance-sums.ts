import { sql, type RawBuilder } from 'kysely';
import {
  ORDER_GROUPINGS,
  REPEAT_GROUPINGS,
  TOUCH_GROUPINGS,
  type Dimension,
  type Grouping,
} from '../sums/groupings.ts';
import type { Session } from '../database/session.ts';
import { spansFor, type Spans } from '../sums/spans.ts';
import type { PerformanceDimension, PerformanceFilter } from '../views.ts';
import type { OrderSums, TouchSums } from './performance-rows.ts';

export interface Asked {
  readonly filter: PerformanceFilter;
  readonly groups: readonly PerformanceDimension[];
}

/** Whole days since 1970-01-01 (UTC), both included. `limit`: the first after them of which there are no sums. */
export interface Period {
  readonly first: number;
  readonly last: number;
  readonly limit: number;
}

export function touchSums(session: Session, asked: Asked, days: Period): Promise<TouchSums[]> {
  return touchesOf(session, asked, days, coarsestOf(TOUCH_GROUPINGS, toldOfTouches(asked)));
}

/** A visitor who was at several places of a group in a day counts once: the rest is taken off. */
export async function repeatSums(
  { db }: Session,
  asked: Asked,
  days: Period,
): Promise<TouchSums[]> {
  const told = withoutOwner(toldOfTouches(asked));
  const exact = REPEAT_GROUPINGS.find(({ by }) => isSame(by, told));
  if (exact === undefined) return [];
  const source = touchesIn('repeat_sums', exact, asked.filter);
  const { rows } = await sql<TouchSums>`
    ${spansOf(asked, days, exact)}
    select ${columnsOf(asked.groups, source.columns)} -sum(span.times * t.visitors) as visitors
    from ${source.rows} ${groupedBy(asked.groups)}
    having sum(span.times * t.visitors) <> 0`.execute(db);
  return rows;
}

export function orderSums(session: Session, asked: Asked, days: Period): Promise<OrderSums[]> {
  return ordersOf(session, asked, days, coarsestOf(ORDER_GROUPINGS, toldApart(asked)));
}

/** From what is kept in that grouping. */
export async function touchesOf(
  { db }: Session,
  asked: Asked,
  days: Period,
  kept: Grouping,
): Promise<TouchSums[]> {
  const source = touchesIn('touch_sums', kept, asked.filter);
  const { rows } = await sql<TouchSums>`
    ${spansOf(asked, days, kept)}
    select ${columnsOf(asked.groups, source.columns)}
      ${total('clicks', 'clicks')}, ${total('visits', 'visits')}, ${total('visitors', 'visitors')}
    from ${source.rows} ${groupedBy(asked.groups)}
    having sum(span.times * (t.clicks + t.visits)) <> 0`.execute(db);
  return rows;
}

export async function ordersOf(
  { db }: Session,
  asked: Asked,
  days: Period,
  kept: Grouping,
): Promise<OrderSums[]> {
  const { rows } = await sql<OrderSums>`
    ${spansOf(asked, days, kept)}
    select ${columnsOf(asked.groups, ORDER_COLUMNS)} t.currency, ${total('orders', 'orders')},
      ${total('revenue_cents', 'revenue')}, ${total('commission_cents', 'commission')}
    from span cross join order_sums t where ${isOfSpan(kept)} and ${isOf(asked.filter, 't')}
    ${groupedBy([...asked.groups, 'currency'])}
    having sum(span.times * t.orders) <> 0`.execute(db);
  return rows;
}

function total(amount: string, name: string): RawBuilder<unknown> {
  return sql`sum(span.times * ${sql.ref(`t.${amount}`)}) as ${sql.ref(name)}`;
}

/** By what the sums must be told apart, besides the day. */
function toldApart({ filter, groups }: Asked): readonly Dimension[] {
  const told = new Set(groups.filter((group) => group !== 'day'));
  if (filter.partnerId !== undefined) told.add('partner');
  if (filter.programmeId !== undefined) told.add('programme');
  return [...told];
}

/** A touch has no coupon. */
function toldOfTouches(asked: Asked): readonly Dimension[] {
  return toldApart(asked).filter((dimension) => dimension !== 'coupon');
}

/** A link is of one partner and programme. */
function withoutOwner(told: readonly Dimension[]): readonly Dimension[] {
  if (!told.includes('link')) return told;
  return told.filter((dimension) => dimension !== 'partner' && dimension !== 'programme');
}

function isSame(one: readonly Dimension[], other: readonly Dimension[]): boolean {
  return one.length === other.length && one.every((dimension) => other.includes(dimension));
}

function coarsestOf(groupings: readonly Grouping[], told: readonly Dimension[]): Grouping {
  const found = groupings.find((grouping) => told.every((dimension) => tells(grouping, dimension)));
  if (found === undefined) throw new Error(`No sums are kept by ${told.join()}.`);
  return found;
}

function tells({ by }: Grouping, dimension: Dimension): boolean {
  const isOwner = dimension === 'partner' || dimension === 'programme';
  return by.includes(dimension) || (isOwner && by.includes('link'));
}

/** By what sums `t` can be grouped. */
type Columns = Readonly<Record<PerformanceDimension, RawBuilder<unknown>>>;

const COLUMNS: Columns = {
  day: sql.ref('t.day'),
  partner: sql.ref('t.partner_id'),
  programme: sql.ref('t.programme_id'),
  link: sql.ref('t.link_code'),
  coupon: sql`''`,
  campaign: sql.ref('t.campaign'),
};

/** Partner and programme of a link `l` are looked up; a code that is no link has none. */
export const COLUMNS_WITH_LINK: Columns = {
  ...COLUMNS,
  partner: sql`coalesce(l.partner_id, '')`,
  programme: sql`coalesce(l.programme_id, '')`,
};

const ORDER_COLUMNS: Columns = { ...COLUMNS, coupon: sql.ref('t.coupon_code') };

interface Source {
  readonly rows: RawBuilder<unknown>;
  readonly columns: Columns;
}

/** Sums of the spans asked for: from the links of a partner or programme on, where those are asked for. */
function touchesIn(
  table: 'touch_sums' | 'repeat_sums',
  kept: Grouping,
  filter: PerformanceFilter,
): Source {
  const sums = sql`${sql.table(table)} t`;
  const which = isOfSpan(kept);
  if (!kept.by.includes('link')) {
    const rows = sql`span cross join ${sums} where ${which} and ${isOf(filter, 't')}`;
    return { rows, columns: COLUMNS };
  }
  const isOfSome = filter.partnerId !== undefined || filter.programmeId !== undefined;
  const rows = isOfSome
    ? sql`links l cross join span cross join ${sums}
        where ${isOf(filter, 'l')} and ${which} and t.partner_id = '' and t.programme_id = ''
          and t.link_code = l.code`
    : sql`span cross join ${sums} left join links l on l.code = t.link_code where ${which}`;
  return { rows, columns: COLUMNS_WITH_LINK };
}

function isOfSpan({ name }: Grouping): RawBuilder<unknown> {
  return sql`t.grouping = ${sql.lit(name)} and t.days = span.length and t.day = span.begins`;
}

/** Whose a row is, where only those of some are asked for. */
export function isOf(
  { partnerId, programmeId }: PerformanceFilter,
  table: 't' | 'l',
): RawBuilder<unknown> {
  const all = [
    sql`1 = 1`,
    ...(partnerId === undefined ? [] : [sql`${sql.ref(`${table}.partner_id`)} = ${partnerId}`]),
    ...(programmeId === undefined
      ? []
      : [sql`${sql.ref(`${table}.programme_id`)} = ${programmeId}`]),
  ];
  return sql.join(all, sql` and `);
}

/** Makes `span` of the days: each of them, where they are told apart. */
function spansOf({ groups }: Asked, days: Period, { spanDays }: Grouping): RawBuilder<unknown> {
  const spans: readonly Spans[] = groups.includes('day')
    ? [{ days: 1, first: days.first, last: days.last, times: 1 }]
    : spansFor(days, spanDays);
  const begin = spans.map((span) => {
    const values = [span.days, span.first, span.last, span.times];
    return sql`(${sql.join(values.map((value) => sql`cast(${value} as bigint)`))})`;
  });
  return sql`with recursive span (length, begins, ends, times) as (
    values ${sql.join(begin)}
    union all select length, begins + length, ends, times from span where begins < ends
  )`;
}

/** Those columns by the names of the groups; without `columns`, those names. */
export function columnsOf(
  groups: readonly PerformanceDimension[],
  columns?: Columns,
): RawBuilder<unknown> {
  return sql.join(
    groups.map((group) =>
      columns === undefined
        ? sql`${sql.ref(group)}, `
        : sql`${columns[group]} as ${sql.ref(group)}, `,
    ),
    sql``,
  );
}

export function groupedBy(names: readonly string[]): RawBuilder<unknown> {
  if (names.length === 0) return sql``;
  return sql`group by ${sql.join(names.map((name) => sql.ref(name)))}`;
}
