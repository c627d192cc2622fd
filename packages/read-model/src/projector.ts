import { setTimeout } from 'node:timers/promises';
import type { EventStore } from '@provisie/event-store';
import { ProjectionTakenOverError } from './errors.ts';
import { Projection } from './projection.ts';
import type { ReadModelDatabase } from './read-model-database.ts';

export interface ProjectorOptions {
  readonly store: EventStore;
  readonly database: ReadModelDatabase;
  /** Stops it after the batch under way. */
  readonly signal: AbortSignal;
  /** What went wrong; the projector goes on by itself, unless another took over (`ProjectionTakenOverError`). */
  readonly onError: (error: unknown) => void;
  readonly onProgress?: (progress: ProjectorProgress) => void;
  /** Events in one transaction at most. */
  readonly batchSize?: number;
  readonly sliceMs?: number;
  readonly now?: () => number;
}

export interface ProjectorProgress {
  /** The last position handled. */
  readonly position: number;
  /** Everything that was in the log when it was last read has been handled. */
  readonly caughtUp: boolean;
}

export interface Projector {
  /** Resolves when it has stopped: because of the signal, or because another projector took over. */
  readonly stopped: Promise<'aborted' | 'taken_over'>;
}

const DEFAULT_BATCH_SIZE = 500;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

/** Follows the log from the checkpoint on and keeps the tables up to date. */
export function startProjector(options: ProjectorOptions): Projector {
  return { stopped: follow(options) };
}

async function follow(options: ProjectorOptions): Promise<'aborted' | 'taken_over'> {
  let pauseMs = FIRST_PAUSE_MS;
  while (!options.signal.aborted) {
    try {
      await followUntilFailure(options, () => {
        pauseMs = FIRST_PAUSE_MS;
      });
      if (!options.signal.aborted) await pause(pauseMs, options.signal);
    } catch (error) {
      if (options.signal.aborted) break;
      options.onError(error);
      if (error instanceof ProjectionTakenOverError) return 'taken_over';
      await pause(pauseMs, options.signal);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }
  return 'aborted';
}

async function followUntilFailure(options: ProjectorOptions, onHandled: () => void): Promise<void> {
  const { store, database, signal, onProgress } = options;
  const projection = await Projection.resume(database, {
    unreadable: 'set_aside',
    onSetAside: options.onError,
    now: options.now ?? Date.now,
    ...(options.sliceMs === undefined ? {} : { sliceMs: options.sliceMs }),
  });
  const batchSize = options.batchSize ?? DEFAULT_BATCH_SIZE;
  for await (const batch of store.subscribe(projection.position, { signal, batchSize })) {
    if (batch.kind === 'events') await projection.apply(batch.events);
    onHandled();
    onProgress?.({ position: projection.position, caughtUp: batch.kind === 'caught_up' });
    if (signal.aborted) return;
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal });
  } catch {
    // Aborted: the caller's loop ends by itself.
  }
}

export interface ProjectorLag {
  /** Positions between the last event handled and the head of the log. */
  readonly positions: number;
  /** How long ago the last event handled was recorded; null before the first. */
  readonly ageMs: number | null;
}

/** How far the tables are behind the log. */
export async function projectorLag(
  store: EventStore,
  database: ReadModelDatabase,
  now: number,
): Promise<ProjectorLag> {
  const head = await store.head();
  const { position, last_recorded_at: recordedAt } = await database.checkpoint();
  return {
    positions: Math.max(0, head - position),
    ageMs: recordedAt === null ? null : Math.max(0, now - recordedAt),
  };
}
