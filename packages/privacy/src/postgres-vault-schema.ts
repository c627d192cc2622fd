import type { ClientBase } from 'pg';
import { VaultError } from './vault.ts';

/** Tells the schema from one of the same name that another program made. */
const kind = 'provisie vault';
const schemaVersion = 1;

/** "PvVt" in ASCII, as a family of advisory locks. */
const lockFamily = 0x50_76_56_74;
const lockForSettingUp = `SELECT pg_advisory_xact_lock(${lockFamily}, 1)`;

const schema = `
  CREATE TABLE provisie_vault.format (
    kind text NOT NULL,
    version integer NOT NULL
  );
  INSERT INTO provisie_vault.format VALUES ('${kind}', ${schemaVersion});
  CREATE TABLE provisie_vault.subject_keys (
    key_id text COLLATE "C" PRIMARY KEY,
    subject text COLLATE "C" NOT NULL UNIQUE,
    key bytea NOT NULL CHECK (octet_length(key) = 32)
  );
  CREATE TABLE provisie_vault.secrets (
    name text COLLATE "C" PRIMARY KEY,
    secret bytea NOT NULL CHECK (octet_length(secret) = 32)
  );
`;

/** Makes the schema, one process at a time. Throws `VaultError` `vault_foreign`, `vault_newer`. */
export async function setUpVault(client: ClientBase, address: string): Promise<void> {
  if (await isSetUp(client, address)) return;
  await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
  await client.query(lockForSettingUp);
  if (!(await isSetUp(client, address))) {
    // Not IF NOT EXISTS: that wants the right to make one even where somebody made it for this role.
    const { rows } = await client.query<{ missing: boolean }>(
      `SELECT to_regnamespace('provisie_vault') IS NULL AS missing`,
    );
    if (rows[0]?.missing === true) await client.query('CREATE SCHEMA provisie_vault');
    await client.query(schema);
  }
  await client.query('COMMIT');
}

async function isSetUp(client: ClientBase, address: string): Promise<boolean> {
  const { rows } = await client.query<{ tables: string[] }>(
    `SELECT ARRAY(
       SELECT relname::text FROM pg_class WHERE relnamespace = to_regnamespace('provisie_vault')
     ) AS tables`,
  );
  const tables = rows[0]?.tables ?? [];
  if (tables.length === 0) return false;
  const version = tables.includes('format') ? await versionOf(client) : null;
  if (version === null) {
    throw new VaultError(
      'vault_foreign',
      `The schema provisie_vault (${address}) was made by another program and holds no vault. It was left as it was.`,
    );
  }
  if (version > schemaVersion) {
    throw new VaultError(
      'vault_newer',
      `The vault (${address}) was written by a newer Provisie (vault version ${version}; this one knows ${schemaVersion}). Start that version.`,
    );
  }
  return true;
}

/** Null when it is none of ours. */
async function versionOf(client: ClientBase): Promise<number | null> {
  const columns = await client.query(
    `SELECT FROM information_schema.columns
     WHERE table_schema = 'provisie_vault' AND table_name = 'format' AND column_name IN ('kind', 'version')`,
  );
  if (columns.rowCount !== 2) return null;
  const { rows } = await client.query<{ version: number }>(
    'SELECT version FROM provisie_vault.format WHERE kind::text = $1',
    [kind],
  );
  return rows[0]?.version ?? null;
}
