import type { ServerError } from './server-errors.ts';

export type FaultyCall = 'append' | 'read' | 'subscribe' | 'gossip';

export type Fault =
  /** Nothing is done. */
  | { readonly kind: 'fail'; readonly error: () => ServerError }
  /** Nothing is done, and no answer ever comes. */
  | { readonly kind: 'silent' }
  /** It is done, but no answer ever comes. */
  | { readonly kind: 'lose_answer' }
  /** It is done, and then the answer is an error. */
  | { readonly kind: 'fail_after'; readonly error: () => ServerError }
  /** It is done, and the connection breaks instead of an answer. */
  | { readonly kind: 'break_after' }
  /** It is done when `until` resolves, whether or not the caller still waits. */
  | { readonly kind: 'held'; readonly until: Promise<void> }
  /** Reads and subscriptions: after so many messages the call fails. */
  | { readonly kind: 'fail_midway'; readonly after: number; readonly error: () => ServerError }
  /** Reads and subscriptions: after so many messages nothing comes any more. */
  | { readonly kind: 'silent_midway'; readonly after: number };

/** What a double is told to get wrong, by the kind of call. */
export class Faults {
  readonly #next = new Map<FaultyCall, Fault[]>();
  readonly #always = new Map<FaultyCall, () => Fault | null>();

  /** The next calls of this kind, one fault each. */
  next(call: FaultyCall, ...faults: readonly Fault[]): void {
    this.#next.set(call, [...(this.#next.get(call) ?? []), ...faults]);
  }

  /** Every call of this kind from now on, until `clear`. */
  always(call: FaultyCall, fault: Fault): void {
    this.#always.set(call, () => fault);
  }

  /** Asked at every call of this kind: null is none. */
  decide(call: FaultyCall, fault: () => Fault | null): void {
    this.#always.set(call, fault);
  }

  clear(): void {
    this.#next.clear();
    this.#always.clear();
  }

  /** What becomes of the call that begins now; null when all is well. */
  take(call: FaultyCall): Fault | null {
    const next = this.#next.get(call)?.shift();
    return next ?? this.#always.get(call)?.() ?? null;
  }
}
