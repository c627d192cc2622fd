import type { Generation, GenerationName } from './generation.ts';
import { buildLock, leaderLock, type ReadModelHome } from './read-model-home.ts';

export interface SweepTimes {
  /** How long a generation stays that another build of its version took the place of: for who still reads it. */
  readonly retiredMs: number;
  /** How long the generation of an older version stays that nobody projects any more: for a way back. */
  readonly olderVersionMs: number;
}

const MINUTE_MS = 60_000;
export const SWEEP_TIMES: SweepTimes = {
  retiredMs: 10 * MINUTE_MS,
  olderVersionMs: 24 * 60 * MINUTE_MS,
};

/** Removes generations that nobody needs any more; resolves to those. */
export async function sweepGenerations(
  home: ReadModelHome,
  times: SweepTimes,
  now: number,
): Promise<readonly GenerationName[]> {
  const swept: Generation[] = [];
  const generations = await home.generations();
  for (const generation of generations) {
    if (!(await isDispensable(home, generations, generation, times, now))) continue;
    await home.remove(generation);
    swept.push(generation);
  }
  return swept;
}

async function isDispensable(
  home: ReadModelHome,
  generations: readonly Generation[],
  generation: Generation,
  { retiredMs, olderVersionMs }: SweepTimes,
  now: number,
): Promise<boolean> {
  switch (generation.state) {
    case 'removed':
      return false;
    case 'retired':
      return now - generation.since >= retiredMs;
    case 'building':
      // A projector goes on with the first build of its version by itself.
      return (
        (generation.purpose === 'again' || generation.version < home.version) &&
        (await isFree(home, buildLock(generation.version)))
      );
    case 'live': {
      const successor = generations.find(
        ({ version, state }) => version === home.version && state === 'live',
      );
      return (
        successor !== undefined &&
        generation.version < home.version &&
        now - successor.since >= olderVersionMs &&
        (await isFree(home, leaderLock(generation.version)))
      );
    }
  }
}

async function isFree(home: ReadModelHome, lock: string): Promise<boolean> {
  const held = await home.locks.tryTake(lock);
  await held?.release();
  return held !== null;
}
