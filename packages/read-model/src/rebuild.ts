import { rmSync } from 'node:fs';
import type { EventStore } from '@provisie/event-store';
import { Projection, type ProjectionOptions } from './projection.ts';
import { replaceReadModelFile, removeReadModelFile } from './sqlite/read-model-file.ts';
import { openDatabase } from './sqlite/sqlite-read-model.ts';

export interface RebuildProgress {
  /** Positions of the log that are done, and in all. */
  readonly handled: number;
  readonly total: number;
  /** Positions a second since the start. */
  readonly ratePerSecond: number;
  /** Null until there is a rate. */
  readonly secondsLeft: number | null;
}

export interface RebuildOptions {
  readonly store: EventStore;
  /** The read model to build; one that is there is replaced when the new one is done. */
  readonly file: string;
  readonly onProgress?: (progress: RebuildProgress) => void;
  readonly signal?: AbortSignal;
  readonly now?: () => number;
}

const BATCH_SIZE = 4_000;

/**
 * Builds the read model from the whole log in a file beside (`.rebuilding`), which then takes the place of the
 * old one. Resolves to the position it ends at. An event that can't be read stops it (`UnreadableEventError`),
 * and so does a process that still has the old file open (`ReadModelInUseError`); the old file stays.
 */
export async function rebuild(options: RebuildOptions): Promise<number> {
  const building = `${options.file}.rebuilding`;
  removeReadModelFile(building);
  try {
    const position = await build({
      ...options,
      file: building,
      until: Number.POSITIVE_INFINITY,
      projection: { unreadable: 'stop', now: options.now ?? Date.now },
    });
    replaceReadModelFile(building, options.file);
    return position;
  } finally {
    rmSync(building, { force: true });
  }
}

export interface BuildOptions extends Omit<RebuildOptions, 'now'> {
  /** The last position to apply. */
  readonly until: number;
  readonly projection: ProjectionOptions;
}

/** Builds a new file from the log; resolves to the position it ends at. */
export async function build(options: BuildOptions): Promise<number> {
  const database = await openDatabase(options.file, 'build');
  try {
    const projection = await Projection.resume(database, options.projection);
    const startedAt = performance.now();
    for (;;) {
      const total = Math.min(await options.store.head(), options.until);
      if (projection.position >= total) return projection.position;
      const before = projection.position;
      await buildUpTo(options, projection, total, startedAt);
      if (projection.position === before) return before;
    }
  } finally {
    await database.close();
  }
}

async function buildUpTo(
  { store, until, signal, onProgress }: BuildOptions,
  projection: Projection,
  total: number,
  startedAt: number,
): Promise<void> {
  const reading = { batchSize: BATCH_SIZE, ...(signal === undefined ? {} : { signal }) };
  for await (const batch of store.readAll(projection.position, reading)) {
    signal?.throwIfAborted();
    const events = batch.filter((event) => event.position <= until);
    await projection.apply(events);
    onProgress?.(progressOf(projection.position, Math.max(total, projection.position), startedAt));
    if (events.length < batch.length) return;
  }
  signal?.throwIfAborted();
}

function progressOf(handled: number, total: number, startedAt: number): RebuildProgress {
  const seconds = (performance.now() - startedAt) / 1000;
  const ratePerSecond = seconds === 0 ? 0 : handled / seconds;
  const secondsLeft = ratePerSecond === 0 ? null : (total - handled) / ratePerSecond;
  return { handled, total, ratePerSecond, secondsLeft };
}
