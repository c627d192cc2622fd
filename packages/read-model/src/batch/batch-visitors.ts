import { MOST_TOUCHES_OF_VISITOR, type IdentificationFact } from '@provisie/domain';
import type { Session } from '../database/session.ts';
import type { Lookup, Lookups } from './lookups.ts';
import {
  identificationsOfCustomers,
  latestTouchesOf,
  touchesById,
  type TouchAt,
} from './touch-rows.ts';

/** What the tables hold of some touches by their id, and of some visitors the latest up to a moment. */
export interface TouchesRead {
  readonly clickIds: ReadonlySet<string>;
  readonly clicks: readonly TouchAt[];
  readonly visitorIds: ReadonlySet<string>;
  readonly touches: readonly TouchAt[];
  readonly until: number;
}

/** What the tables say of visitors that decisions of a batch ask about: who they are, and what they touched. */
export class BatchVisitors {
  readonly #touches: Lookup<TouchAt>;
  readonly #latest: Lookup<TouchAt>;
  readonly #earlier: Lookup<Earlier>;
  readonly #identifications: Lookup<IdentificationFact>;

  constructor(lookups: Lookups) {
    this.#touches = lookups.of({
      keyOf: ({ touch }) => touch.touchId,
      idOf: ({ touch }) => touch.touchId,
      read: touchesById,
    });
    this.#latest = lookups.of({
      keyOf: ({ touch }) => touch.visitorId,
      idOf: ({ touch }) => touch.touchId,
      read: (session, visitorIds, until) => latestTouchesOf(session, visitorIds, until + 1),
    });
    this.#earlier = lookups.of({
      keyOf: ({ end }) => end,
      idOf: ({ at }) => at.touch.touchId,
      read: readEarlier,
    });
    this.#identifications = lookups.of({
      keyOf: ({ customer }) => customer,
      idOf: ({ touchId }) => touchId,
      read: identificationsOfCustomers,
    });
  }

  /** Takes in what was read of the tables already. */
  learn({ clickIds, clicks, visitorIds, touches, until }: TouchesRead): void {
    this.#touches.learn(clickIds, clicks);
    this.#latest.learn(visitorIds, touches, until);
  }

  touch(touchId: string): Iterable<TouchAt> {
    return this.#touches.of(touchId);
  }

  /** Those up to `until`: the latest first, many at a time, for whoever has more than an order considers. */
  *touchesOf(visitorId: string, until: number): Generator<readonly TouchAt[]> {
    let some = [...this.#latest.of(visitorId, until)];
    for (;;) {
      yield some.filter(({ touch }) => touch.occurredAt <= until);
      if (some.length < MOST_TOUCHES_OF_VISITOR) return;
      const end = endOf(visitorId, earliestOf(some));
      some = Array.from(this.#earlier.of(end), ({ at }) => at);
    }
  }

  /** The visitors identified as the customer up to `until`; there may be later ones among them. */
  identifiedAs(customer: string, until: number): Iterable<IdentificationFact> {
    return this.#identifications.of(customer, until);
  }

  /** The rows of touches were changed: what was read of them counts no more. */
  forgetTouches(): void {
    this.#touches.forget();
    this.#latest.forget();
    this.#earlier.forget();
  }

  /** The row of an identification was written, over that of `before`. */
  identified(before: IdentificationFact | null, identification: IdentificationFact): void {
    if (before !== null) this.#identifications.drop(before);
    this.#identifications.put(identification);
  }
}

/** A touch of a visitor before what was read of them. */
interface Earlier {
  readonly end: string;
  readonly at: TouchAt;
}

function endOf(visitorId: string, before: number): string {
  return `${before} ${visitorId}`;
}

function earliestOf(touches: readonly TouchAt[]): number {
  return touches.reduce((earliest, { touch }) => Math.min(earliest, touch.occurredAt), Infinity);
}

async function readEarlier(session: Session, ends: readonly string[]): Promise<Earlier[]> {
  const found: Earlier[] = [];
  for (const end of ends) {
    const [before = '', visitorId = ''] = end.split(' ', 2);
    const touches = await latestTouchesOf(session, [visitorId], Number(before));
    for (const at of touches) found.push({ end, at });
  }
  return found;
}
