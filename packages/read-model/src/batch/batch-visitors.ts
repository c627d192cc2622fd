import type { IdentificationFact } from '@provisie/domain';
import type { Lookup, Lookups } from './lookups.ts';
import { ALWAYS } from './reads.ts';
import {
  identificationsOfCustomers,
  touchesById,
  touchesOfVisitors,
  type TouchAt,
} from './touch-rows.ts';

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
      read: (session, visitorIds) => touchesOfVisitors(session, visitorIds, ALWAYS),
    });
    this.#identifications = lookups.of({
      keyOf: ({ customer }) => customer,
      idOf: ({ touchId }) => touchId,
      read: (session, customers) => identificationsOfCustomers(session, customers, ALWAYS),
    });
  }

  touch(touchId: string): Iterable<TouchAt> {
    return this.#touches.of(touchId);
  }

  touchesOf(visitorId: string): Iterable<TouchAt> {
    return this.#touchesOfVisitors.of(visitorId);
  }

  /** The visitors identified as the customer. */
  identifiedAs(customer: string): Iterable<IdentificationFact> {
    return this.#identifications.of(customer);
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
