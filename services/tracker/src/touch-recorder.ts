import type { Instant, NewFact } from '@provisie/domain';
import { streams } from '@provisie/domain';
import type { EventStore } from '@provisie/event-store';
import { EventStoreError } from '@provisie/event-store';

/** `repeated`: it was in the log already. */
export type RecordOutcome =
  | { readonly recorded: true; readonly repeated: boolean }
  | {
      readonly recorded: false;
      readonly reason: 'queue_full' | 'timed_out' | 'store_failed' | 'refused';
    };

export interface TouchRecorder {
  /** Never rejects. What it calls recorded is durable; what it doesn't may yet be, if the store was slow. */
  record(touch: NewFact): Promise<RecordOutcome>;
  /** Resolves when nothing waits and nothing is under way: for a shutdown that keeps what was accepted. */
  idle(): Promise<void>;
}

export interface TouchRecorderOptions {
  readonly store: Pick<EventStore, 'append'>;
  /** Names this tracker in the streams: `touches-<node>-<date>`. */
  readonly node: string;
  readonly now: () => Instant;
  /** Default 10,000. */
  readonly maxQueued?: number;
  /** Default 500. */
  readonly maxBatch?: number;
  /** How long a touch may wait for the disk; default 1,500. */
  readonly timeLimitMs?: number;
  readonly onError?: (error: unknown) => void;
}

interface WaitingTouch {
  readonly touch: NewFact;
  /** Resolves within the time limit. */
  readonly outcome: Promise<RecordOutcome>;
  /** The first call counts. */
  settle(outcome: RecordOutcome): void;
  isSettled(): boolean;
}

/** A clash: the store took none of them, because it has one of the ids already. */
type AppendOutcome =
  { readonly done: RecordOutcome } | { readonly clash: 'conflict' | 'event_id_reused' };

const storeFailed = { recorded: false, reason: 'store_failed' } as const;
const queueFull = { recorded: false, reason: 'queue_full' } as const;
const timedOut = { recorded: false, reason: 'timed_out' } as const;
const alreadyRecorded = { recorded: true, repeated: true } as const;

/**
 * Appends touches in batches: while one append is under way, the touches that arrive wait and make up the
 * next, so that the fuller the load, the more of them share one.
 */
export function createTouchRecorder(options: TouchRecorderOptions): TouchRecorder {
  const { store, node, now, onError = () => undefined } = options;
  const { maxQueued = 10_000, maxBatch = 500, timeLimitMs = 1500 } = options;
  let queue: WaitingTouch[] = [];
  let underWay: Promise<void> | null = null;

  const append = async (touches: readonly WaitingTouch[]): Promise<AppendOutcome> => {
    const events = touches.map(({ touch }) => touch);
    try {
      const result = await store.append(streams.touches(node, now()), events, 'any');
      if (result.ok) return { done: { recorded: true, repeated: result.repeated } };
      return { clash: 'conflict' };
    } catch (error) {
      if (error instanceof EventStoreError && error.code === 'event_id_reused') {
        return { clash: 'event_id_reused' };
      }
      onError(error);
      return { done: storeFailed };
    }
  };

  const recordAlone = async (waiting: WaitingTouch) => {
    const outcome = await append([waiting]);
    if ('done' in outcome) waiting.settle(outcome.done);
    // A touch's id is bound to its content, so the same id is the same touch, heard at another time.
    else if (outcome.clash === 'event_id_reused') waiting.settle(alreadyRecorded);
    else waiting.settle(storeFailed);
  };

  const recordBatch = async (batch: readonly WaitingTouch[]) => {
    const outcome = await append(batch);
    if ('clash' in outcome) await Promise.all(batch.map(recordAlone));
    else for (const waiting of batch) waiting.settle(outcome.done);
  };

  const work = async () => {
    // Touches of the same moment share the first append.
    await Promise.resolve();
    while (queue.length > 0) {
      const batch = queue.slice(0, maxBatch).filter((waiting) => !waiting.isSettled());
      queue = queue.slice(maxBatch);
      if (batch.length === 0) continue;
      // A store that hangs must not hold up the touches behind these for longer than the time limit.
      const allSettled = Promise.all(batch.map(({ outcome }) => outcome));
      await Promise.race([recordBatch(batch), allSettled]);
    }
    underWay = null;
  };

  return {
    record(touch) {
      if (queue.length >= maxQueued) return Promise.resolve(queueFull);
      const waiting = waitingTouch(touch, timeLimitMs);
      queue.push(waiting);
      underWay ??= work();
      return waiting.outcome;
    },
    async idle() {
      for (let busy = underWay; busy !== null; busy = underWay) await busy;
    },
  };
}

function waitingTouch(touch: NewFact, timeLimitMs: number): WaitingTouch {
  const { promise, resolve } = Promise.withResolvers<RecordOutcome>();
  let settled = false;
  const settle = (outcome: RecordOutcome) => {
    settled = true;
    clearTimeout(timer);
    resolve(outcome);
  };
  const timer = setTimeout(settle, timeLimitMs, timedOut);
  return { touch, outcome: promise, settle, isSettled: () => settled };
}
