import { sql } from 'kysely';
import type { Batch } from '../batch/batch.ts';
import { owned, withOwner, type Owner } from './link-owners.ts';
import { changeRepeats, placeChanges } from '../sums/repeat-sums.ts';
import { statement, type Session } from '../database/session.ts';
import { SPAN_DAYS } from '../sums/spans.ts';
import type { TouchSumTable } from '../tables/index.ts';
import { addTouchSums, placesOfDay, type PlaceCounts } from '../sums/touch-sums.ts';
import { repeatsOfLink } from '../sums/visitor-days.ts';

/** Moves what is added up of a link from the sums of whose it was to the sums of whose it is. */
export async function moveTouches(
  { session, cache, closedDay }: Pick<Batch, 'session' | 'cache' | 'closedDay'>,
  linkCode: string,
  from: Owner,
  to: Owner,
): Promise<void> {
  if (from.partner_id === to.partner_id && from.programme_id === to.programme_id) return;
  const counted = await closedDaysOf(session, linkCode, closedDay);
  if (counted.length === 0) return;
  await addTouchSums(session, [
    ...counted.map((row) => countsOf(row, from, -1)),
    ...counted.map((row) => countsOf(row, to, 1)),
  ]);
  for await (const { day, places } of repeatsOfLink(session, linkCode, closedDay)) {
    const changes = places.flatMap((ofVisitor) => {
      const [here, elsewhere] = [
        ofVisitor.filter((place) => place.link_code === linkCode),
        ofVisitor.filter((place) => place.link_code !== linkCode),
      ];
      const stayed = elsewhere.map((place) => withOwner(cache, place));
      const changedBy = (owner: Owner, times: 1 | -1) =>
        placeChanges(day, { stayed, changed: here.map((place) => owned(place, owner)) }, times);
      return changedBy(from, -1).concat(changedBy(to, 1));
    });
    await changeRepeats(session, changes);
  }
}

function countsOf(row: TouchSumTable, owner: Owner, times: 1 | -1): PlaceCounts {
  return {
    ...owned(row, owner),
    day: row.day,
    clicks: times * row.clicks,
    visits: times * row.visits,
    visitors: times * row.visitors,
  };
}

const [LONGEST] = SPAN_DAYS;

/** Of the spans in which anything was counted anywhere. */
const longestSpans = statement((db) =>
  db
    .selectFrom('touch_sums')
    .select('day')
    .where('grouping', '=', sql.lit('link'))
    .where('days', '=', sql.lit(LONGEST))
    .where(
      'day',
      'in',
      db
        .selectFrom('touch_sums')
        .select('day')
        .where('grouping', '=', sql.lit('programme'))
        .where('days', '=', sql.lit(LONGEST)),
    )
    .where('partner_id', '=', sql.lit(''))
    .where('programme_id', '=', sql.lit(''))
    .where('link_code', '=', '')
    .compile(),
);

const placesOn = statement((db) => placesOfDay(db).where('link_code', '=', '').compile());

/** What the closed days of the link come to, by campaign: found day by day, for that is how they are kept. */
async function closedDaysOf(
  session: Session,
  linkCode: string,
  closedDay: number,
): Promise<readonly TouchSumTable[]> {
  const counted: TouchSumTable[] = [];
  for (const { day: first } of await longestSpans(session, linkCode)) {
    for (let day = first; day < Math.min(first + LONGEST, closedDay); day += 1) {
      counted.push(...(await placesOn(session, day, linkCode)));
    }
  }
  return counted;
}
