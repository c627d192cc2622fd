// Runs statements on a file of the read model while nobody else writes there.
import { workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { z } from 'zod';

const { file, statements } = z
  .object({ file: z.string(), statements: z.array(z.string()) })
  .parse(workerData);
const database = new Database(file, { fileMustExist: true, timeout: 15_000 });
try {
  const isLive = database.pragma('journal_mode', { simple: true }) === 'wal';
  if (!isLive) database.pragma('journal_mode = MEMORY');
  database.pragma(isLive ? 'synchronous = NORMAL' : 'synchronous = OFF');
  // An index is written once, page after page, and sorted in pieces of this size.
  database.pragma('cache_size = -16384');
  database.pragma('temp_store = FILE');
  for (const statement of statements) database.exec(statement);
} finally {
  database.close();
}
