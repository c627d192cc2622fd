import { sql } from 'kysely';
import { PLACE } from '../sums/groupings.ts';

/**
 * What the places of days are brought up to when all clicks are loaded: the visitors of a day, and whoever was at
 * several places, as `countTouches` keeps them. Statements, because they go through all that was loaded.
 */
export const CLICK_SUMS = [
  sql`
    insert into touch_sums (grouping, days, day, partner_id, programme_id, link_code, campaign, clicks,
      visits, visitors)
    select ${sql.lit(PLACE)}, 1, day, '', '', link_code, campaign, 0, 0, count(*) from visitor_days where true
    group by day, link_code, campaign
    on conflict (grouping, days, day, partner_id, programme_id, link_code, campaign)
      do update set visitors = excluded.visitors`,
  sql`
    insert into visitor_repeats (day, visitor_id, link_code, campaign)
    select place.day, place.visitor_id, place.link_code, place.campaign
    from (select day, visitor_id from visitor_days group by day, visitor_id having count(*) > 1) as visitor
    join visitor_days as place on place.day = visitor.day and place.visitor_id = visitor.visitor_id`,
];
