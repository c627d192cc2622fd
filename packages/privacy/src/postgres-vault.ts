import { setTimeout } from 'node:timers/promises';
import {
  ADDRESS_FORM,
  isPassing,
  postgresServer,
  quietPool,
  setUpSchema,
} from '@provisie/postgres';
import type { Pool, PoolClient } from 'pg';
import type { KeyTable, Secret, VaultKeys } from './key-table.ts';
import { KeyVault } from './key-vault.ts';
import type { MovableVault } from './key-vault.ts';
import { vaultFailure } from './postgres-vault-failure.ts';
import { vaultSchema } from './postgres-vault-schema.ts';
import type { SubjectKey } from './sealing.ts';
import { VaultError, vaultMissing } from './vault.ts';
import type { VaultOptions } from './vault.ts';

/** How long failures that may pass are met by trying again. */
const PATIENCE_MS = 10_000;
const PAUSE_MS = 100;

/**
 * A vault in the schema `provisie_vault` of a PostgreSQL database, made if absent. Lose it and everything sealed is
 * lost, so back it up, but apart from the log: best in a database of its own. Several processes may have it open.
 * An erased key is out of the table's file when `erase` resolves, which waits for transactions in this database that began
 * before; it lives on in the server's archived write-ahead log and in backups until those are dropped. Rejects with
 * `VaultError`.
 *
 * @param url `postgres://user:password@host:port/database`
 */
export async function openPostgresVault(
  url: string,
  { mustExist = false }: VaultOptions = {},
): Promise<MovableVault> {
  const server = postgresServer(url);
  if (server === null) {
    throw new VaultError('vault_unavailable', `The address of the vault ${ADDRESS_FORM}.`);
  }
  const name = `the vault (${server.address})`;
  const table = new PostgresKeyTable(url, name);
  try {
    if (mustExist && (await table.use((client) => isMissing(client)))) {
      throw vaultMissing(server.address);
    }
    const setUp = await table.use((client) => setUpSchema(client, vaultSchema, name));
    if (setUp.kind !== 'ready') throw new VaultError(`vault_${setUp.kind}`, setUp.message);
    return new KeyVault(table);
  } catch (error) {
    table.close();
    throw error;
  }
}

async function isMissing(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ missing: boolean }>(
    `SELECT to_regnamespace('provisie_vault') IS NULL AS missing`,
  );
  return rows[0]?.missing === true;
}

class PostgresKeyTable implements KeyTable {
  readonly #name: string;
  readonly #pool: Pool;
  readonly #underWay = new Set<Promise<unknown>>();
  #isClosed = false;

