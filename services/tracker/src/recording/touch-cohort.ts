import type { NewFact } from '@provisie/domain';
import type { RecordOutcome } from './record-outcome.ts';

export interface WaitingTouch {
  readonly touch: NewFact;
  /** The first call counts. */
  readonly settle: (outcome: RecordOutcome) => void;
}

/** Touches that arrived in one turn of the event loop: they share a time limit, as a timer for each would cost. */
export interface Cohort {
  /** When it was opened, on the clock of `performance.now`. */
  readonly since: number;
  readonly touches: readonly WaitingTouch[];
  /** Resolves with the outcome of the touch, within the time limit. */
  add(touch: NewFact): Promise<RecordOutcome>;
  isOpen(): boolean;
  close(): void;
  /** All are settled. */
  end(): void;
  hasEnded(): boolean;
  readonly ended: Promise<void>;
}

const timedOut = { recorded: false, reason: 'timed_out' } as const;

export function openCohort(timeLimitMs: number): Cohort {
  const touches: WaitingTouch[] = [];
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  let isOpen = true;
  let hasEnded = false;

  const close = () => {
    isOpen = false;
  };
  const end = () => {
    hasEnded = true;
    clearTimeout(timer);
    resolve();
  };
  const timer = setTimeout(() => {
    for (const { settle } of touches) settle(timedOut);
    end();
  }, timeLimitMs);
  setImmediate(close);

  return {
    since: performance.now(),
    touches,
    add: (touch) =>
      new Promise((settle) => {
        touches.push({ touch, settle });
      }),
    isOpen: () => isOpen,
    close,
    end,
    hasEnded: () => hasEnded,
    ended,
  };
}
