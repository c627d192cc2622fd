import { MILLISECONDS_PER_DAY, type TouchFact } from '@provisie/domain';
import { sql } from 'kysely';
import type { Batch } from './batch.ts';
import type { EntityCache } from './entity-cache.ts';
import { linkNamedBy } from './link-naming.ts';
import { deletion, insertion, type Session } from './session.ts';
import { dayOf, monthOfDay } from './calendar.ts';
import type { TouchDayTable, TouchMonthTable, VisitorDayTable } from './tables.ts';
import { touchesOfVisitors } from './touch-rows.ts';
import { dropVisitorDay, keepVisitorDays } from './visitor-days.ts';

const addTouchDays = insertion('touch_days', 'add');
const addTouchMonths = insertion('touch_months', 'add');

type Counting = Pick<Batch, 'session' | 'cache' | 'countsVisits'>;

/** Counts clicks and visits; bots and entered coupons aren't counted. */
export async function countTouches(
  { session, cache, countsVisits }: Counting,
  touches: readonly TouchFact[],
): Promise<void> {
  const days = new Map<string, Day>();
  for (const touch of touches) {
    if (!isCounted(touch, countsVisits)) continue;
    const place = placeOf(cache, touch);
    const name = `${place.day} ${place.link_code} ${place.campaign}`;
    let day = days.get(name);
    if (day === undefined) {
      day = { counts: { ...place, clicks: 0, visits: 0, visitors: 0 }, visitorIds: new Set() };
      days.set(name, day);
    }
    addTo(day.counts, touch);
    day.visitorIds.add(touch.visitorId);
  }
  const inOrder = [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, day]) => day);
  for (const visitor of await keepVisitorDays(session, inOrder.flatMap(visitorsOf))) {
    const day = days.get(`${visitor.day} ${visitor.link_code} ${visitor.campaign}`);
    if (day !== undefined) day.counts.visitors += 1;
  }
  await addCounts(
    session,
    inOrder.map((day) => day.counts),
  );
}

/** To the days, and to the months that they are in. */
async function addCounts(session: Session, days: readonly TouchDayTable[]): Promise<void> {
  const months = new Map<string, TouchMonthTable>();
  for (const { day, ...counts } of days) {
    const month = monthOfDay(day);
    const name = `${month} ${counts.link_code} ${counts.campaign}`;
    const known = months.get(name) ?? { ...counts, month, clicks: 0, visits: 0, visitors: 0 };
    months.set(name, {
      ...known,
      clicks: known.clicks + counts.clicks,
      visits: known.visits + counts.visits,
      visitors: known.visitors + counts.visitors,
    });
  }
  await addTouchDays(session, days);
  await addTouchMonths(session, [...months.values()]);
}

interface Day {
  readonly counts: TouchDayTable;
  readonly visitorIds: Set<string>;
}

/** Sorted: rows that are neighbours in the table are cheaper to insert one after the other. */
function visitorsOf({ counts, visitorIds }: Day): VisitorDayTable[] {
  const { day, link_code, campaign } = counts;
  return [...visitorIds].sort().map((visitor_id) => ({ day, link_code, campaign, visitor_id }));
}

/** Where a touch counts. */
export interface TouchPlace {
  readonly day: number;
  readonly link_code: string;
  readonly campaign: string;
}

export function placeOf(cache: EntityCache, touch: TouchFact): TouchPlace {
  return {
    day: dayOf(touch.occurredAt),
    link_code: linkNamedBy(cache, touch) ?? '',
    campaign: campaignOf(touch),
  };
}

/** As a database keeps it, so that two that are one there are one here. */
export function campaignOf(touch: TouchFact | undefined): string {
  return touch?.utm?.campaign?.toWellFormed() ?? '';
}

function isCounted({ bot, kind }: TouchFact, countsVisits: boolean): boolean {
  return !bot && (kind === 'click' || (kind === 'visit' && countsVisits));
}

function countOf(touch: TouchFact, times: number) {
  return touch.kind === 'click' ? { clicks: times, visits: 0 } : { clicks: 0, visits: times };
}

function addTo(day: TouchDayTable, touch: TouchFact): void {
  if (touch.kind === 'click') day.clicks += 1;
  else day.visits += 1;
}

const dropEmptyDay = deletion('touch_days', sql`clicks = 0 and visits = 0`);
const dropEmptyMonth = deletion('touch_months', sql`clicks = 0 and visits = 0`);

/** Takes back a touch that was counted at `place` and counts there no more. */
export async function uncountTouch(
  batch: Batch,
  touch: TouchFact,
  place: TouchPlace,
): Promise<void> {
  const { session } = batch;
  if (!isCounted(touch, batch.countsVisits)) return;
  const isGone =
    !(await isStillThere(batch, touch.visitorId, place)) &&
    (await dropVisitorDay(session, { ...place, visitor_id: touch.visitorId }));
  await addCounts(session, [{ ...place, ...countOf(touch, -1), visitors: isGone ? -1 : 0 }]);
  const empty = { ...place, clicks: 0, visits: 0, visitors: 0 };
  await dropEmptyDay(session, empty);
  await dropEmptyMonth(session, { ...empty, month: monthOfDay(place.day) });
}

/** By a touch that is counted: those of the batch under way are when it ends. */
async function isStillThere(
  { session, cache, touches: batchTouches, countsVisits }: Batch,
  visitorId: string,
  place: TouchPlace,
): Promise<boolean> {
  const dayEnds = (place.day + 1) * MILLISECONDS_PER_DAY - 1;
  const touches = await touchesOfVisitors(session, [visitorId], dayEnds);
  return touches.some(({ touch }) => {
    const other = placeOf(cache, touch);
    return (
      isCounted(touch, countsVisits) &&
      !batchTouches.isFresh(touch) &&
      other.day === place.day &&
      other.link_code === place.link_code &&
      other.campaign === place.campaign
    );
  });
}
