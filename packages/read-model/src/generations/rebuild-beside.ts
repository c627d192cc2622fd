import type { EventStore } from '@provisie/event-store';
import type { UnreadableEvents } from '../applying/projection.ts';
import { buildGeneration } from './build-generation.ts';
import { BuildUnderWayError } from './errors.ts';
import type { BuildProgress, BuildPurpose, Generation } from './generation.ts';
import { buildLock, type ReadModelHome } from './read-model-home.ts';

export interface RebuildBesideOptions {
  readonly store: EventStore;
  readonly home: ReadModelHome;
  /** Default `stop`: an event that can't be applied ends the rebuild, and what is live stays live. */
  readonly unreadable?: UnreadableEvents;
  readonly onProgress?: (progress: BuildProgress) => void;
  readonly signal?: AbortSignal;
  readonly now?: () => number;
}

/**
 * Builds the read model anew from the whole log, beside the one that is live and while that is read and kept up
 * to date; then readers and the projector change over by themselves. Throws `BuildUnderWayError`,
 * `BuildLostError`, and with `stop` `UnreadableEventError` or `UnappliableEventError`.
 */
export async function rebuildBeside(options: RebuildBesideOptions): Promise<Generation> {
  const { store, home, signal, onProgress, unreadable = 'stop', now = Date.now } = options;
  const lock = await home.locks.tryTake(buildLock(home.version));
  if (lock === null) throw new BuildUnderWayError();
  try {
    await removeAbandoned(home, ['first', 'again']);
    const generation = await home.catalogue.begin(home.version, 'again');
    try {
      await buildGeneration(generation, {
        store,
        home,
        lock,
        projection: { unreadable, now },
        ...(signal === undefined ? {} : { signal }),
        ...(onProgress === undefined ? {} : { onProgress }),
      });
    } catch (error) {
      if (!lock.lost.aborted) await home.remove(generation);
      throw error;
    }
    return (await home.catalogue.live(home.version)) ?? generation;
  } finally {
    await lock.release();
  }
}

/** Removes builds that nobody goes on with; call it while holding the version's build lock. */
export async function removeAbandoned(
  home: ReadModelHome,
  purposes: readonly BuildPurpose[],
): Promise<void> {
  for (const generation of await home.generations()) {
    const isAbandoned =
      generation.version === home.version &&
      generation.state === 'building' &&
      purposes.includes(generation.purpose);
    if (isAbandoned) await home.remove(generation);
  }
}
