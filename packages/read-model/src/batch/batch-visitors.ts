import type { IdentificationFact } from '@provisie/domain';
import type { Lookup, Lookups } from './lookups.ts';
import {
  identificationsOfCustomers,
  touchesById,
  touchesOfVisitors,
  type TouchAt,
} from './touch-rows.ts';

/** Of some touches by their id, and of some visitors up to a moment, all that the tables hold. */
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
  readonly #touchesOfVisitors: Lookup<TouchAt>;
  readonly #identifications: Lookup<IdentificationFact>;

  constructor(lookups: Lookups) {
    this.#touches = lookups.of({
      keyOf: ({ touch }) => touch.touchId,
      idOf: ({ touch }) => touch.touchId,
      read: touchesById,
    });
    this.#touchesOfVisitors = lookups.of({
      keyOf: ({ touch }) => touch.visitorId,
      idOf: ({ touch }) => touch.touchId,
      read: touchesOfVisitors,
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
    this.#touchesOfVisitors.learn(visitorIds, touches, until);
  }

  touch(touchId: string): Iterable<TouchAt> {
    return this.#touches.of(touchId);
  }

  /** Those up to `until`; there may be later ones among them. */
  touchesOf(visitorId: string, until: number): Iterable<TouchAt> {
    return this.#touchesOfVisitors.of(visitorId, until);
  }

  /** The visitors identified as the customer up to `until`; there may be later ones among them. */
  identifiedAs(customer: string, until: number): Iterable<IdentificationFact> {
    return this.#identifications.of(customer, until);
  }

  /** The rows of touches were changed: what was read of them counts no more. */
  forgetTouches(): void {
    this.#touches.forget();
    this.#touchesOfVisitors.forget();
  }

  /** The row of an identification was written, over that of `before`. */
  identified(before: IdentificationFact | null, identification: IdentificationFact): void {
    if (before !== null) this.#identifications.drop(before);
    this.#identifications.put(identification);
  }
}
