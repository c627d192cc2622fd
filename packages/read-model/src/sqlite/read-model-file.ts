import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { ReadModelInUseError } from '../errors.ts';

const COMPANIONS = ['', '-wal', '-shm', '-journal'];

/** Removes a read-model file and what SQLite keeps beside it. */
export function removeReadModelFile(file: string): void {
  for (const companion of COMPANIONS) rmSync(`${file}${companion}`, { force: true });
}

/**
 * Puts a finished file, which nobody has open, in the place of another. The log that SQLite keeps beside the
 * old file must not outlive it, so the old file must not be open either: `ReadModelInUseError`.
 */
export function replaceReadModelFile(finished: string, file: string): void {
  if (existsSync(file)) expectUnused(file);
  sync(finished);
  removeReadModelFile(file);
  renameSync(finished, file);
  sync(dirname(file));
}

/** Leaving WAL mode takes the file for itself: it fails while any other connection is open. */
function expectUnused(file: string): void {
  let mode: unknown;
  try {
    const database = new Database(file, { timeout: 0 });
    try {
      mode = database.pragma('journal_mode = DELETE', { simple: true });
    } finally {
      database.close();
    }
  } catch (error) {
    if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) return;
    mode = 'wal';
  }
  if (mode === 'wal') throw new ReadModelInUseError(file);
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
