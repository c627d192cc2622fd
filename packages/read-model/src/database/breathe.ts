import { setImmediate as nextTurn } from 'node:timers/promises';

/** Gives way to whatever else waits in this process, when its turn has lasted long enough. */
export type Breathe = () => Promise<void>;

/** How long work may keep a process to itself, where nobody says otherwise. */
export const DEFAULT_SLICE_MS = 8;

export function breatheEvery(sliceMs: number): Breathe {
  let sliceEnds = performance.now() + sliceMs;
  return async () => {
    if (performance.now() < sliceEnds) return;
    await nextTurn();
    sliceEnds = performance.now() + sliceMs;
  };
}
