import { touchFactOf, type TouchFact } from '@provisie/domain';
import { readFact, type RecordedEvent } from '@provisie/event-store';
import { campaignOf, dayOf } from '../performance-of-touches.ts';
import { flatRows, type FlatRows } from '../session.ts';
import type { TouchDayTable, VisitorDayTable } from '../tables.ts';
import { touchRow, type TouchAt } from '../touch-rows.ts';

/** What a load makes of a stretch of the log: rows that are only to be inserted. */
export interface Digest {
  readonly touches: FlatRows;
  /** Of clicks; a visit is counted when every link is known. */
  readonly touchDays: FlatRows;
  readonly visitorDays: FlatRows;
  /** Everything but touches, and touches that can't be read. */
  readonly postponed: FlatRows;
  readonly events: number;
  readonly last: { readonly position: number; readonly recordedAt: number };
}

/** Null of nothing. */
export function digestOf(events: readonly RecordedEvent[]): Digest | null {
  const last = events.at(-1);
  if (last === undefined) return null;
  const touches: TouchAt[] = [];
  const postponed: RecordedEvent[] = [];
  for (const event of events) {
    const touch = touchOf(event);
    if (touch === null) postponed.push(event);
    else touches.push({ touch, position: event.position });
  }
  return {
    touches: flatRows('touches', touches.map(touchRow)),
    ...countsOf(touches),
    postponed: flatRows(
      'postponed_events',
      postponed.map((event) => ({ position: event.position, event: JSON.stringify(event) })),
    ),
    events: events.length,
    last: { position: last.position, recordedAt: last.recordedAt },
  };
}

const TOUCHES: ReadonlySet<string> = new Set(['ClickRecorded', 'VisitRecorded', 'CouponEntered']);

function touchOf(event: RecordedEvent): TouchFact | null {
  if (!TOUCHES.has(event.type)) return null;
  try {
    const fact = readFact(event);
    const isTouch =
      fact.type === 'ClickRecorded' ||
      fact.type === 'VisitRecorded' ||
      fact.type === 'CouponEntered';
    return isTouch ? touchFactOf(fact) : null;
  } catch {
    // It is read again where it stands in the log, and set aside or complained about there.
    return null;
  }
}

interface Day {
  readonly counts: TouchDayTable;
  readonly visitorIds: Set<string>;
}

/** As `countTouches` counts clicks: each at the link that it names, whether or not there is such a link. */
function countsOf(touches: readonly TouchAt[]): Pick<Digest, 'touchDays' | 'visitorDays'> {
  const days = new Map<string, Day>();
  for (const { touch } of touches) {
    if (touch.kind === 'click' && !touch.bot) dayIn(days, touch).visitorIds.add(touch.visitorId);
  }
  const inOrder = [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, day]) => day);
  return {
    touchDays: flatRows(
      'touch_days',
      inOrder.map(({ counts }) => counts),
    ),
    visitorDays: flatRows('visitor_days', inOrder.flatMap(visitorsOf)),
  };
}

function dayIn(days: Map<string, Day>, touch: TouchFact): Day {
  const place = {
    day: dayOf(touch.occurredAt),
    link_code: touch.linkCode ?? '',
    campaign: campaignOf(touch),
  };
  const name = `${place.day} ${place.link_code} ${place.campaign}`;
  const known = days.get(name);
  if (known !== undefined) {
    known.counts.clicks += 1;
    return known;
  }
  const day = { counts: { ...place, clicks: 1, visits: 0 }, visitorIds: new Set<string>() };
  days.set(name, day);
  return day;
}

function visitorsOf({ counts, visitorIds }: Day): VisitorDayTable[] {
  const { day, link_code, campaign } = counts;
  return [...visitorIds].sort().map((visitor_id) => ({ day, link_code, campaign, visitor_id }));
}
