import { dayOf, startOfDay, type TouchFact } from '@provisie/domain';
import type { Batch } from '../batch/batch.ts';
import type { EntityCache } from '../batch/entity-cache.ts';
import { linkNamedBy } from './link-naming.ts';
import { withOwner, type Place } from './link-owners.ts';
import { changeRepeats, placeChanges } from '../sums/repeat-sums.ts';
import type { VisitorDayTable } from '../tables/index.ts';
import { addPlaceDays, addTouchSums, type PlaceCounts } from '../sums/touch-sums.ts';
import { touchesBetween } from '../batch/touch-rows.ts';
import { dropVisitorDay, keepVisitorDays, type PlacesOfVisitor } from '../sums/visitor-days.ts';

type Counting = Pick<Batch, 'session' | 'cache' | 'countsVisits' | 'closedDay'>;

/** Counts clicks and visits; bots and entered coupons aren't counted. */
export async function countTouches(
  counting: Counting,
  touches: readonly TouchFact[],
): Promise<void> {
  const { session, cache, countsVisits } = counting;
  const days = new Map<string, Day>();
  for (const touch of touches) {
    if (!isCounted(touch, countsVisits)) continue;
    const place = placeOf(cache, touch);
    const name = `${place.day} ${place.link_code} ${place.campaign}`;
    let day = days.get(name);
    if (day === undefined) {
      day = { place, clicks: 0, visits: 0, visitors: 0, visitorIds: new Set() };
      days.set(name, day);
    }
    addTo(day, touch);
    day.visitorIds.add(touch.visitorId);
  }
  const inOrder = [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, day]) => day);
  const { fresh, repeats } = await keepVisitorDays(session, inOrder.flatMap(visitorsOf));
  for (const visitor of fresh) {
    const day = days.get(`${visitor.day} ${visitor.link_code} ${visitor.campaign}`);
    if (day !== undefined) day.visitors += 1;
  }
  await addCounts(counting, inOrder, repeats, 1);
}

/** Adds them to the days of their places, and to every other sum of days that are closed. */
async function addCounts(
  { session, cache, closedDay }: Counting,
  counted: readonly Counts[],
  repeats: readonly PlacesOfVisitor[],
  times: 1 | -1,
): Promise<void> {
  const counts = counted.map(({ place, clicks, visits, visitors }): PlaceCounts => {
    const group = withOwner(cache, place);
    return { day: place.day, ...group, clicks, visits, visitors };
  });
  await addPlaceDays(session, counts);
  await addTouchSums(
    session,
    counts.filter(({ day }) => day < closedDay),
  );
  const ownedNow = (place: Place) => withOwner(cache, place);
  await changeRepeats(
    session,
    repeats
      .filter(({ day }) => day < closedDay)
      .flatMap(({ day, stayed, changed }) =>
        placeChanges(day, { stayed: stayed.map(ownedNow), changed: changed.map(ownedNow) }, times),
      ),
  );
}

interface Counts {
  readonly place: TouchPlace;
  clicks: number;
  visits: number;
  visitors: number;
}

interface Day extends Counts {
  readonly visitorIds: Set<string>;
}

/** Sorted: rows that are neighbours in the table are cheaper to insert one after the other. */
function visitorsOf({ place, visitorIds }: Day): VisitorDayTable[] {
  const { day, link_code, campaign } = place;
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
export function campaignOf(touch: Pick<TouchFact, 'utm'> | undefined): string {
  return touch?.utm?.campaign?.toWellFormed() ?? '';
}

function isCounted({ bot, kind }: TouchFact, countsVisits: boolean): boolean {
  return !bot && (kind === 'click' || (kind === 'visit' && countsVisits));
}

function countOf(touch: TouchFact, times: number) {
  return touch.kind === 'click' ? { clicks: times, visits: 0 } : { clicks: 0, visits: times };
}

function addTo(day: Counts, touch: TouchFact): void {
  if (touch.kind === 'click') day.clicks += 1;
  else day.visits += 1;
}

/** Takes back a touch that was counted at `place` and counts there no more. */
export async function uncountTouch(
  batch: Batch,
  touch: TouchFact,
  place: TouchPlace,
): Promise<void> {
  if (!isCounted(touch, batch.countsVisits)) return;
  const left = (await isStillThere(batch, touch.visitorId, place))
    ? null
    : await dropVisitorDay(batch.session, { ...place, visitor_id: touch.visitorId });
  const counts = { place, ...countOf(touch, -1), visitors: left === null ? 0 : -1 };
  await addCounts(batch, [counts], left === null ? [] : [left], -1);
}

/** By a touch that is counted: those of the batch under way are when it ends. */
async function isStillThere(
  { session, cache, touches: batchTouches, countsVisits }: Batch,
  visitorId: string,
  place: TouchPlace,
): Promise<boolean> {
  const { day } = place;
  const touches = await touchesBetween(session, visitorId, startOfDay(day), startOfDay(day + 1));
  return touches.some(({ touch }) => {
    const other = placeOf(cache, touch);
    return (
      isCounted(touch, countsVisits) &&
      !batchTouches.isFresh(touch) &&
      other.link_code === place.link_code &&
      other.campaign === place.campaign
    );
  });
}
