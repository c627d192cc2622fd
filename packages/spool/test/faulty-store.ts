import { EventStoreError } from '@provisie/event-store';
import type { AppendResult, EventStore, ExpectedRevision, NewEvent } from '@provisie/event-store';

/**
 * What happens to an append: it works; it is never heard of; it is written but the answer gets lost; the store says
 * that it is away; it never answers, and writes or doesn't.
 */
export type Fault = 'none' | 'away' | 'answer_lost' | 'hangs' | 'hangs_after_writing';

/** A real store behind a network that fails as it is told. */
export class FaultyStore implements Pick<EventStore, 'append' | 'readStream'> {
  readonly #store: EventStore;
  /** What befalls the next appends; then `rest` holds. */
  readonly faults: Fault[] = [];
  rest: Fault = 'none';
  /** An error for an append that contains such an event. */
  refuse: (event: NewEvent) => Error | null = () => null;
  mostEvents = Infinity;
  /** Appends that were tried. */
  calls = 0;
  /** Sizes of the appends that reached the store. */
  readonly sizes: number[] = [];

  constructor(store: EventStore) {
    this.#store = store;
  }

  async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    this.calls += 1;
    const fault = this.faults.shift() ?? this.rest;
    if (fault === 'away') throw new EventStoreError('store_unavailable', 'away');
    if (fault === 'hangs') return new Promise(() => {});
    if (events.length > this.mostEvents) {
      throw new EventStoreError('append_too_large', 'too many at once');
    }
    for (const event of events) {
      const error = this.refuse(event);
      if (error !== null) throw error;
    }
    this.sizes.push(events.length);
    const result = await this.#store.append(stream, events, expected);
    if (fault === 'answer_lost') throw new Error('the connection broke');
    if (fault === 'hangs_after_writing') return new Promise(() => {});
    return result;
  }

  readStream(...given: Parameters<EventStore['readStream']>) {
    if (this.rest === 'away') throw new EventStoreError('store_unavailable', 'away');
    return this.#store.readStream(...given);
  }
}
