import { sql, type Kysely, type RawBuilder } from 'kysely';
import { monthOfDay } from '../calendar.ts';
import type { Tables } from '../tables.ts';

/**
 * What the tables of days are brought up to when all clicks are loaded: visitors of a day, whoever was at several
 * places, and months, as `countTouches` keeps them. Statements, because they go through all that was loaded.
 */
export async function clickSums(db: Kysely<Tables>): Promise<readonly RawBuilder<unknown>[]> {
  const rows = await db.selectFrom('touch_days').select('day').distinct().orderBy('day').execute();
  const daysOfMonths = Map.groupBy(
    rows.map(({ day }) => day),
    monthOfDay,
  );
  return [COUNT_VISITORS, FIND_REPEATS, ...Array.from(daysOfMonths, addUpMonth)];
}

const COUNT_VISITORS = sql`
  insert into touch_days (day, link_code, campaign, clicks, visits, visitors)
  select day, link_code, campaign, 0, 0, count(*) from visitor_days where true
  group by day, link_code, campaign
  on conflict (day, link_code, campaign) do update set visitors = excluded.visitors`;

const FIND_REPEATS = sql`
  insert into visitor_repeats (day, visitor_id, link_code, campaign)
  select place.day, place.visitor_id, place.link_code, place.campaign
  from (select day, visitor_id from visitor_days group by day, visitor_id having count(*) > 1) as visitor
  join visitor_days as place on place.day = visitor.day and place.visitor_id = visitor.visitor_id`;

function addUpMonth([month, days]: [number, readonly number[]]): RawBuilder<unknown> {
  const [first, last] = [days.at(0) ?? 0, days.at(-1) ?? 0];
  return sql`
    insert into touch_months (month, link_code, campaign, clicks, visits, visitors)
    select ${sql.lit(month)}, link_code, campaign, sum(clicks), sum(visits), sum(visitors) from touch_days
    where day between ${sql.lit(first)} and ${sql.lit(last)} group by link_code, campaign`;
}
