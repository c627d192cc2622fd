import type { TouchEventFact } from '@provisie/domain';
import { readFact, type ReadableLog } from '@provisie/event-store';
import { sql } from 'kysely';
import type { TouchesRead } from './batch-visitors.ts';
import { statement, type Session } from '../database/session.ts';

/** A build that had its touches ahead of the log met an event that can't be applied: it must go event by event. */
export class TouchLoadFailedError extends Error {
  override readonly name = 'TouchLoadFailedError';

  constructor(cause: unknown) {
    super('An event could not be applied to tables whose touches were loaded first.', { cause });
  }
}

/**
 * The touches of a log stand in the table before its other events are applied, each of these looking past those that
 * come after it. When a decision looks past one that it would have read, that touch is expected: the order is to be
 * decided anew when the log comes to it.
 */
export class TouchesAhead {
  readonly #store: ReadableLog;
  readonly #mostExpected: number;
  /** Positions, the nearest last. */
  #expected: number[] = [];
  /** From this position on, what is expected stands in the tables only. */
  #horizon: number;
  #brought: TouchesRead | null = null;

  /**
   * `decided`: decisions were made before, by what broke off. `mostExpected`: kept in memory at most; those after them
   * are looked up when they come near.
   */
  constructor(
    store: ReadableLog,
    from: { readonly position: number; readonly decided: boolean },
    mostExpected: number,
  ) {
    this.#store = store;
    this.#mostExpected = mostExpected;
    this.#horizon = from.decided ? from.position + 1 : Number.POSITIVE_INFINITY;
  }

  /** What the orders to be applied next will ask for of touches, where that was read already. */
  bring(read: TouchesRead | null): void {
    this.#brought = read;
  }

  /** What was brought, once. */
  take(): TouchesRead | null {
    const brought = this.#brought;
    this.#brought = null;
    return brought;
  }

  /** A decision looked past the touch at this position. */
  expect(position: number): void {
    if (position >= this.#horizon) return;
    const place = this.#placeOf(position);
    if (this.#expected[place] === position) return;
    this.#expected.splice(place, 0, position);
    if (this.#expected.length <= this.#mostExpected) return;
    const far = this.#expected.splice(0, Math.ceil(this.#mostExpected / 2));
    this.#horizon = far.at(-1) ?? this.#horizon;
  }

  /** True: what comes next has to be looked up in the tables, where every decision must be by then. */
  looksFurther(until: number): boolean {
    return this.#expected.length === 0 && this.#horizon <= until;
  }

  /** Takes out the first touch that is expected up to and including `until`; null when there is none. */
  async next(session: Session, until: number): Promise<TouchEventFact | null> {
    if (this.looksFurther(until)) await this.#lookFurther(session);
    const nearest = this.#expected.at(-1);
    if (nearest === undefined || nearest > until) return null;
    this.#expected.pop();
    return touchAt(this.#store, nearest);
  }

  /** Where a position stands, or belongs. */
  #placeOf(position: number): number {
    let [low, high] = [0, this.#expected.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#expected[middle] ?? 0) > position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  async #lookFurther(session: Session): Promise<void> {
    const rows = await watchedTouches(session, this.#horizon, this.#horizon, this.#mostExpected);
    const last = rows.at(-1);
    const isAll = last === undefined || rows.length < this.#mostExpected;
    this.#horizon = isAll ? Number.POSITIVE_INFINITY : last.position + 1;
    this.#expected = rows.map(({ position }) => position).reverse();
  }
}

/** The next touches from a position on that a decision would have read. */
const watchedTouches = statement((db) =>
  db
    .selectFrom('touches')
    .innerJoin('decision_reads', (join) =>
      join
        .onRef('decision_reads.key', '=', 'touches.visitor_id')
        .on('decision_reads.kind', '=', sql.lit('visitor')),
    )
    .select('touches.position')
    .where('touches.position', '>=', 0)
    .whereRef('touches.occurred_at', '<=', 'decision_reads.until')
    .union((union) =>
      union
        .selectFrom('touches')
        .innerJoin('decision_reads', (join) =>
          join
            .onRef('decision_reads.key', '=', 'touches.touch_id')
            .on('decision_reads.kind', '=', sql.lit('touch')),
        )
        .select('touches.position')
        .where('touches.position', '>=', 0)
        .whereRef('touches.occurred_at', '<=', 'decision_reads.until'),
    )
    .orderBy('position')
    .limit(0)
    .compile(),
);

async function touchAt(store: ReadableLog, position: number): Promise<TouchEventFact> {
  const event = await store.eventAt(position);
  const fact = event === null ? null : readFact(event);
  if (
    fact?.type === 'ClickRecorded' ||
    fact?.type === 'VisitRecorded' ||
    fact?.type === 'CouponEntered'
  ) {
    return fact;
  }
  throw new Error(
    `The log has no touch at position ${position}, though one was loaded from there.`,
  );
}
