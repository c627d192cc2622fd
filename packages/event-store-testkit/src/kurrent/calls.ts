import { EventEmitter } from 'node:events';

export type CountedCall = 'append' | 'batch_append' | 'read' | 'subscribe' | 'features' | 'sent';

/** The calls a double has had, the messages of reads and subscriptions it has sent,, and those that are under way. */
export class Calls {
  /** `subscribed` when a subscription was confirmed. */
  readonly events = new EventEmitter();
  readonly #counts = new Map<CountedCall, number>();
  readonly #open = new Set<AbortController>();
  readonly #subscriptions = new Set<AbortController>();

  count(call: CountedCall): void {
    this.#counts.set(call, this.of(call) + 1);
  }

  of(call: CountedCall): number {
    return this.#counts.get(call) ?? 0;
  }

  /** Reads, appends and subscriptions that have not ended. */
  get open(): number {
    return this.#open.size;
  }

  get subscriptions(): number {
    return this.#subscriptions.size;
  }

  begin(): AbortController {
    const abort = new AbortController();
    this.#open.add(abort);
    return abort;
  }

  confirmed(abort: AbortController): void {
    this.#subscriptions.add(abort);
    this.events.emit('subscribed');
  }

  end(abort: AbortController): void {
    this.#open.delete(abort);
    this.#subscriptions.delete(abort);
    abort.abort();
  }

  /** Ends the subscriptions with `reason` as their error. */
  dropSubscriptions(reason: unknown): void {
    for (const abort of this.#subscriptions) abort.abort(reason);
  }

  abortAll(): void {
    for (const abort of this.#open) abort.abort();
  }
}
