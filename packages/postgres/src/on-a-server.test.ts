import { createTestDatabase, postgresMissing } from '@provisie/postgres-testkit';
import type { TestDatabase } from '@provisie/postgres-testkit';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { setUpSchema, type OwnSchema } from './own-schema.ts';
import { quietPool } from './quiet-pool.ts';

const newest: OwnSchema = {
  name: 'ours',
  kind: 'a test',
  lock: [7, 8],
  migrations: ['CREATE TABLE ours.notes (text text)', "INSERT INTO ours.notes VALUES ('second')"],
};
const older: OwnSchema = { ...newest, migrations: newest.migrations.slice(0, 1) };

describe.skipIf(postgresMissing() !== null)('on a server', () => {
  let database: TestDatabase;
  let client: Client;
  const clients: Client[] = [];

  async function connected(): Promise<Client> {
    const made = new Client({ connectionString: database.url });
    clients.push(made);
    await made.connect();
    return made;
  }

  async function setUp(own: OwnSchema) {
    return setUpSchema(await connected(), own, 'the test');
  }

  const ask = async (sql: string): Promise<unknown> => (await client.query<object>(sql)).rows;

  const all = `SELECT kind, version, (SELECT array_agg(text) FROM ours.notes) AS notes FROM ours.format`;

  beforeEach(async () => {
    database = await createTestDatabase();
    client = await connected();
  });

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((made) => made.end()));
    await database.drop();
  });

  test('a schema is made and brought up to date once, by many who start at once', async () => {
    for (const [own, notes] of [
      [older, null],
      [newest, ['second']],
    ] as const) {
      const outcomes = await Promise.all(Array.from({ length: 5 }, () => setUp(own)));
      expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['ready']));
      const version = own.migrations.length;
      expect(await ask(all)).toEqual([{ kind: 'a test', version, notes }]);
    }
  });

  test('a schema of a newer version is left as it was', async () => {
    await setUp(newest);
    expect(await setUp(older)).toEqual({
      kind: 'newer',
      message:
        'A newer Provisie wrote the test (schema 2; this one knows 1). It was left as it was; start the newer version.',
    });
    expect(await ask(all)).toEqual([{ kind: 'a test', version: 2, notes: ['second'] }]);
  });

  test.each([
    ['has no format', 'CREATE TABLE ours.notes (text text)'],
    ['has a format of its own', 'CREATE TABLE ours.format (kind text, colour text)'],
    ['is another kind', `CREATE TABLE ours.format AS SELECT 'theirs' AS kind, 1 AS version`],
  ])('a schema that %s is another program’s', async (_, sql) => {
    await ask(`CREATE SCHEMA ours; ${sql}`);
    expect(await setUp(newest)).toMatchObject({ kind: 'foreign' });
    expect(await ask(`SELECT FROM pg_class WHERE relnamespace = 'ours'::regnamespace`)).toEqual([
      {},
    ]);
  });

  test('a schema is set up under its own lock', async () => {
    await ask('SELECT pg_advisory_lock(7, 8)');
    const other = await connected();
    await other.query(`SET lock_timeout = '100ms'`);
    await expect(setUpSchema(other, newest, 'the test')).rejects.toMatchObject({ code: '55P03' });
  });

  test('a pool outlives its connections, idle and in use', async () => {
    const pool = quietPool({ connectionString: database.url, max: 2 });
    onTestFinished(() => pool.end());
    const used = await pool.connect();
    await pool.query('SELECT 1');
    const lost = new Promise((resolve) => used.once('end', resolve));
    await ask(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await lost;
    used.release(true);
    await expect.poll(() => pool.totalCount).toBe(0);
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});
