import { performance } from 'node:perf_hooks';
import { pause } from '@provisie/event-store';

/** Leaves the process this share of its time for requests. */
const MOST_UTILISATION = 0.7;
/** So that a process that is busy all the time still forwards. */
const LONGEST_REST_MS = 150;

export interface Pace {
  /** After a piece of work: longer the busier the process was since the last rest. */
  rest(signal: AbortSignal): Promise<void>;
}

/** A backlog of hours is sent as fast as the store takes it, but not at the cost of those who click now. */
export function createPace(): Pace {
  let before = performance.eventLoopUtilization();
  return {
    async rest(signal) {
      const { active, idle } = performance.eventLoopUtilization(before);
      const wanted = active / MOST_UTILISATION - (active + idle);
      await pause(Math.max(1, Math.min(LONGEST_REST_MS, wanted)), signal);
      before = performance.eventLoopUtilization();
    },
  };
}
