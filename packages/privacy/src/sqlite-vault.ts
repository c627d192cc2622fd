import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { KeyTable, Secret, VaultKeys } from './key-table.ts';
import { KeyVault } from './key-vault.ts';
import type { MovableVault } from './key-vault.ts';
import type { SubjectKey } from './sealing.ts';
import { VaultError, vaultMissing } from './vault.ts';
import type { VaultOptions } from './vault.ts';

/** "PvVt" in ASCII, in the file's header: tells a vault from any other SQLite file. */
const APPLICATION_ID = 0x50_76_56_74;
const SCHEMA_VERSION = 1;

const schema = `
  CREATE TABLE subject_keys (
    key_id TEXT PRIMARY KEY,
    subject TEXT NOT NULL UNIQUE,
    key BLOB NOT NULL CHECK (length(key) = 32)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE secrets (
    name TEXT PRIMARY KEY,
    secret BLOB NOT NULL CHECK (length(secret) = 32)
  ) STRICT, WITHOUT ROWID;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

const allKeys = 'SELECT key_id AS keyId, subject, key FROM subject_keys';

/**
 * A vault in one small file (made if absent, readable by its owner only). Lose it and everything sealed is
 * lost, so back it up, but apart from the log; a backup that still has an erased key must go too.
 * Several processes may have it open. Throws `VaultError` when the file can't be used.
 */
export function openSqliteVault(
  file: string,
  { mustExist = false }: VaultOptions = {},
): MovableVault {
  if (mustExist && !existsSync(file)) throw vaultMissing(file);
  const database = named(file, () => openDatabase(file));
  return new KeyVault(new SqliteKeyTable(file, database));
}

class SqliteKeyTable implements KeyTable {
  readonly #file: string;
  readonly #database: Database.Database;
  readonly #ofSubject: Database.Statement<[string], SubjectKey>;
  readonly #ofId: Database.Statement<[string], SubjectKey>;

  constructor(file: string, database: Database.Database) {
    this.#file = file;
    this.#database = database;
    this.#ofSubject = database.prepare(`${allKeys} WHERE subject = ?`);
    this.#ofId = database.prepare(`${allKeys} WHERE key_id = ?`);
  }

  async ofSubject(subject: string): Promise<SubjectKey | undefined> {
    return this.#use(() => this.#ofSubject.get(subject));
  }

  async ofId(keyId: string): Promise<SubjectKey | undefined> {
    return this.#use(() => this.#ofId.get(keyId));
  }

  async add(keys: readonly SubjectKey[]): Promise<void> {
    this.#use((database) => {
      database.transaction(() => insertKeys(database, keys)).immediate();
    });
  }

  async erase(subject: string): Promise<void> {
    this.#use((database) =>
      database.prepare<[string]>('DELETE FROM subject_keys WHERE subject = ?').run(subject),
    );
  }

  async secret(name: string, offered: Uint8Array): Promise<Uint8Array> {
    return this.#use((database) => {
      const find = database
        .prepare<[string], Uint8Array>('SELECT secret FROM secrets WHERE name = ?')
        .pluck();
      const known = find.get(name);
      if (known !== undefined) return new Uint8Array(known);
      insertSecrets(database, [{ name, secret: offered }]);
      return new Uint8Array(find.get(name) ?? offered);
    });
  }

  async all(): Promise<VaultKeys> {
    return this.#use((database) => contentsOf(database));
  }

  async fill(keys: VaultKeys): Promise<'filled' | null> {
    return this.#use((database) => {
      const fill = database.transaction(() => {
        const { subjectKeys, secrets } = contentsOf(database);
        if (subjectKeys.length + secrets.length > 0) return null;
        insertKeys(database, keys.subjectKeys);
        insertSecrets(database, keys.secrets);
        return 'filled' as const;
      });
      return fill.immediate();
    });
  }

  close(): void {
    this.#database.close();
  }

  #use<Result>(work: (database: Database.Database) => Result): Result {
    if (!this.#database.open) throw new VaultError('vault_closed', 'The vault is closed.');
    return named(this.#file, () => work(this.#database));
  }
}

function insertKeys(database: Database.Database, keys: readonly SubjectKey[]): void {
  const insert = database.prepare<[string, string, Uint8Array]>(
    'INSERT INTO subject_keys (key_id, subject, key) VALUES (?, ?, ?) ON CONFLICT (subject) DO NOTHING',
  );
  for (const { keyId, subject, key } of keys) insert.run(keyId, subject, key);
}

function insertSecrets(database: Database.Database, secrets: readonly Secret[]): void {
  const insert = database.prepare<[string, Uint8Array]>(
    'INSERT INTO secrets (name, secret) VALUES (?, ?) ON CONFLICT (name) DO NOTHING',
  );
  for (const { name, secret } of secrets) insert.run(name, secret);
}

function contentsOf(database: Database.Database): VaultKeys {
  return {
    subjectKeys: database.prepare<[], SubjectKey>(allKeys).all(),
    secrets: database.prepare<[], Secret>('SELECT name, secret FROM secrets').all(),
  };
}

function openDatabase(file: string): Database.Database {
  mkdirSync(dirname(file), { recursive: true });
  // SQLite would make the file with the process's umask; its journal takes over the mode of the file.
  closeSync(openSync(file, 'a', 0o600));
  const database = new Database(file, { timeout: 5000 });
  try {
    // No write-ahead log: an erased key would live on in it until some later checkpoint.
    database.pragma('journal_mode = DELETE');
    database.pragma('synchronous = FULL');
    database.pragma('secure_delete = ON');
    database.transaction(migrate).immediate(database, file);
    chmodSync(file, 0o600);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: Database.Database, file: string): void {
  const id = database.pragma('application_id', { simple: true });
  const version = Number(database.pragma('user_version', { simple: true }));
  const isEmpty =
    database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0 && id === 0;
  if (isEmpty) {
    database.exec(schema);
  } else if (id !== APPLICATION_ID) {
    throw new VaultError('vault_foreign', `${file} is a database of another program, not a vault.`);
  } else if (version > SCHEMA_VERSION) {
    throw new VaultError(
      'vault_newer',
      `${file} was written by a newer Provisie (vault version ${version}; this one knows ${SCHEMA_VERSION}). Start that version.`,
    );
  }
}

function named<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof VaultError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const code = error instanceof Database.SqliteError ? error.code : '';
    if (code === 'SQLITE_NOTADB') {
      throw new VaultError('vault_foreign', `${file} is not a vault: it isn't a SQLite file.`, {
        cause: error,
      });
    }
    if (code.startsWith('SQLITE_CORRUPT')) {
      throw new VaultError(
        'vault_corrupt',
        `The vault ${file} is damaged (${reason}). Restore it from a backup.`,
        {
          cause: error,
        },
      );
    }
    throw new VaultError('vault_unavailable', `The vault ${file} can't be used: ${reason}.`, {
      cause: error,
    });
  }
}
