import { EventStoreError, pause } from '@provisie/event-store';
import type { EventStore } from '@provisie/event-store';
import { adoptStream } from './adopt-stream.ts';
import { backOffMs } from './back-off.ts';
import type { Outbox, OutgoingBatch, WaitingEvent } from './outbox.ts';
import { createPace } from './pace.ts';
import { sendBatch } from './send-batch.ts';
import type { Sending } from './send-batch.ts';

export interface ForwarderOptions {
  readonly outbox: Outbox;
  readonly store: Pick<EventStore, 'append' | 'readStream'>;
  /** In one append; default 500. */
  readonly maxBatchEvents?: number;
  /** Default 1 MiB. */
  readonly maxBatchBytes?: number;
  /** How long the store may take for one; default 15,000. */
  readonly timeLimitMs?: number;
  /** After how long without an answer the store counts as away; default 2,000. */
  readonly patienceMs?: number;
  /** How long events wait for others to go with them; default 100. */
  readonly lingerMs?: number;
  /** After the first failure; default 200. */
  readonly firstPauseMs?: number;
  /** However often it failed; default 15,000. */
  readonly longestPauseMs?: number;
  /** From 0 up to 1; default random. */
  readonly random?: () => number;
  /** UTC milliseconds; default the clock. */
  readonly now?: () => number;
  /** Hears of every failure and of every event set aside; no personal data. */
  readonly onError?: (error: unknown) => void;
}

export interface ForwarderStatus {
  /** Since when the store takes nothing, or doesn't answer; null: it does. */
  readonly awaySince: number | null;
  readonly lastError: string | null;
  /** Since the start: events that were sent, events that the store had already, tries that failed. */
  readonly forwarded: number;
  readonly repeated: number;
  readonly failures: number;
}

export interface Forwarder {
  status(): ForwarderStatus;
  /** Sends what waits, for so long at most and as long as the store takes it, then ends. */
  stop(limitMs: number): Promise<void>;
}

/** After so many failures of one event alone, an event behind it is tried, to see whose fault it is. */
const STUBBORN_AFTER = 5;
/** The event tried is 1, 2, 4 … 512 places behind. */
const FURTHEST_PROBES = 10;
const TIDY_PAUSE_MS = 10;

/** Sends what a spool holds to the store, in order; everything once, whatever fails. */
export function startForwarder(options: ForwarderOptions): Forwarder {
  const forwarding = new Forwarding(options);
  const ended = forwarding.run();
  return {
    status: () => forwarding.status(),
    async stop(limitMs) {
      forwarding.finish();
      const limit = new AbortController();
      await Promise.race([ended, pause(limitMs, limit.signal)]);
      limit.abort();
      forwarding.end();
    },
  };
}

class Forwarding {
  readonly #options: Required<Omit<ForwarderOptions, 'onError'>>;
  readonly #onError: (error: unknown) => void;
  /** Aborted by the wish to stop: nothing waits any more. */
  readonly #hurry = new AbortController();
  readonly #pace = createPace();
  #isEnded = false;
  /** Halved by what doesn't go through, doubled by what does. */
  #batchEvents: number;
  /** In a row. */
  #failures = 0;
  #conflicts = 0;
  #awaySince: number | null = null;
  /** Since when it is to answer. */
  #askedAt: number | null = null;
  #lastError: string | null = null;
  readonly #counts = { forwarded: 0, repeated: 0, failures: 0 };

  constructor({ onError = () => {}, ...given }: ForwarderOptions) {
    this.#options = { ...defaults, ...given };
    this.#onError = onError;
    this.#batchEvents = this.#options.maxBatchEvents;
  }

  status(): ForwarderStatus {
    const awaySince = this.#awaySince ?? this.#silentSince();
    return { awaySince, lastError: this.#lastError, ...this.#counts };
  }

  /** Long before its time limit it is known that an answer takes longer than answers do. */
  #silentSince(): number | null {
    const { now, patienceMs } = this.#options;
    if (this.#askedAt === null || now() - this.#askedAt < patienceMs) return null;
    return this.#askedAt;
  }

  finish(): void {
    this.#hurry.abort();
  }

  end(): void {
    this.#isEnded = true;
  }

  async run(): Promise<void> {
    let hasTakenBack = false;
    while (!this.#isEnded) {
      try {
        // What was refused by the store of yesterday may be taken by today's.
        if (!hasTakenBack) this.#options.outbox.takeBack();
        hasTakenBack = true;
        await this.#step();
      } catch (error) {
        // The spool itself can't be read or written.
        await this.#hasFailed(error);
      }
    }
  }

  async #step(): Promise<void> {
    const { outbox, maxBatchBytes } = this.#options;
    const batch = outbox.next({ events: this.#batchEvents, bytes: maxBatchBytes });
    if (batch === null) return this.#rest();
    await this.#handle(batch, await this.#send(batch));
  }

  /** Nothing waits. */
  async #rest(): Promise<void> {
    const { outbox, lingerMs } = this.#options;
    const { signal } = this.#hurry;
    if (signal.aborted) {
      while (outbox.tidy());
      this.end();
    } else if (outbox.tidy()) {
      await pause(TIDY_PAUSE_MS, signal);
    } else {
      await outbox.arrival(signal);
      await pause(lingerMs, signal);
    }
  }

  async #send(batch: OutgoingBatch): Promise<Sending> {
    const { store, timeLimitMs, now } = this.#options;
    this.#askedAt = now();
    try {
      return await sendBatch(store, batch, timeLimitMs);
    } finally {
      this.#askedAt = null;
    }
  }

