import type { EventStore } from '@provisie/event-store';
import { applyLog } from '../applying/apply-log.ts';
import { buildTables } from '../build/build-tables.ts';
import type { HeldLock } from '../leadership/locks.ts';
import { raiseFence } from '../leadership/fence.ts';
import type { OpenedReadModel } from '../opened-read-model.ts';
import type { ProjectionOptions } from '../applying/projection.ts';
import type { ReadModelDatabase } from '../database/read-model-database.ts';
import { BuildLostError } from './errors.ts';
import type { BuildProgress, Generation } from './generation.ts';
import type { ReadModelHome } from './read-model-home.ts';

export interface GenerationBuild {
  readonly store: EventStore;
  readonly home: ReadModelHome;
  /** Of `buildLock`. */
  readonly lock: HeldLock;
  readonly projection: ProjectionOptions;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: BuildProgress) => void;
}

/**
 * Builds a generation from where it stands up to the head of the log, and makes it the live one. What is live
 * meanwhile stays it, and is kept up to date by its projector. Throws the signal's reason when that aborts, and
 * `BuildLostError`; the generation can then be gone on with, or removed.
 */
export async function buildGeneration(
  generation: Generation,
  options: GenerationBuild,
): Promise<void> {
  const { home, lock } = options;
  const opened = await home.open(generation, 'write');
  try {
    const fence = { token: lock.token };
    await raiseFence(opened.database, fence);
    const projection = { ...options.projection, fence, giveUp: lock.lost };
    await new Build(generation, { ...options, projection }, opened.database).toTheHead();
  } finally {
    await opened.close();
  }
  if (lock.lost.aborted || !(await home.catalogue.makeLive(generation))) throw new BuildLostError();
}

const NOTE_EVERY_MS = 1000;

/** One build under way. */
class Build {
  readonly #generation: Generation;
  readonly #options: GenerationBuild;
  readonly #database: ReadModelDatabase;
  readonly #startedAt = performance.now();
  #startedFrom: number | null = null;
  #notedAt = Number.NEGATIVE_INFINITY;

  constructor(generation: Generation, options: GenerationBuild, database: ReadModelDatabase) {
    this.#generation = generation;
    this.#options = options;
    this.#database = database;
  }

  async toTheHead(): Promise<void> {
    const { store, signal } = this.#options;
    const abortable = { store, ...(signal === undefined ? {} : { signal }) };
    let head = await this.#head();
    await this.#note((await this.#database.checkpoint()).position, head);
    const projection = await buildTables({
      ...abortable,
      database: this.#database,
      projection: this.#options.projection,
      until: head,
      onBatch: (share) => this.#applied(Math.round(share * head), head),
    });
    for (;;) {
      head = await this.#head();
      await this.#note(projection.position, head);
      if (projection.position >= head) return;
      const before = projection.position;
      await applyLog(projection, {
        ...abortable,
        onBatch: () => this.#applied(projection.position, head),
      });
      // The head may lie beyond the last event that there is to read.
      if (projection.position === before) return;
    }
  }

  async #head(): Promise<number> {
    return Math.max(await this.#options.store.head(), await this.#livePosition());
  }

  async #applied(handled: number, head: number): Promise<void> {
    if (this.#options.lock.lost.aborted) throw new BuildLostError();
    if (performance.now() - this.#notedAt > NOTE_EVERY_MS) await this.#note(handled, head);
  }

  /** Readers never see less than they saw: the one that is live may have come further than this one knows. */
  async #livePosition(): Promise<number> {
    const { home } = this.#options;
    const live = (await home.generations()).find(
      ({ version, state }) => version === this.#generation.version && state === 'live',
    );
    if (live === undefined) return 0;
    let opened: OpenedReadModel | null = null;
    try {
      opened = await home.open(live, 'read');
      return (await opened.database.checkpoint()).position;
    } catch {
      // It is damaged, which may be why another is built.
      return 0;
    } finally {
      await opened?.close();
    }
  }

  async #note(handled: number, head: number): Promise<void> {
    this.#startedFrom ??= handled;
    const total = Math.max(head, handled);
    const seconds = (performance.now() - this.#startedAt) / 1000;
    const rate = seconds === 0 ? 0 : (handled - this.#startedFrom) / seconds;
    const secondsLeft = rate === 0 ? null : (total - handled) / rate;
    const progress = { handled, total, secondsLeft };
    this.#notedAt = performance.now();
    this.#options.onProgress?.(progress);
    await this.#options.home.catalogue.note(this.#generation, progress);
  }
}
