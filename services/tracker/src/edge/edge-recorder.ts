import type { NewFact } from '@provisie/domain';
import type { RecordOutcome } from '../recording/record-outcome.ts';
import type { TouchRecorder } from '../recording/touch-recorder.ts';
import { DeliveryError } from './touch-delivery.ts';
import type { DeliveredTouch, TouchDelivery } from './touch-delivery.ts';
import { createTurn } from './turn.ts';

/** Longer than any delivery takes: after it, the request that delivers is taken for dead. */
const TURN_LAPSES_MS = 8000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;
/** Deliveries that failed in a row before visitors are no longer kept waiting for the next. */
const TROUBLE = 2;
const TROUBLE_FORGOTTEN_MS = 10_000;
/** How long a visitor waits for the record. */
const PATIENCE_MS = 1500;
const PATIENCE_IN_TROUBLE_MS = 50;
/** How long delivery is tried, also after the visitor was answered. */
const GIVE_UP_MS = 20_000;
const MAX_QUEUED = 5000;

export interface EdgeRecorderOptions {
  readonly delivery: TouchDelivery;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

export interface EdgeRecorder extends TouchRecorder {
  /**
   * Resolves when the touches that nobody waits for any more are delivered or given up: what a worker's
   * `waitUntil` wants. Their ids were not given out; they count for what they tell.
   */
  late(): Promise<void>;
}

interface WaitingTouch {
  readonly touch: NewFact;
  readonly since: number;
  readonly settled: Promise<RecordOutcome>;
  /** The first call counts. */
  settle(outcome: RecordOutcome): void;
  isSettled: boolean;
  /** The visitor has been answered without it. */
  isLate: boolean;
}

const failed = { recorded: false, reason: 'store_failed' } as const;
const OUTCOMES: Readonly<Record<DeliveredTouch, RecordOutcome>> = {
  accepted: { recorded: true, repeated: false },
  repeated: { recorded: true, repeated: true },
  refused: { recorded: false, reason: 'refused' },
};

/**
 * As `createTouchRecorder`, for runtimes where what a request has under way dies with it: whoever waits delivers
 * what all are waiting for, one at a time, each as a part of its own request.
 */
export function createEdgeRecorder({ delivery, now, onError }: EdgeRecorderOptions): EdgeRecorder {
  const turn = createTurn(now);
  /** All that aren't settled; the earliest first. */
  const waiting = new Set<WaitingTouch>();
  /** What was delivered last without an answer: it goes again as it was, so that the collector knows it again. */
  let unanswered: readonly WaitingTouch[] = [];
  let failures = 0;
  let failedAt = 0;

  const pauseLeft = () => {
    if (failures === 0) return 0;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
    return Math.max(0, failedAt + pause - now());
  };

  const settle = (one: WaitingTouch, outcome: RecordOutcome) => {
    waiting.delete(one);
    one.settle(outcome);
  };

  const nextBatch = () => {
    const again = unanswered.filter(({ isSettled }) => !isSettled);
    return again.length > 0 ? again : Array.from(waiting).slice(0, delivery.mostAtOnce);
  };

  const deliver = async () => {
    const batch = nextBatch();
    unanswered = batch;
    try {
      const delivered = await delivery.deliver(batch.map(({ touch }) => touch));
      failures = 0;
      for (const [index, one] of batch.entries())
        settle(one, OUTCOMES[delivered[index] ?? 'refused']);
    } catch (error) {
      failures += 1;
      failedAt = now();
      onError(error);
      if (error instanceof DeliveryError && !error.mayPass) {
        for (const one of batch) settle(one, failed);
      }
    }
  };

  /** Part of the touch's own request: takes turns with the others until the touch is settled. */
  const seeThrough = async (own: WaitingTouch) => {
    // Touches of the same moment share the first delivery.
    await Promise.resolve();
    while (!own.isSettled) {
      const left = own.since + GIVE_UP_MS - now();
      if (left <= 0) {
        onError(gaveUp());
        settle(own, failed);
        return;
      }
      const pause = pauseLeft();
      const end = pause > 0 ? null : turn.begin(TURN_LAPSES_MS);
      if (end === null) {
        await turn.next(pause > 0 ? Math.min(pause, left) : left);
      } else {
        await deliver().finally(end);
      }
    }
  };

  const patience = () => {
    const isTroubled = failures >= TROUBLE && now() - failedAt < TROUBLE_FORGOTTEN_MS;
    return isTroubled ? PATIENCE_IN_TROUBLE_MS : PATIENCE_MS;
  };

  const answered = async (own: WaitingTouch, patientForMs: number): Promise<RecordOutcome> => {
    const { promise, resolve } = Promise.withResolvers<RecordOutcome>();
    const timer = setTimeout(() => {
      own.isLate = true;
      resolve({ recorded: false, reason: 'timed_out' });
    }, patientForMs);
    void own.settled.then(resolve);
    const outcome = await promise;
    clearTimeout(timer);
    return outcome;
  };

  return {
    record(touch) {
      if (waiting.size >= MAX_QUEUED) {
        return Promise.resolve({ recorded: false, reason: 'overloaded' });
      }
      const own = waitingTouch(touch, now());
      waiting.add(own);
      void seeThrough(own);
      return answered(own, patience());
    },
    async late() {
      const late = Array.from(waiting).filter(({ isLate }) => isLate);
      await Promise.all(late.map(({ settled }) => settled));
    },
    async idle() {
      while (waiting.size > 0) await Promise.all(Array.from(waiting, ({ settled }) => settled));
    },
  };
}

function gaveUp(): DeliveryError {
  const message = `A touch was given up: it could not be delivered within ${String(GIVE_UP_MS)} ms.`;
  return new DeliveryError('touches_given_up', message, true);
}

function waitingTouch(touch: NewFact, since: number): WaitingTouch {
  const { promise, resolve } = Promise.withResolvers<RecordOutcome>();
  const waiting: WaitingTouch = {
    touch,
    since,
    settled: promise,
    settle(outcome) {
      waiting.isSettled = true;
      resolve(outcome);
    },
    isSettled: false,
    isLate: false,
  };
  return waiting;
}
