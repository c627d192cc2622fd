import { EventStoreError } from './event-store.ts';
import type { AppendResult } from './event-store.ts';
import type { PreparedAppend } from './prepared-append.ts';

export interface WaitingAppend {
  readonly append: PreparedAppend;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: EventStoreError) => void;
}

export interface WaitingAppendsOptions {
  /** More are refused with `store_busy`, unless nothing waits. */
  readonly maxQueuedEvents: number;
  /** In a group that holds more than one append. */
  readonly maxEventsPerGroup: number;
}

/** Why an append may not wait with the events that wait already; null when it may. One append alone always may. */
export function refusalWhenFull(
  queuedEvents: number,
  { events }: PreparedAppend,
  maxQueuedEvents: number,
): EventStoreError | null {
  if (queuedEvents === 0 || queuedEvents + events.length <= maxQueuedEvents) return null;
  const message = `More than ${maxQueuedEvents} events wait to be written. Try again in a moment.`;
  return new EventStoreError('store_busy', message);
}

/** Appends that wait to be written, in the order they came, and are taken in groups. */
export class WaitingAppends {
  readonly #options: WaitingAppendsOptions;
  #waiting: WaitingAppend[] = [];
  #queuedEvents = 0;

  constructor(options: WaitingAppendsOptions) {
    this.#options = options;
  }

  get areEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Settles when whoever takes the append settles it. */
  add(append: PreparedAppend): Promise<AppendResult> {
    const refusal = refusalWhenFull(this.#queuedEvents, append, this.#options.maxQueuedEvents);
    if (refusal !== null) return Promise.reject(refusal);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ append, resolve, reject });
      this.#queuedEvents += append.events.length;
    });
  }

  takeGroup(): WaitingAppend[] {
    let events = 0;
    const tooMany = this.#waiting.findIndex(({ append }, index) => {
      events += append.events.length;
      return index > 0 && events > this.#options.maxEventsPerGroup;
    });
    const group = this.#waiting.splice(0, tooMany === -1 ? this.#waiting.length : tooMany);
    for (const { append } of group) this.#queuedEvents -= append.events.length;
    return group;
  }
}
