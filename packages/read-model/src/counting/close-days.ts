import { dayOf } from '@provisie/domain';
import { sql } from 'kysely';
import type { Breathe } from '../database/breathe.ts';
import type { EntityCache } from '../batch/entity-cache.ts';
import { EVERY_ORDER, PLACE } from '../sums/groupings.ts';
import { withOwner, type Place } from './link-owners.ts';
import { addOrderSums } from '../sums/order-sums.ts';
import { changeRepeats, placeChanges } from '../sums/repeat-sums.ts';
import { statement, type Session } from '../database/session.ts';
import { addTouchSums, placesOfDay } from '../sums/touch-sums.ts';
import { repeatsOfDay } from '../sums/visitor-days.ts';

/** The first day that isn't closed, where none is. */
export const NOTHING_CLOSED = 0;

/** The day on which the last of them was recorded, whatever their order. */
export function lastDayOf(events: readonly { readonly recordedAt: number }[]): number {
  return events.reduce((last, { recordedAt }) => Math.max(last, dayOf(recordedAt)), 0);
}

const setClosed = statement((db) =>
  db.updateTable('checkpoint').set({ closed_day: 0 }).returning('closed_day').compile(),
);

/**
 * Adds up the days that are over. Most touches and orders are heard of on their own day: kept by place only until then,
 * they cost little, and are added up once. What is heard later goes into all sums at once.
 */
export async function closeDays(
  session: Session,
  cache: EntityCache,
  { from, until }: { readonly from: number; readonly until: number },
  breathe: Breathe,
): Promise<void> {
  for (const { day } of await daysBetween(session, from, until, from, until)) {
    await closeTouches(session, cache, day, breathe);
    await closeRepeats(session, cache, day, breathe);
    await addOrderSums(session, await ordersOn(session, day), breathe);
  }
  await setClosed(session, until);
}

/** In parts: there may be many. */
const PART = 2000;

async function closeTouches(
  session: Session,
  cache: EntityCache,
  day: number,
  breathe: Breathe,
): Promise<void> {
  let last: Place | undefined;
  do {
    const [link_code, campaign] = [last?.link_code ?? '', last?.campaign ?? ''];
    const places = await placesFrom(
      session,
      day,
      link_code,
      campaign,
      PART,
      last === undefined ? 0 : 1,
    );
    const counts = places.map((place) => ({ ...place, ...withOwner(cache, place) }));
    await addTouchSums(session, counts, breathe);
    last = places.at(-1);
  } while (last !== undefined);
}

async function closeRepeats(
  session: Session,
  cache: EntityCache,
  day: number,
  breathe: Breathe,
): Promise<void> {
  for await (const visitors of repeatsOfDay(session, day)) {
    const changes = visitors.flatMap((places) => {
      const changed = places.map((place) => withOwner(cache, place));
      return placeChanges(day, { stayed: [], changed }, 1);
    });
    await changeRepeats(session, changes);
    await breathe();
  }
}

/** On which there was anything. */
const daysBetween = statement((db) =>
  db
    .selectFrom('touch_sums')
    .select('day')
    .where('grouping', '=', sql.lit(PLACE))
    .where('days', '=', sql.lit(1))
    .where('day', '>=', 0)
    .where('day', '<', 0)
    .union(
      db
        .selectFrom('order_sums')
        .select('day')
        .where('grouping', '=', sql.lit(EVERY_ORDER))
        .where('days', '=', sql.lit(1))
        .where('day', '>=', 0)
        .where('day', '<', 0),
    )
    .compile(),
);

const placesFrom = statement((db) =>
  placesOfDay(db)
    .where((where) => where.eb(where.refTuple('link_code', 'campaign'), '>=', where.tuple('', '')))
    .orderBy('link_code')
    .orderBy('campaign')
    .limit(0)
    .offset(0)
    .compile(),
);

const ordersOn = statement((db) =>
  db
    .selectFrom('order_sums')
    .selectAll()
    .where('grouping', '=', sql.lit(EVERY_ORDER))
    .where('days', '=', sql.lit(1))
    .where('day', '=', 0)
    .compile(),
);
