import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { EventStoreError } from '@provisie/event-store';
import { failureCodeOf } from '@provisie/event-store/sqlite-adapting';
import Database from 'better-sqlite3';

/** "PvSp" in ASCII, in the file's header: tells a spool from any other SQLite file. */
const APPLICATION_ID = 0x50_76_53_70;

/** `MIGRATIONS[n]` takes the schema from version n to n + 1. One that was released is never changed. */
const MIGRATIONS: readonly string[] = [
  `
    CREATE TABLE spool (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      incarnation TEXT NOT NULL,
      waiting_events INTEGER NOT NULL,
      waiting_bytes INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE streams (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      spooled INTEGER NOT NULL,
      forwarded INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE waiting (
      seq INTEGER PRIMARY KEY,
      stream_id INTEGER NOT NULL,
      event_id BLOB NOT NULL,
      type TEXT NOT NULL,
      version INTEGER NOT NULL,
      occurred_at INTEGER NOT NULL,
      spooled_at INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      data TEXT NOT NULL,
      metadata TEXT
    ) STRICT;
    CREATE TABLE known_ids (
      seq INTEGER PRIMARY KEY,
      event_id BLOB NOT NULL UNIQUE,
      revision INTEGER NOT NULL,
      digest BLOB NOT NULL
    ) STRICT;
    CREATE TABLE set_aside (
      seq INTEGER PRIMARY KEY,
      stream TEXT NOT NULL,
      event_id BLOB NOT NULL,
      type TEXT NOT NULL,
      version INTEGER NOT NULL,
      occurred_at INTEGER NOT NULL,
      spooled_at INTEGER NOT NULL,
      data TEXT NOT NULL,
      metadata TEXT,
      set_aside_at INTEGER NOT NULL,
      code TEXT NOT NULL,
      message TEXT NOT NULL
    ) STRICT;
    CREATE TABLE room (bytes BLOB) STRICT;
    PRAGMA application_id = ${String(APPLICATION_ID)};
  `,
];

export interface OpenedSpoolFile {
  readonly database: Database.Database;
  /** Part of the streams' names: another one whenever a spool begins from nothing. */
  readonly incarnation: string;
  /** Where a damaged file was put; null when there was none. */
  readonly damagedFile: string | null;
}

/**
 * Opens the spool, making it if absent; its caller holds the lock. A damaged file is renamed and stays: a new
 * one takes its place, so that the node records on. Throws `EventStoreError` `store_foreign`, `store_newer`,
 * `store_full`, `store_unavailable`; the file is then left as it was.
 */
export function openSpoolFile(file: string, now: number): OpenedSpoolFile {
  mkdirSync(dirname(file), { recursive: true });
  try {
    return { ...opened(file), damagedFile: null };
  } catch (error) {
    if (!isDamage(error)) throw spoolFailure(file, error);
  }
  const damagedFile = putAside(file, now);
  return { ...opened(file), damagedFile };
}

export function spoolFailure(file: string, error: unknown): EventStoreError {
  if (error instanceof EventStoreError) return error;
  const code = failureCodeOf(error);
  const reason = error instanceof Error ? error.message : String(error);
  const what = {
    store_full: 'is full or its disk is; nothing of this was written',
    store_busy: 'is locked by another process',
    store_corrupt: 'is damaged; restart the node, which puts the file aside and begins a new one',
    store_foreign: 'is not a SQLite file',
    store_unavailable: "can't be used",
  }[code];
  return new EventStoreError(code, `The spool ${file} ${what} (${reason}).`, { cause: error });
}

function isDamage(error: unknown): boolean {
  const code = error instanceof EventStoreError ? error.code : failureCodeOf(error);
  return (
    code === 'store_corrupt' || (code === 'store_foreign' && !(error instanceof EventStoreError))
  );
}

function opened(file: string): { database: Database.Database; incarnation: string } {
  const database = new Database(file, { timeout: 5000 });
  try {
    checkIdentity(database, file);
    // Must be set before the first table: pages that become free can then be given back.
    database.pragma('auto_vacuum = INCREMENTAL');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('journal_size_limit = 16777216');
    database.pragma('cache_size = -16384');
    checkPages(database, file);
    database.transaction(migrate).immediate(database);
    return { database, incarnation: incarnationOf(database) };
  } catch (error) {
    database.close();
    throw error;
  }
}

function checkIdentity(database: Database.Database, file: string): void {
  const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  const applicationId = database.pragma('application_id', { simple: true });
  if (tables === 0 && applicationId === 0) return;
  if (applicationId !== APPLICATION_ID) {
    const message = `${file} is a database of another program, not a spool. It was left as it was.`;
    throw new EventStoreError('store_foreign', message);
  }
  const version = versionOf(database);
  if (version > MIGRATIONS.length) {
    const message = `The spool ${file} was written by a newer Provisie (schema ${String(version)}). It was left as it was; start the newer version.`;
    throw new EventStoreError('store_newer', message);
  }
}

/** Above this a check would hold up the start by seconds, just when a long outage has filled the file. */
const MOST_CHECKED_BYTES = 67_108_864;

/** Damage that shows while the spool is used makes the next start look at every page. */
export function noteDamage(file: string): void {
  writeFileSync(damageNote(file), 'The spool is damaged; the next start puts it aside.\n');
}

function damageNote(file: string): string {
  return `${file}-damage`;
}

function checkPages(database: Database.Database, file: string): void {
  const isNoted = existsSync(damageNote(file));
  if (!isNoted && statSync(file).size > MOST_CHECKED_BYTES) return;
  const found: unknown = database.prepare('PRAGMA quick_check(1)').pluck().get();
  rmSync(damageNote(file), { force: true });
  if (found === 'ok' && !isNoted) return;
  const reason = found === 'ok' ? 'it showed when it was used' : String(found);
  throw new EventStoreError('store_corrupt', `The spool ${file} is damaged (${reason}).`);
}

function migrate(database: Database.Database): void {
  const version = versionOf(database);
  for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
  if (version < MIGRATIONS.length) database.pragma(`user_version = ${String(MIGRATIONS.length)}`);
  database.prepare('INSERT OR IGNORE INTO spool VALUES (1, ?, 0, 0)').run(newIncarnation());
}

function versionOf(database: Database.Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

function incarnationOf(database: Database.Database): string {
  return String(database.prepare('SELECT incarnation FROM spool').pluck().get());
}

/** Without vowels, so that it spells nothing. */
const LETTERS = '23456789bcdfghjkmnpqrstvwxz';

function newIncarnation(): string {
  return Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

/** Its parts keep their endings, so that `sqlite3 … .recover` finds them. */
function putAside(file: string, now: number): string {
  const stamp = new Date(now).toISOString().replaceAll(/[:.]/g, '-');
  const aside = `${file}.damaged-${stamp}`;
  for (const ending of ['-wal', '-shm', '']) {
    if (existsSync(`${file}${ending}`)) renameSync(`${file}${ending}`, `${aside}${ending}`);
  }
  return aside;
}
