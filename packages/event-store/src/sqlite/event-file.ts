import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { EventStoreError } from '../event-store.ts';

/** "PvEv" in ASCII, in the file's header: tells an event store from any other SQLite file. */
const APPLICATION_ID = 0x50_76_45_76;

/** `migrations[n]` takes the schema from version n to n + 1. One that was released is never changed. */
const migrations: readonly string[] = [
  `
    CREATE TABLE categories (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE streams (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      category_id INTEGER NOT NULL,
      revision INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE events (
      position INTEGER PRIMARY KEY,
      stream_id INTEGER NOT NULL,
      revision INTEGER NOT NULL,
      category_id INTEGER NOT NULL,
      event_id BLOB NOT NULL,
      type TEXT NOT NULL,
      version INTEGER NOT NULL,
      occurred_at INTEGER NOT NULL,
      recorded_at INTEGER NOT NULL,
      data TEXT NOT NULL,
      metadata TEXT
    ) STRICT;
    CREATE UNIQUE INDEX events_by_id ON events (event_id);
    CREATE UNIQUE INDEX events_by_stream ON events (stream_id, revision);
    CREATE INDEX events_by_category ON events (category_id, position);
    PRAGMA application_id = ${APPLICATION_ID};
  `,
];

/** What the tables of the newest version look like: `type name` and the SQL of each. */
export function expectedSchema(): ReadonlyMap<string, string> {
  const model = new Database(':memory:');
  try {
    for (const migration of migrations) model.exec(migration);
    return schemaOf(model);
  } finally {
    model.close();
  }
}

export function schemaOf(database: Database.Database): ReadonlyMap<string, string> {
  const rows = database
    .prepare<[], [string, string | null]>(
      "SELECT type || ' ' || name, sql FROM sqlite_schema ORDER BY type, name",
    )
    .raw()
    .all();
  return new Map(rows.map(([name, sql]) => [name, (sql ?? '').replaceAll(/\s+/g, ' ')]));
}

/**
 * Opens the one connection that writes; its caller holds the writer lock. Makes the file if absent and brings its schema
 * up to date. `maxFileBytes`: null is unlimited.
 */
export function openForWriting(file: string, maxFileBytes: number | null): Database.Database {
  return opened(file, { timeout: 5000 }, (database) => {
    checkIdentity(database, file);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    // 16 MiB of log between checkpoints; after an import the log file shrinks again.
    database.pragma('wal_autocheckpoint = 4096');
    database.pragma('journal_size_limit = 67108864');
    database.pragma('cache_size = -32768');
    // An insert of several rows keeps a copy of each page that it changes, for the case that it fails in the middle. With
    // ids in no order these are many, and in a file would cost more than such an insert saves.
    database.pragma('temp_store = MEMORY');
    database.transaction(migrate).immediate(database, file);
    if (maxFileBytes !== null) limitSize(database, maxFileBytes);
  });
}

function limitSize(database: Database.Database, maxFileBytes: number): void {
  const pageBytes = Number(database.pragma('page_size', { simple: true }));
  database.pragma(`max_page_count = ${Math.max(1, Math.floor(maxFileBytes / pageBytes))}`);
}

/** Opens a connection that only reads; the store must be there. */
export function openForReading(file: string): Database.Database {
  if (!existsSync(file)) {
    throw new EventStoreError('store_unavailable', `There is no event store at ${file}.`);
  }
  return opened(file, { readonly: true, timeout: 5000 }, (database) => {
    checkIdentity(database, file);
    database.pragma('cache_size = -16384');
    if (versionOf(database) < migrations.length) {
      throw new EventStoreError(
        'store_unavailable',
        `The event store ${file} is empty or of an older version. Start the service once, so that it sets the file up.`,
      );
    }
  });
}

function opened(
  file: string,
  options: Database.Options,
  prepare: (database: Database.Database) => void,
): Database.Database {
  const database = new Database(file, options);
  try {
    prepare(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function checkIdentity(database: Database.Database, file: string): void {
  const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  const isEmpty = tables === 0 && database.pragma('application_id', { simple: true }) === 0;
  if (isEmpty) return;
  if (database.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    throw new EventStoreError(
      'store_foreign',
      `${file} is a database of another program, not an event store. It was left as it was.`,
    );
  }
  const version = versionOf(database);
  if (version > migrations.length) {
    throw new EventStoreError(
      'store_newer',
      `The event store ${file} was written by a newer Provisie (schema ${version}; this one knows ${migrations.length}). It was left as it was; start the newer version.`,
    );
  }
}

function migrate(database: Database.Database, file: string): void {
  checkIdentity(database, file);
  const version = versionOf(database);
  for (const migration of migrations.slice(version)) database.exec(migration);
  if (version < migrations.length) database.pragma(`user_version = ${migrations.length}`);
}

function versionOf(database: Database.Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}