  async #handle(batch: OutgoingBatch, sending: Sending): Promise<void> {
    switch (sending.kind) {
      case 'written':
        return this.#hasWritten(batch, sending.revision);
      case 'conflict':
        return this.#adopt(batch, sending.actualRevision);
      case 'refused':
        return this.#isRefused(batch, sending.error);
      case 'failed':
        if (batch.events.length === 1 && this.#failures >= STUBBORN_AFTER) {
          if (await this.#isPassedBy(batch, sending.error)) return;
        }
        return this.#hasFailed(sending.error);
    }
  }

  async #hasWritten(batch: OutgoingBatch, revision: number): Promise<void> {
    const { outbox, maxBatchEvents, lingerMs } = this.#options;
    const { signal } = this.#hurry;
    outbox.forwarded(batch, revision);
    this.#counts.forwarded += batch.events.length;
    this.#works();
    const wasFull = batch.events.length >= this.#batchEvents;
    this.#batchEvents = Math.min(maxBatchEvents, this.#batchEvents * 2);
    outbox.tidy();
    await this.#pace.rest(signal);
    if (!wasFull) await pause(lingerMs, signal);
  }

  #works(): void {
    this.#failures = 0;
    this.#conflicts = 0;
    this.#awaySince = null;
    this.#lastError = null;
  }

  async #adopt(batch: OutgoingBatch, actualRevision: number | null): Promise<void> {
    const { store, outbox, timeLimitMs } = this.#options;
    const { stream, expected } = batch;
    if (actualRevision === (expected === 'no_stream' ? null : expected)) {
      // The stream is as expected, so it is the ids: some of them are in it already, further up.
      this.#batchEvents = Math.ceil(batch.events.length / 2);
      if (batch.events.length > 1) return;
    }
    try {
      this.#counts.repeated += await adoptStream(
        store,
        outbox,
        batch,
        actualRevision,
        timeLimitMs * 6,
      );
    } catch (error) {
      return this.#hasFailed(error);
    }
    this.#conflicts += 1;
    // Once is no failure: the stream was only somewhat longer than was known here.
    if (this.#conflicts === 1) return;
    const message = `The stream ${stream} ends at ${String(actualRevision)} in the store, not at ${String(expected)}: does another node write it?`;
    await this.#hasFailed(new EventStoreError('store_unavailable', message));
  }

  async #isRefused(batch: OutgoingBatch, error: EventStoreError): Promise<void> {
    const [first, ...others] = batch.events;
    if (first === undefined) return;
    if (others.length > 0) {
      this.#batchEvents = Math.ceil(batch.events.length / 2);
      return;
    }
    if (error.code === 'event_id_reused') this.#isKnownElsewhere(first);
    else this.#setAside(first, error);
    this.#batchEvents = 2;
  }

  /**
   * The id of a touch is bound to its content, so the same id in another stream is the same touch: one that a
   * browser told another node as well, having got no answer from this one.
   */
  #isKnownElsewhere({ event }: WaitingEvent): void {
    this.#counts.repeated += this.#options.outbox.found([event.id]);
    this.#failures = 0;
  }

  /**
   * The event at the head failed again and again without a verdict. If one behind it goes through, it isn't the
   * store that is away, so the head is tried once more and set aside.
   */
  async #isPassedBy(head: OutgoingBatch, reason: unknown): Promise<boolean> {
    const { outbox, maxBatchBytes } = this.#options;
    // Further and further behind: those next to it may be of the same kind.
    const skip = 2 ** ((this.#failures - STUBBORN_AFTER) % FURTHEST_PROBES);
    const next = outbox.next({ events: 1, bytes: maxBatchBytes, skip });
    const [first] = head.events;
    if (next === null || first === undefined) return false;
    const passing = await this.#send(next);
    if (passing.kind !== 'written') return false;
    outbox.streamEndsAt(next.stream, passing.revision);
    this.#counts.forwarded += outbox.found(next.events.map(({ event }) => event.id));
    const again = outbox.next({ events: 1, bytes: maxBatchBytes });
    if (again === null) return true;
    const sending = await this.#send(again);
    if (sending.kind === 'written') await this.#hasWritten(again, sending.revision);
    else if (sending.kind === 'conflict') await this.#adopt(again, sending.actualRevision);
    else this.#setAside(first, reason);
    return true;
  }

  #setAside(waiting: WaitingEvent, reason: unknown): void {
    this.#onError(reason);
    this.#options.outbox.setAside(waiting, codeOf(reason), messageOf(reason));
    this.#failures = 0;
  }

  async #hasFailed(error: unknown): Promise<void> {
    this.#failures += 1;
    this.#counts.failures += 1;
    this.#awaySince ??= this.#options.now();
    this.#lastError = codeOf(error);
    this.#onError(error);
    if (this.#hurry.signal.aborted) this.end();
    this.#batchEvents = Math.max(1, Math.ceil(this.#batchEvents / 2));
    await pause(backOffMs(this.#failures, this.#options), this.#hurry.signal);
  }
}

const defaults = {
  maxBatchEvents: 500,
  maxBatchBytes: 1_048_576,
  timeLimitMs: 15_000,
  patienceMs: 2000,
  lingerMs: 100,
  firstPauseMs: 200,
  longestPauseMs: 15_000,
  random: Math.random,
  now: Date.now,
};

function codeOf(error: unknown): string {
  return error instanceof EventStoreError ? error.code : 'unknown';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
