import { sql, type RawBuilder } from 'kysely';
import {
  EVERY_ORDER,
  ORDER_GROUPINGS,
  PLACE,
  REPEAT_GROUPINGS,
  TOUCH_GROUPINGS,
  type Dimension,
  type Grouping,
} from '../sums/groupings.ts';

/**
 * Closes all days before `closedDay` at once, as `closeDays` does one by one. Statements, because they go through all
 * of them; they may be run again.
 */
export function closingSums(closedDay: number): readonly RawBuilder<unknown>[] {
  const isClosed = sql`day < ${sql.lit(closedDay)}`;
  return [
    sql`delete from touch_sums where days > 1 or grouping <> ${sql.lit(PLACE)}`,
    sql`delete from order_sums where days > 1 or grouping <> ${sql.lit(EVERY_ORDER)}`,
    sql`delete from repeat_sums`,
    ...TOUCH_GROUPINGS.filter(({ name }) => name !== PLACE).map((grouping) =>
      sumTouches(grouping, isClosed),
    ),
    DROP_REPEATED_PLACES,
    findRepeatedPlaces(closedDay),
    ...REPEAT_GROUPINGS.map(sumRepeats),
    DROP_REPEATED_PLACES,
    ...ORDER_GROUPINGS.filter(({ name }) => name !== EVERY_ORDER).map((grouping) =>
      sumOrders(grouping, isClosed),
    ),
    ...TOUCH_GROUPINGS.flatMap((grouping) => sumSpans(TOUCHES, grouping, isClosed)),
    ...REPEAT_GROUPINGS.flatMap((grouping) => sumSpans(REPEATS, grouping, isClosed)),
    ...ORDER_GROUPINGS.flatMap((grouping) => sumSpans(ORDERS, grouping, isClosed)),
    sql`update checkpoint set closed_day = ${sql.lit(closedDay)}`,
  ];
}

interface Sums {
  readonly table: RawBuilder<unknown>;
  /** All but the grouping and the span. */
  readonly group: RawBuilder<unknown>;
  readonly amounts: readonly string[];
}

const TOUCHES: Sums = {
  table: sql.table('touch_sums'),
  group: sql`partner_id, programme_id, link_code, campaign`,
  amounts: ['clicks', 'visits', 'visitors'],
};
const REPEATS: Sums = { ...TOUCHES, table: sql.table('repeat_sums'), amounts: ['visitors'] };
const ORDERS: Sums = {
  table: sql.table('order_sums'),
  group: sql`partner_id, programme_id, link_code, coupon_code, campaign, currency`,
  amounts: ['orders', 'revenue_cents', 'commission_cents'],
};

function into({ table, group, amounts }: Sums): RawBuilder<unknown> {
  const columns = sql.join(amounts.map((amount) => sql.ref(amount)));
  return sql`insert into ${table} (grouping, days, day, ${group}, ${columns})`;
}

function added({ amounts }: Sums): RawBuilder<unknown> {
  return sql.join(amounts.map((amount) => sql`sum(${sql.ref(amount)})`));
}

/** The column, where the grouping tells it apart. */
function told({ by }: Grouping, dimension: Dimension, column: RawBuilder<unknown>) {
  return by.includes(dimension) ? column : sql`''`;
}

/** Of places `t` with their links `l`. */
function groupOf(grouping: Grouping): RawBuilder<unknown> {
  return sql`
    ${told(grouping, 'partner', sql`coalesce(l.partner_id, '')`)} as partner_id,
    ${told(grouping, 'programme', sql`coalesce(l.programme_id, '')`)} as programme_id,
    ${told(grouping, 'link', sql`t.link_code`)} as link_code,
    ${told(grouping, 'campaign', sql`t.campaign`)} as campaign`;
}

