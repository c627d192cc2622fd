import { closeSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { EventStoreError } from '../event-store.ts';

export interface OnlineCopy {
  readonly from: string;
  /** Must not be there. It is readable by its owner only, and needs no other file beside it. */
  readonly to: string;
  /** At most; so that whoever writes to `from` isn't held up by a busy disk. Default: as fast as it goes. */
  readonly bytesPerSecond?: number;
  readonly onProgress?: (bytes: number, total: number) => void;
}

const PAGES_PER_STEP = 256;

/**
 * Copies a SQLite file as it is at this moment, also while another process writes to it; durable when it resolves.
 * Rejects with `EventStoreError` `store_unavailable`, `store_full` (of `to`), `store_corrupt`, `store_foreign`; then `to`
 * is gone again.
 */
export async function copyOnline(copy: OnlineCopy): Promise<void> {
  const { from, to } = copy;
  if (!existsSync(from))
    throw new EventStoreError('store_unavailable', `There is no file ${from}.`);
  closeSync(openSync(to, 'wx', 0o600));
  try {
    await copyPages(copy);
    makeSingleFile(to);
  } catch (error) {
    for (const suffix of ['', '-journal', '-wal', '-shm'])
      rmSync(`${to}${suffix}`, { force: true });
    throw copyFailure(copy, error);
  }
}

async function copyPages({ from, to, bytesPerSecond = Infinity, onProgress }: OnlineCopy) {
  const source = new Database(from, { readonly: true, timeout: 5000 });
  try {
    const pageBytes = Number(source.pragma('page_size', { simple: true }));
    // One snapshot for all of it: else every commit of the writer would make the copy begin anew.
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    const startedAt = performance.now();
    await source.backup(to, {
      progress: ({ totalPages, remainingPages }) => {
        const bytes = (totalPages - remainingPages) * pageBytes;
        onProgress?.(bytes, totalPages * pageBytes);
        pause((bytes / bytesPerSecond) * 1000 - (performance.now() - startedAt));
        return bytesPerSecond === Infinity ? 16 * PAGES_PER_STEP : PAGES_PER_STEP;
      },
    });
    source.exec('ROLLBACK');
  } finally {
    source.close();
  }
}

/** The steps of a copy follow each other at once, so the pause is one of this thread. */
function pause(milliseconds: number): void {
  if (milliseconds <= 0) return;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** A copy of a file with a write-ahead log would want to have one, too, as soon as it is read. */
function makeSingleFile(file: string): void {
  const database = new Database(file);
  try {
    database.pragma('journal_mode = DELETE');
  } finally {
    database.close();
  }
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function copyFailure({ from, to }: OnlineCopy, error: unknown): EventStoreError {
  const reason = error instanceof Error ? error.message : String(error);
  const code = error instanceof Database.SqliteError ? error.code : '';
  const because = { cause: error };
  if (code === 'SQLITE_FULL' || code.startsWith('SQLITE_IOERR')) {
    const message = `${to} could not be written: the disk or its quota is most likely full (${reason}). What was copied is removed again, and ${from} is as it was.`;
    return new EventStoreError('store_full', message, because);
  }
  if (code === 'SQLITE_NOTADB') {
    return new EventStoreError('store_foreign', `${from} isn't a SQLite file.`, because);
  }
  if (code.startsWith('SQLITE_CORRUPT')) {
    const message = `${from} is damaged, so it was not copied (${reason}). \`provisie check\` tells where.`;
    return new EventStoreError('store_corrupt', message, because);
  }
  return new EventStoreError(
    'store_unavailable',
    `${from} could not be copied to ${to}: ${reason}.`,
    because,
  );
}

/** What SQLite's own check finds wrong with a file; empty when it is in order. */
export function integrityOf(file: string): readonly string[] {
  const database = new Database(file, { readonly: true });
  try {
    const lines = database.prepare<[], string>('PRAGMA integrity_check(100)').pluck().all();
    return lines.filter((line) => line !== 'ok');
  } catch (error) {
    if (error instanceof Database.SqliteError) return [error.message];
    throw error;
  } finally {
    database.close();
  }
}
