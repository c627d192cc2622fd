import type { Instant, NewFact } from '@provisie/domain';
import { streams } from '@provisie/domain';
import type { EventStore } from '@provisie/event-store';
import { EventStoreError } from '@provisie/event-store';
import { createOverloadWatch } from './overload-watch.ts';
import type { RecordOutcome } from './record-outcome.ts';
import { openCohort } from './touch-cohort.ts';
import type { Cohort, WaitingTouch } from './touch-cohort.ts';

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
  /** How long a touch may wait in a lasting overload; default 200. More are not taken in. */
  readonly patienceMs?: number;
  readonly onError?: (error: unknown) => void;
}

/** A clash: the store took none of them, because it has one of the ids already. */
type AppendOutcome =
  { readonly done: RecordOutcome } | { readonly clash: 'conflict' | 'event_id_reused' };

const storeFailed = { recorded: false, reason: 'store_failed' } as const;
const overloaded = { recorded: false, reason: 'overloaded' } as const;
const alreadyRecorded = { recorded: true, repeated: true } as const;

/** A store that gathers what waits makes one group of all batches but the first; with two, each would be one of its own. */
const MOST_LANES = 4;
/**
 * So many of one turn of the event loop are appended before it is over: the store had better be at work meanwhile. Half of
 * what a busy tracker has under way: while one half is written, the other is answered and asked for anew.
 */
const WORTH_AN_APPEND = 32;

/**
 * Appends touches in batches: while appends are under way, the touches that arrive wait and make up the
 * next, so that the fuller the load, the more of them share one.
 *
 * When touches arrive faster than the store takes them, and go on to do so, as many are recorded whether the
 * others wait or not. Then a touch is taken in only while the queue is short, and the others hear at once.
 */
export function createTouchRecorder(options: TouchRecorderOptions): TouchRecorder {
  const { store, node, now, onError = () => undefined } = options;
  const { maxQueued = 10_000, maxBatch = 500, timeLimitMs = 1500, patienceMs = 200 } = options;
  const queue: Cohort[] = [];
  let queued = 0;
  /** Each appends one batch after the other. */
  const lanes = new Set<Promise<void>>();
  /** Lets the lane begin that waits for the end of this turn; null when none does. */
  let begin: (() => void) | null = null;
  const watch = createOverloadWatch(patienceMs);

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

  const recordBatch = async (batch: readonly Cohort[]) => {
    const touches = batch.flatMap((cohort) => cohort.touches);
    const outcome = await append(touches);
    if ('clash' in outcome) await Promise.all(touches.map(recordAlone));
    else for (const { settle } of touches) settle(outcome.done);
    for (const cohort of batch) cohort.end();
    watch.settled(touches.length);
  };

  const takeBatch = (): readonly Cohort[] => {
    let touches = 0;
    const tooMany = queue.findIndex((cohort) => (touches += cohort.touches.length) > maxBatch);
    const batch = queue.splice(0, tooMany === -1 ? queue.length : tooMany);
    for (const cohort of batch) {
      cohort.close();
      queued -= cohort.touches.length;
    }
    const [first] = batch;
    if (first !== undefined) watch.tookAfter(performance.now() - first.since);
    return batch.filter((cohort) => !cohort.hasEnded());
  };

  const work = async () => {
    // Touches of the same turn of the event loop share the first append.
    await new Promise<void>((resolve) => {
      begin = resolve;
      setImmediate(resolve);
    });
    begin = null;
    while (queue.length > 0) {
      const batch = takeBatch();
      if (batch.length === 0) continue;
      // A store that hangs must not hold up the touches behind these for longer than the time limit.
      const allEnded = Promise.all(batch.map(({ ended }) => ended));
      await Promise.race([recordBatch(batch), allEnded]);
    }
  };

  const openLane = () => {
    const lane = work().finally(() => lanes.delete(lane));
    lanes.add(lane);
  };

  const openedCohort = (): Cohort => {
    const last = queue.at(-1);
    if (last?.isOpen() === true && last.touches.length < maxBatch) return last;
    const opened = openCohort(timeLimitMs);
    queue.push(opened);
    return opened;
  };

  return {
    record(touch) {
      if (queued >= maxQueued || watch.refuses(queued)) return Promise.resolve(overloaded);
      queued += 1;
      const cohort = openedCohort();
      const outcome = cohort.add(touch);
      if (begin === null && lanes.size < MOST_LANES) openLane();
      if (cohort.touches.length >= WORTH_AN_APPEND) begin?.();
      return outcome;
    },
    async idle() {
      while (lanes.size > 0) await Promise.all(lanes);
    },
  };
}
