import { existsSync, statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { CompiledQuery, Kysely, SqliteDialect, SqliteDriver } from 'kysely';
import type { DatabaseConnection } from 'kysely';
import { ReadModelFileError } from '../errors.ts';
import { defineApart } from './define-apart.ts';
import { prepareOn, StatementCache } from './statements.ts';
import type { Tables } from '../tables/index.ts';
import type { Writer } from '../database/writer.ts';

/** Marks a file as ours (`PRAGMA application_id`): the letters `PvRm`. */
const APPLICATION_ID = 0x50_76_52_6d;

/**
 * `live`: others read the file while it is written. `build`: nobody does, and a build that breaks off is
 * thrown away, so nothing is synced until it is done.
 */
export type WriterMode = 'live' | 'build';

/** Opens a read-model file for writing; makes it when it isn't there. */
export function openWriter(file: string, mode: WriterMode): Writer {
  const database = connect(file, false, (opened) => configureWriter(opened, mode));
  const prepare = prepareOn(database);
  return {
    db: new Kysely<Tables>({
      dialect: new CachingSqliteDialect(new StatementCache(database), 'begin immediate'),
    }),
    prepareIn: () => prepare,
    defineApart: (queries) =>
      defineApart(
        file,
        queries.map(({ sql }) => sql),
      ),
  };
}

/** Opens a read-model file that exists, for queries only. */
export function openReader(file: string): Kysely<Tables> {
  const database = connect(file, true, () => {});
  return new Kysely<Tables>({
    dialect: new CachingSqliteDialect(new StatementCache(database), 'begin'),
  });
}

function connect(
  file: string,
  readonly: boolean,
  configure: (database: Database.Database) => void,
): Database.Database {
  const isNew = !readonly && (!existsSync(file) || statSync(file).size === 0);
  try {
    const database = new Database(file, { readonly, timeout: 0 });
    try {
      if (isNew) claim(database);
      check(database, file);
      configure(database);
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  } catch (error) {
    if (error instanceof ReadModelFileError) throw error;
    throw new ReadModelFileError(file, error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}

function claim(database: Database.Database): void {
  database.pragma('page_size = 8192');
  database.pragma(`application_id = ${APPLICATION_ID}`);
}

function check(database: Database.Database, file: string): void {
  if (database.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    throw new ReadModelFileError(file, 'it was not made by the read model');
  }
}

function configureWriter(database: Database.Database, mode: WriterMode): void {
  database.pragma(mode === 'live' ? 'journal_mode = WAL' : 'journal_mode = MEMORY');
  database.pragma(mode === 'live' ? 'synchronous = NORMAL' : 'synchronous = OFF');
  // 32 MiB between checkpoints: a page that is written again and again meanwhile is moved once.
  if (mode === 'live') database.pragma('wal_autocheckpoint = 4096');
  database.pragma('cache_size = -16384');
  database.pragma('temp_store = MEMORY');
}

/** Keeps prepared statements, and begins transactions in one way. */
class CachingSqliteDialect extends SqliteDialect {
  readonly #database: StatementCache;
  readonly #begin: string;

  constructor(database: StatementCache, begin: string) {
    super({ database });
    this.#database = database;
    this.#begin = begin;
  }

  override createDriver(): SqliteDriver {
    return new CachingSqliteDriver(this.#database, this.#begin);
  }
}

const BUSY_PATIENCE_MS = 15_000;
const BUSY_PAUSE_MS = 10;

class CachingSqliteDriver extends SqliteDriver {
  readonly #database: StatementCache;
  readonly #begin: CompiledQuery;

  constructor(database: StatementCache, begin: string) {
    super({ database });
    this.#database = database;
    this.#begin = CompiledQuery.raw(begin);
  }

  /** Waits for another writer without holding up this process: the other may be in it. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    const deadline = performance.now() + BUSY_PATIENCE_MS;
    for (;;) {
      try {
        await connection.executeQuery(this.#begin);
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) throw error;
        await setTimeout(BUSY_PAUSE_MS);
      }
    }
  }

  /**
   * A full disk, among others, makes SQLite roll back by itself (https://sqlite.org/lang_transaction.html). To do it
   * again would fail, and that be reported instead of the disk.
   */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
