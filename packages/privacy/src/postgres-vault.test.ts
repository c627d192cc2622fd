import { createTestDatabase, postgresMissing } from '@provisie/postgres-testkit';
import type { TestDatabase } from '@provisie/postgres-testkit';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPostgresVault } from './postgres-vault.ts';
import type { Vault } from './vault.ts';

describe.skipIf(postgresMissing() !== null)('the schema of a vault', () => {
  let database: TestDatabase;
  const opened: Vault[] = [];

  const open = async () => {
    const vault = await openPostgresVault(database.url);
    opened.push(vault);
    return vault;
  };

  const sql = async (text: string) => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  };

  beforeEach(async () => {
    database = await createTestDatabase();
  });

  afterEach(async () => {
    for (const vault of opened.splice(0)) vault.close();
    await database.drop();
  });

  test('is made once by many who start at once, and all have the same secret', async () => {
    const vaults = await Promise.all(Array.from({ length: 8 }, open));
    const secrets = await Promise.all(vaults.map((vault) => vault.secret('customers')));
    expect(new Set(secrets.map((secret) => Buffer.from(secret).toString('hex'))).size).toBe(1);
    expect(await sql('SELECT count(*)::int AS count FROM provisie_vault.format')).toEqual([
      { count: 1 },
    ]);
  });

  test('is not made where it must exist, unless somebody made it empty', async () => {
    const mustExist = { mustExist: true };
    await expect(openPostgresVault(database.url, mustExist)).rejects.toMatchObject({
      code: 'vault_missing',
    });
    expect(await sql("SELECT to_regnamespace('provisie_vault') IS NULL AS missing")).toEqual([
      { missing: true },
    ]);
    await sql('CREATE SCHEMA provisie_vault');
    opened.push(await openPostgresVault(database.url, mustExist));
    opened.push(await openPostgresVault(database.url, mustExist));
  });

  test('of another program is refused, and left as it was', async () => {
    await sql('CREATE SCHEMA provisie_vault; CREATE TABLE provisie_vault.format (colour text)');
    await expect(open()).rejects.toMatchObject({ code: 'vault_foreign' });
    await sql('ALTER TABLE provisie_vault.format RENAME TO subject_keys');
    await expect(open()).rejects.toMatchObject({ code: 'vault_foreign' });
  });

  test('of a newer version is refused', async () => {
    await open();
    await sql('UPDATE provisie_vault.format SET version = 99');
    await expect(open()).rejects.toMatchObject({ code: 'vault_newer' });
  });

  test('from which something was taken is damaged', async () => {
    const vault = await open();
    await sql('DROP TABLE provisie_vault.subject_keys');
    await expect(vault.seal('woonblog', {})).rejects.toMatchObject({ code: 'vault_corrupt' });
  });

  test('loses an erased key from its file at once', async () => {
    const vault = await open();
    await vault.seal('woonblog', { name: 'Zoë' });
    await vault.seal('reisblog', { name: 'Ada' });
    const rows = await sql(
      `SELECT encode(key, 'hex') AS key FROM provisie_vault.subject_keys WHERE subject = 'woonblog'`,
    );
    const key = String(rows[0]?.['key']);
    expect(key).toHaveLength(64);
    expect(await fileOfKeys()).toContain(key);
    await vault.erase('woonblog');
    expect(await fileOfKeys()).not.toContain(key);
    expect(await fileOfKeys()).not.toContain(Buffer.from('woonblog').toString('hex'));
    expect(await fileOfKeys()).toContain(Buffer.from('reisblog').toString('hex'));
  });

  test('loses an erased key from its file no later than the last transaction that could read it', async () => {
    const vault = await open();
    const sealed = await vault.seal('woonblog', { name: 'Zoë' });
    const reader = new Client({ connectionString: database.url });
    await reader.connect();
    let erasing: Promise<void>;
    try {
      await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
      erasing = vault.erase('woonblog');
      await expect.poll(() => vault.open(sealed)).toBeNull();
      expect(await fileOfKeys()).toContain(Buffer.from('woonblog').toString('hex'));
    } finally {
      await reader.end();
    }
    await erasing;
    expect(await fileOfKeys()).not.toContain(Buffer.from('woonblog').toString('hex'));
  });

  async function fileOfKeys(): Promise<string> {
    await sql('CHECKPOINT');
    const rows = await sql(
      `SELECT encode(pg_read_binary_file(pg_relation_filepath('provisie_vault.subject_keys')), 'hex') AS file`,
    );
    return String(rows[0]?.['file']);
  }

  test('is found again after an operator ended the connections', async () => {
    const vault = await open();
    const sealed = await vault.seal('woonblog', { name: 'Zoë' });
    await sql(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    expect(await vault.open(sealed)).toEqual({ name: 'Zoë' });
  });

  test.each([
    ['a wrong password', (url: URL) => (url.password = 'wrong-secret'), /refused the sign-in/],
    ['another protocol', (url: URL) => (url.protocol = 'mysql:'), /postgres:\/\/user/],
  ])('is not reached with %s, and that is said without the password', async (_, change, said) => {
    const url = new URL(database.url);
    change(url);
    const opening = openPostgresVault(url.href);
    await expect(opening).rejects.toMatchObject({ code: 'vault_unavailable' });
    await expect(opening).rejects.toThrow(said);
    await expect(opening).rejects.not.toThrow(/wrong-secret/);
  });
});
