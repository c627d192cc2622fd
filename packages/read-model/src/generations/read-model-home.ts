import type { Locks } from '../leadership/locks.ts';
import type { OpenedReadModel } from '../opened-read-model.ts';
import type { Catalogue } from './catalogue.ts';
import type { Generation, GenerationName } from './generation.ts';

/** Where the generations of a read model live: a folder of SQLite files, or a PostgreSQL database. */
export interface ReadModelHome {
  /** Of the projections that this code writes. */
  readonly version: number;
  /** Older versions that this code can read. */
  readonly readableVersions: readonly number[];
  readonly catalogue: Catalogue;
  readonly locks: Locks;
  /** For people: the folder, or the server and database without a password. */
  readonly where: string;
  /** All that have tables, by version and build. */
  generations(): Promise<readonly Generation[]>;
  /** What is handled by a generation opened for writing is heard of by those opened for reading at once. */
  open(generation: GenerationName, mode: 'write' | 'read'): Promise<OpenedReadModel>;
  /** Removes its tables. A reader that still has it open may fail from then on. */
  remove(generation: GenerationName): Promise<void>;
  close(): Promise<void>;
}

export interface HomeOptions {
  /** Default: those of this code. */
  readonly version?: number;
  readonly readableVersions?: readonly number[];
  /** Milliseconds; default the clock. */
  readonly now?: () => number;
}

/** Who leads the projection of a version. */
export function leaderLock(version: number): string {
  return `project-v${version}`;
}

/** Who builds a generation of a version: one at a time. */
export function buildLock(version: number): string {
  return `build-v${version}`;
}
