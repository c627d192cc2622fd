import { touchFactOf, type TouchFact } from '@provisie/domain';
import { readFact, type RecordedEvent } from '@provisie/event-store';
import { campaignOf, dayOf } from '../performance-of-touches.ts';
import { flattening, type FlatRows, type FlatValues } from '../session.ts';
import type { TouchDayTable } from '../tables.ts';
import { touchRow } from '../touch-rows.ts';

/** What a load makes of a stretch of the log: rows that are only to be inserted. */
export interface Digest {
  readonly touches: FlatRows;
  /** Of clicks; a visit is counted when every link is known. */
  readonly touchDays: FlatRows;
  readonly visitorDays: FlatRows;
  /** Everything but touches, and touches that can't be read. */
  readonly postponed: FlatRows;
  readonly events: number;
  readonly last: Pick<RecordedEvent, 'position' | 'recordedAt'>;
}

const pushTouch = flattening('touches');
const pushPostponed = flattening('postponed_events');
const pushTouchDay = flattening('touch_days');
const pushVisitorDay = flattening('visitor_days');

/** Digests a stretch of the log a few events at a time. */
export class Digesting {
  readonly #touches: FlatValues = [];
  readonly #postponed: FlatValues = [];
  readonly #days = new Map<string, Day>();
  #last: RecordedEvent | null = null;
  events = 0;

  add(events: readonly RecordedEvent[]): void {
    for (const event of events) this.#addOne(event);
    this.#last = events.at(-1) ?? this.#last;
    this.events += events.length;
  }

  #addOne(event: RecordedEvent): void {
    const { position } = event;
    const touch = touchOf(event);
    if (touch === null) {
      pushPostponed(this.#postponed, { position, event: JSON.stringify(event) });
      return;
    }
    pushTouch(this.#touches, touchRow({ touch, position }));
    if (touch.kind === 'click' && !touch.bot) this.#count(touch);
  }

  /** As `countTouches` counts clicks: each at the link that it names, whether or not there is such a link. */
  #count(touch: TouchFact): void {
    const day = dayOf(touch.occurredAt);
    const link_code = touch.linkCode ?? '';
    const campaign = campaignOf(touch);
    const name = `${day} ${link_code} ${campaign}`;
    let counted = this.#days.get(name);
    if (counted === undefined) {
      const counts = { day, link_code, campaign, clicks: 0, visits: 0 };
      counted = { counts, visitorIds: new Set() };
      this.#days.set(name, counted);
    }
    counted.counts.clicks += 1;
    counted.visitorIds.add(touch.visitorId);
  }

  /** Null of nothing. */
  digest(): Digest | null {
    if (this.#last === null) return null;
    const { position, recordedAt } = this.#last;
    const inOrder = [...this.#days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, day]) => day);
    const touchDays: FlatValues = [];
    const visitorDays: FlatValues = [];
    for (const { counts, visitorIds } of inOrder) {
      const { day, link_code, campaign } = counts;
      pushTouchDay(touchDays, counts);
      // Rows that are neighbours in the table are cheaper to insert one after the other.
      for (const visitor_id of [...visitorIds].sort()) {
        pushVisitorDay(visitorDays, { day, link_code, campaign, visitor_id });
      }
    }
    return {
      touches: this.#touches,
      touchDays,
      visitorDays,
      postponed: this.#postponed,
      events: this.events,
      last: { position, recordedAt },
    };
  }
}

interface Day {
  readonly counts: TouchDayTable;
  readonly visitorIds: Set<string>;
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
