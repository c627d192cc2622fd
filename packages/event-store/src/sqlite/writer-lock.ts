import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { EventStoreError } from '../event-store.ts';

export interface WriterLock {
  release(): void;
}

/**
 * Makes this the only writer of the store. The lock is an open transaction on an empty SQLite file beside
 * the store, so the operating system gives it back when the process ends, however it ends; the file
 * itself stays. Throws `EventStoreError` `store_busy` when there is a writer already.
 */
export function lockForWriting(file: string): WriterLock {
  mkdirSync(dirname(file), { recursive: true });
  const lock = new Database(`${file}-lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (!isBusy(cause)) throw cause;
    throw new EventStoreError(
      'store_busy',
      `Another process is writing to the event store ${file}. Only one can: stop that one first, or open the store for reading.`,
      { cause },
    );
  }
  return { release: () => lock.close() };
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
