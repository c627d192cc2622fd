import Database from 'better-sqlite3';
import { EventStoreError } from '../event-store.ts';
import type { EventStoreErrorCode } from '../event-store.ts';

/** Runs it and turns what SQLite throws into an `EventStoreError` that names the file. */
export function withNamedFailure<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw storeFailure(file, error);
  }
}

export function storeFailure(file: string, error: unknown): EventStoreError {
  if (error instanceof EventStoreError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const code = failureCodeOf(error);
  return new EventStoreError(code, `${explanations[code](file)} (${reason})`, { cause: error });
}

type FailureCode = Extract<
  EventStoreErrorCode,
  'store_full' | 'store_busy' | 'store_corrupt' | 'store_foreign' | 'store_unavailable'
>;

const explanations: Record<FailureCode, (file: string) => string> = {
  store_full: (file) =>
    `The event store ${file} can't grow: the disk or its quota is full. Nothing of this was written; make room and send it again.`,
  store_busy: (file) => `The event store ${file} is locked by another process.`,
  store_corrupt: (file) =>
    `The event store ${file} is damaged. Stop writing to it and restore it from a backup.`,
  store_foreign: (file) => `${file} is not an event store: it isn't a SQLite file.`,
  store_unavailable: (file) => `The event store ${file} can't be used.`,
};

/** Result codes: https://www.sqlite.org/rescode.html */
export function failureCodeOf(error: unknown): FailureCode {
  // A row that holds no JSON: the store never wrote such a one.
  if (error instanceof SyntaxError) return 'store_corrupt';
  if (!(error instanceof Database.SqliteError)) return 'store_unavailable';
  const { code } = error;
  if (code === 'SQLITE_FULL' || writeFailures.has(code)) return 'store_full';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'store_busy';
  if (code.startsWith('SQLITE_CORRUPT')) return 'store_corrupt';
  if (code === 'SQLITE_NOTADB') return 'store_foreign';
  return 'store_unavailable';
}

/** A quota or a file size limit shows as one of these instead of `SQLITE_FULL`. */
const writeFailures = new Set(['SQLITE_IOERR_WRITE', 'SQLITE_IOERR_SHMSIZE']);