  /** `name` is for messages. */
  constructor(url: string, name: string) {
    this.#name = name;
    this.#pool = quietPool({
      connectionString: url,
      max: 4,
      connectionTimeoutMillis: 5_000,
      statement_timeout: 10_000,
      lock_timeout: 5_000,
      idle_in_transaction_session_timeout: 3_000,
      query_timeout: 15_000,
      keepAlive: true,
      fallback_application_name: 'provisie-vault',
    });
  }

  async ofSubject(subject: string): Promise<SubjectKey | undefined> {
    const [key] = await this.#rows<SubjectKey>(`${allKeys} WHERE subject = $1`, [subject]);
    return key;
  }

  async ofId(keyId: string): Promise<SubjectKey | undefined> {
    const [key] = await this.#rows<SubjectKey>(`${allKeys} WHERE key_id = $1`, [keyId]);
    return key;
  }

  async add(keys: readonly SubjectKey[]): Promise<void> {
    await this.#rows(insertKeys, columnsOfKeys(keys));
  }

  async erase(subject: string): Promise<void> {
    await this.#rows('DELETE FROM provisie_vault.subject_keys WHERE subject = $1', [subject]);
    const end = performance.now() + PATIENCE_MS;
    while ((await this.use((client) => keptWhenWrittenAnew(client))) > 0) {
      if (performance.now() > end)
        throw new VaultError('vault_unavailable', keptInFile(this.#name));
      await setTimeout(PAUSE_MS);
    }
  }

  async secret(name: string, offered: Uint8Array): Promise<Uint8Array> {
    const find = () =>
      this.#rows<Secret>('SELECT name, secret FROM provisie_vault.secrets WHERE name = $1', [name]);
    const [known] = await find();
    if (known !== undefined) return new Uint8Array(known.secret);
    await this.#rows(insertSecrets, columnsOfSecrets([{ name, secret: offered }]));
    const [made] = await find();
    if (made !== undefined) return new Uint8Array(made.secret);
    throw new VaultError('vault_unavailable', `The secret ${name} was removed as it was made.`);
  }

  all(): Promise<VaultKeys> {
    return this.use((client) =>
      inTransaction(client, 'ISOLATION LEVEL REPEATABLE READ', () => contentsOf(client)),
    );
  }

  fill(keys: VaultKeys): Promise<'filled' | null> {
    return this.use((client) =>
      inTransaction(client, 'ISOLATION LEVEL READ COMMITTED', async () => {
        await client.query('LOCK TABLE provisie_vault.subject_keys, provisie_vault.secrets');
        const { subjectKeys, secrets } = await contentsOf(client);
        if (subjectKeys.length + secrets.length > 0) return null;
        await client.query(insertKeys, columnsOfKeys(keys.subjectKeys));
        await client.query(insertSecrets, columnsOfSecrets(keys.secrets));
        return 'filled';
      }),
    );
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    // The pool would leave waiting those who wait for a connection.
    void Promise.allSettled(this.#underWay).then(() => this.#pool.end());
  }

  #rows<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    return this.use(async (client) => (await client.query<Row>(text, values)).rows);
  }

  /** `work` may be done several times. */
  async use<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      if (this.#isClosed) throw new VaultError('vault_closed', 'The vault is closed.');
      try {
        return await this.#once(work);
      } catch (error) {
        const isOver = performance.now() > end;
        if (isOver || !isPassing(error)) throw vaultFailure(this.#name, error);
      }
      await setTimeout(PAUSE_MS);
    }
  }

  async #once<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const working = this.#withClient(work);
    this.#underWay.add(working);
    try {
      return await working;
    } finally {
      this.#underWay.delete(working);
    }
  }

  async #withClient<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    let isBroken = true;
    try {
      const result = await work(client);
      isBroken = false;
      return result;
    } finally {
      client.release(isBroken);
    }
  }
}

/**
 * A deleted row stays in the file until something else needs its place: this writes the table anew. Resolves to how many
 * deleted rows the server had to keep, for transactions in this database that began before.
 */
async function keptWhenWrittenAnew(client: PoolClient): Promise<number> {
  let kept = 0;
  // In whatever language the server speaks: "3 dead row versions cannot be removed yet."
  const hear = ({ detail = '' }: { readonly detail?: string | undefined }) => {
    kept += Number(/\d+/.exec(detail)?.[0] ?? 0);
  };
  client.on('notice', hear);
  try {
    await client.query('VACUUM (FULL, VERBOSE) provisie_vault.subject_keys');
  } finally {
    client.off('notice', hear);
  }
  return kept;
}

function keptInFile(name: string): string {
  return `A key was erased from ${name}, but stays in the table's file for a transaction that began before. Erase again when that has ended.`;
}

const allKeys = 'SELECT key_id AS "keyId", subject, key FROM provisie_vault.subject_keys';

const insertKeys = `
  INSERT INTO provisie_vault.subject_keys (key_id, subject, key)
  SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[]) ON CONFLICT (subject) DO NOTHING`;

const insertSecrets = `
  INSERT INTO provisie_vault.secrets (name, secret)
  SELECT * FROM unnest($1::text[], $2::bytea[]) ON CONFLICT (name) DO NOTHING`;

function columnsOfKeys(keys: readonly SubjectKey[]): unknown[] {
  return [
    keys.map(({ keyId }) => keyId),
    keys.map(({ subject }) => subject),
    keys.map(({ key }) => Buffer.from(key)),
  ];
}

function columnsOfSecrets(secrets: readonly Secret[]): unknown[] {
  return [secrets.map(({ name }) => name), secrets.map(({ secret }) => Buffer.from(secret))];
}

async function contentsOf(client: PoolClient): Promise<VaultKeys> {
  const subjectKeys = await client.query<SubjectKey>(allKeys);
  const secrets = await client.query<Secret>('SELECT name, secret FROM provisie_vault.secrets');
  return { subjectKeys: subjectKeys.rows, secrets: secrets.rows };
}

async function inTransaction<Result>(
  client: PoolClient,
  mode: string,
  work: () => Promise<Result>,
): Promise<Result> {
  // A failure ends the connection, and with it the transaction.
  await client.query(`BEGIN ${mode}`);
  const result = await work();
  await client.query('COMMIT');
  return result;
}
