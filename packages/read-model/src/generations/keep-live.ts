import { pause, type EventStore } from '@provisie/event-store';
import { takeWhenFree, type HeldLock } from '../leadership/locks.ts';
import { raiseFence } from '../leadership/fence.ts';
import { startProjector, type ProjectorProgress } from '../applying/projector.ts';
import { buildGeneration } from './build-generation.ts';
import { MadeFromOtherLogError } from './errors.ts';
import { isSameGeneration, type Generation } from './generation.ts';
import { isMadeFrom } from './made-from-log.ts';
import { buildLock, leaderLock, type ReadModelHome } from './read-model-home.ts';
import { removeAbandoned } from './rebuild-beside.ts';
import { SWEEP_TIMES, sweepGenerations, type SweepTimes } from './sweep-generations.ts';

export interface KeepLiveOptions {
  readonly store: EventStore;
  readonly home: ReadModelHome;
  /** Stops after the batch under way, and hands over to who stands by. */
  readonly signal: AbortSignal;
  /** What went wrong, and what was set aside; it goes on by itself. */
  readonly onError: (error: unknown) => void;
  /** What it does from now on. */
  readonly onPhase?: (phase: KeeperPhase) => void;
  readonly onProgress?: (progress: ProjectorProgress) => void;
  /** Events in one transaction at most. */
  readonly batchSize?: number;
  readonly sliceMs?: number;
  readonly now?: () => number;
  readonly sweepTimes?: SweepTimes;
}

/** `standing_by`: another process leads. `waiting`: another process builds what this one is to follow. */
export type KeeperPhase =
  | { readonly kind: 'standing_by' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'building'; readonly generation: Generation }
  | { readonly kind: 'following'; readonly generation: Generation };

export interface LiveKeeper {
  /** Resolves when it has stopped, because of the signal. */
  readonly stopped: Promise<void>;
}

const POLL_MS = 200;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Keeps the live generation of the home's version up to date, in turn with other processes that do the same: one
 * leads, the others stand by. Builds the first generation of a version when there is none, follows whichever build
 * becomes the live one, and removes those that nobody needs any more.
 */
export function keepLive(options: KeepLiveOptions): LiveKeeper {
  return { stopped: keepLeading(options) };
}

async function keepLeading(options: KeepLiveOptions): Promise<void> {
  const { home, signal, onError, onPhase } = options;
  let pauseMs = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    onPhase?.({ kind: 'standing_by' });
    const lock = await takeWhenFree(home.locks, leaderLock(home.version), { signal, onError });
    if (lock === null) return;
    try {
      await lead(options, lock);
      pauseMs = FIRST_PAUSE_MS;
    } catch (error) {
      if (!signal.aborted) onError(error);
      await pause(pauseMs, signal);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    } finally {
      await lock.release();
    }
  }
}

/** One term: of one generation, so that each has a token greater than that of whoever built it. */
async function lead(options: KeepLiveOptions, lock: HeldLock): Promise<void> {
  const { home, onPhase } = options;
  await withdrawStrangers(options);
  const generations = await home.generations();
  const live = generations.find(
    ({ version, state }) => version === home.version && state === 'live',
  );
  if (live === undefined) {
    await buildFirst(options, lock);
  } else {
    onPhase?.({ kind: 'following', generation: live });
    await followGeneration(options, lock, live);
  }
}

/** Takes from the readers what was made from another log. */
async function withdrawStrangers({ store, home, onError }: KeepLiveOptions): Promise<void> {
  const read = new Set([home.version, ...home.readableVersions]);
  for (const generation of await home.generations()) {
    if (generation.state !== 'live' || !read.has(generation.version)) continue;
    if (await isMadeFrom(store, home, generation, 'read')) continue;
    await home.catalogue.withdraw(generation);
    onError(new MadeFromOtherLogError(generation));
  }
}

/** Goes on with a build that broke off, or waits while another process builds one. */
async function buildFirst(options: KeepLiveOptions, lock: HeldLock): Promise<void> {
  const { store, home, signal, onError, onPhase } = options;
  const ends = AbortSignal.any([signal, lock.lost]);
  const building = await home.locks.tryTake(buildLock(home.version));
  if (building === null) {
    onPhase?.({ kind: 'waiting' });
    await pause(POLL_MS, ends);
    return;
  }
  try {
    if ((await home.catalogue.live(home.version)) !== null) return;
    await removeAbandoned(home, ['again']);
    const generation = await firstBuild(store, home);
    onPhase?.({ kind: 'building', generation });
    await buildGeneration(generation, {
      store,
      home,
      lock: building,
      signal: ends,
      projection: {
        unreadable: 'set_aside',
        onSetAside: onError,
        now: options.now ?? Date.now,
        ...(options.sliceMs === undefined ? {} : { sliceMs: options.sliceMs }),
      },
    });
  } finally {
    await building.release();
  }
}

async function firstBuild(store: EventStore, home: ReadModelHome): Promise<Generation> {
  const begun = (await home.generations()).find(
    ({ version, state, purpose }) =>
      version === home.version && state === 'building' && purpose === 'first',
  );
  if (begun !== undefined && (await isMadeFrom(store, home, begun, 'write'))) return begun;
  if (begun !== undefined) await home.remove(begun);
  return home.catalogue.begin(home.version, 'first');
}

/** Until another generation is live, another process leads, or the signal aborts. */
async function followGeneration(
  options: KeepLiveOptions,
  lock: HeldLock,
  generation: Generation,
): Promise<void> {
  const { store, home, onError } = options;
  const replaced = new AbortController();
  const signal = AbortSignal.any([options.signal, lock.lost, replaced.signal]);
  const opened = await home.open(generation, 'write');
  const watching = watch(options, generation, signal, replaced);
  try {
    const fence = { token: lock.token };
    await raiseFence(opened.database, fence);
    await startProjector({
      store,
      database: opened.database,
      signal,
      onError,
      fence,
      giveUp: lock.lost,
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
      ...(options.batchSize === undefined ? {} : { batchSize: options.batchSize }),
      ...(options.sliceMs === undefined ? {} : { sliceMs: options.sliceMs }),
      ...(options.now === undefined ? {} : { now: options.now }),
    }).stopped;
  } finally {
    replaced.abort();
    await watching;
    await opened.close();
  }
}

const SWEEP_EVERY_MS = 10_000;

/** Looks whether the generation is still the live one, and sweeps from time to time. */
async function watch(
  { home, onError, sweepTimes = SWEEP_TIMES, now = Date.now }: KeepLiveOptions,
  generation: Generation,
  signal: AbortSignal,
  replaced: AbortController,
): Promise<void> {
  let sweptAt = Number.NEGATIVE_INFINITY;
  let failing = false;
  while (!signal.aborted) {
    try {
      const live = (await home.generations()).find(
        ({ version, state }) => version === home.version && state === 'live',
      );
      if (live === undefined || !isSameGeneration(live, generation)) replaced.abort();
      else if (performance.now() - sweptAt > SWEEP_EVERY_MS) {
        sweptAt = performance.now();
        await sweepGenerations(home, sweepTimes, now());
      }
      failing = false;
    } catch (error) {
      if (!failing) onError(error);
      failing = true;
    }
    await pause(POLL_MS, signal);
  }
}
