import { touchFactOf, type TouchFact } from '@provisie/domain';
import { readFact, type RecordedEvent } from '@provisie/event-store';
import { flattening, type FlatRows, type FlatValues } from '../database/session.ts';
import { lastDayOf } from '../counting/close-days.ts';
import { touchRow } from '../batch/touch-rows.ts';

/** What a load makes of a stretch of the log: rows that are only to be inserted. */
export interface Digest {
  readonly touches: FlatRows;
  /** Everything but touches, and touches that can't be read. */
  readonly postponed: FlatRows;
  readonly events: number;
  readonly last: Pick<RecordedEvent, 'position' | 'recordedAt'>;
  /** The last day on which any of it was recorded. */
  readonly lastDay: number;
}

const pushTouch = flattening('touches');
const pushPostponed = flattening('postponed_events');

/** Digests the log stretch by stretch. */
export class Digesting {
  #touches: FlatValues = [];
  #postponed: FlatValues = [];
  #last: RecordedEvent | null = null;
  #lastDay = 0;
  /** Since the last digest. */
  events = 0;

  add(events: readonly RecordedEvent[]): void {
    for (const event of events) this.#addOne(event);
    this.#lastDay = Math.max(this.#lastDay, lastDayOf(events));
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
  }

  /** What was added since the last one; null of nothing. */
  take(): Digest | null {
    if (this.#last === null) return null;
    const { position, recordedAt } = this.#last;
    const digest = {
      touches: this.#touches,
      postponed: this.#postponed,
      events: this.events,
      last: { position, recordedAt },
      lastDay: this.#lastDay,
    };
    [this.#touches, this.#postponed, this.events] = [[], [], 0];
    return digest;
  }
}

const TOUCHES: ReadonlySet<string> = new Set(['ClickRecorded', 'VisitRecorded', 'CouponEntered']);

export function isTouch({ type }: RecordedEvent): boolean {
  return TOUCHES.has(type);
}

/** Null for what is no touch, and for one that can't be read. */
export function touchOf(event: RecordedEvent): TouchFact | null {
  if (!isTouch(event)) return null;
  try {
    const fact = readFact(event);
    const { type } = fact;
    if (type !== 'ClickRecorded' && type !== 'VisitRecorded' && type !== 'CouponEntered')
      return null;
    return touchFactOf(fact);
  } catch {
    // It is read again where it stands in the log, and set aside or complained about there.
    return null;
  }
}