function sumTouches(grouping: Grouping, isClosed: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    ${into(TOUCHES)}
    select ${sql.lit(grouping.name)}, 1, day, ${TOUCHES.group}, ${added(TOUCHES)}
    from (
      select t.day, t.clicks, t.visits, t.visitors, ${groupOf(grouping)}
      from touch_sums t left join links l on l.code = t.link_code
      where t.grouping = ${sql.lit(PLACE)} and t.days = 1 and ${isClosed}
    ) place
    group by day, ${TOUCHES.group}`;
}

/**
 * How often a place of a day was a visitor's second or later one, in a column for each grouping: in what it tells apart
 * the same as one before it in the order of places, whichever that is. One statement goes through all visitors, so that
 * those of the groupings go through places only.
 */
const REPEATED_PLACES = sql.table('repeated_places');
const DROP_REPEATED_PLACES = sql`drop table if exists ${REPEATED_PLACES}`;

function findRepeatedPlaces(closedDay: number): RawBuilder<unknown> {
  const found = REPEAT_GROUPINGS.map(({ by }, index) => sql`max(${isSame(by)}) as ${times(index)}`);
  const sums = REPEAT_GROUPINGS.map((_, index) => sql`sum(${times(index)}) as ${times(index)}`);
  return sql`
    create table ${REPEATED_PLACES} as
    select day, ${REPEATS.group}, ${sql.join(sums)}
    from (
      select t.day, t.link_code, t.campaign, max(coalesce(l.partner_id, '')) as partner_id,
        max(coalesce(l.programme_id, '')) as programme_id, ${sql.join(found)}
      from visitor_repeats t
      cross join visitor_repeats o
      left join links l on l.code = t.link_code
      left join links other on other.code = o.link_code
      where t.day < ${sql.lit(closedDay)} and o.day = t.day and o.visitor_id = t.visitor_id
        and (o.link_code < t.link_code or (o.link_code = t.link_code and o.campaign < t.campaign))
      group by t.day, t.visitor_id, t.link_code, t.campaign
    ) repeated
    group by day, ${REPEATS.group}`;
}

function times(grouping: number): RawBuilder<unknown> {
  return sql.ref(`times_${grouping}`);
}

const SAME: Readonly<Record<Exclude<Dimension, 'coupon'>, RawBuilder<unknown>>> = {
  partner: sql`coalesce(other.partner_id, '') = coalesce(l.partner_id, '')`,
  programme: sql`coalesce(other.programme_id, '') = coalesce(l.programme_id, '')`,
  link: sql`o.link_code = t.link_code`,
  campaign: sql`o.campaign = t.campaign`,
};

/** 1 where the places `t` and `o` are in one group, else 0. */
function isSame(by: readonly Dimension[]): RawBuilder<unknown> {
  const all = [
    sql`1 = 1`,
    ...by.map((dimension) => (dimension === 'coupon' ? sql`1 = 1` : SAME[dimension])),
  ];
  return sql`case when ${sql.join(all, sql` and `)} then 1 else 0 end`;
}

function sumRepeats(grouping: Grouping, index: number): RawBuilder<unknown> {
  return sql`
    ${into(REPEATS)}
    select ${sql.lit(grouping.name)}, 1, day, ${REPEATS.group}, sum(visitors)
    from (
      select day, ${told(grouping, 'partner', sql`partner_id`)} as partner_id,
        ${told(grouping, 'programme', sql`programme_id`)} as programme_id,
        ${told(grouping, 'link', sql`link_code`)} as link_code,
        ${told(grouping, 'campaign', sql`campaign`)} as campaign, ${times(index)} as visitors
      from ${REPEATED_PLACES}
      where ${times(index)} > 0
    ) place
    group by day, ${REPEATS.group}`;
}

function sumOrders(grouping: Grouping, isClosed: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    ${into(ORDERS)}
    select ${sql.lit(grouping.name)}, 1, day, ${ORDERS.group}, ${added(ORDERS)}
    from (
      select day, currency, orders, revenue_cents, commission_cents,
        ${told(grouping, 'partner', sql`partner_id`)} as partner_id,
        ${told(grouping, 'programme', sql`programme_id`)} as programme_id,
        ${told(grouping, 'link', sql`link_code`)} as link_code,
        ${told(grouping, 'coupon', sql`coupon_code`)} as coupon_code,
        ${told(grouping, 'campaign', sql`campaign`)} as campaign
      from order_sums
      where grouping = ${sql.lit(EVERY_ORDER)} and days = 1 and ${isClosed}
    ) share
    group by day, ${ORDERS.group}`;
}

/** Of closed days. */
function sumSpans(
  sums: Sums,
  { name, spanDays }: Grouping,
  isClosed: RawBuilder<unknown>,
): readonly RawBuilder<unknown>[] {
  const longer = spanDays.filter((days) => days > 1);
  return longer.map((days) => {
    const start = sql`day / ${sql.lit(days)} * ${sql.lit(days)}`;
    return sql`
      ${into(sums)}
      select grouping, ${sql.lit(days)}, ${start}, ${sums.group}, ${added(sums)}
      from ${sums.table} where grouping = ${sql.lit(name)} and days = 1 and ${isClosed}
      group by grouping, ${start}, ${sums.group}`;
  });
}
