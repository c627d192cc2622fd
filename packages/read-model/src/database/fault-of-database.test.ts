import { createTestDatabase, postgresMissing } from '@provisie/postgres-testkit';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isFaultOfDatabase } from './fault-of-database.ts';

async function errorOf(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}

test.each([
  ['a mistake in our own code', new TypeError("can't read properties of null")],
  ['a value out of range', new RangeError('Invalid time value')],
  ['no error at all', 'text'],
])('%s is no fault of the database', (_, error) => {
  expect(isFaultOfDatabase(error)).toBe(false);
});

describe('SQLite', () => {
  const open = () => {
    const database = new Database(':memory:');
    onTestFinished(() => {
      database.close();
    });
    database.exec('create table t (id integer primary key, text text not null) strict');
    return database;
  };

  test.each([
    ['a key that is taken', "insert into t values (1, 'a'), (1, 'b')"],
    ['a value that is missing', 'insert into t values (1, null)'],
    ['a value of another type', "insert into t values (1, x'00')"],
  ])('%s comes from the event', async (_, sql) => {
    const database = open();
    expect(isFaultOfDatabase(await errorOf(() => database.exec(sql)))).toBe(false);
  });

  test('a full disk, a missing table and a closed file do not', async () => {
    const database = open();
    database.pragma('max_page_count = 3');
    const filling = "insert into t values (2, printf('%.*c', 100000, 'x'))";
    expect(isFaultOfDatabase(await errorOf(() => database.exec(filling)))).toBe(true);
    expect(isFaultOfDatabase(await errorOf(() => database.exec('delete from gone')))).toBe(true);
    database.close();
    expect(isFaultOfDatabase(await errorOf(() => database.exec(filling)))).toBe(true);
  });
});

describe.skipIf(postgresMissing() !== null)('PostgreSQL', () => {
  async function connected() {
    const database = await createTestDatabase();
    onTestFinished(() => database.drop());
    const client = new Client({ connectionString: database.url });
    client.on('error', () => {});
    await client.connect();
    onTestFinished(() => client.end());
    await client.query('create table t (id integer primary key, text text not null)');
    await client.query('create index on t (text)');
    return { client, url: database.url };
  }

  test('what a value breaks comes from the event; what is about the server does not', async () => {
    const { client, url } = await connected();
    const fault = async (text: string, values: unknown[] = []) =>
      isFaultOfDatabase(await errorOf(() => client.query(text, values)));
    expect(await fault("insert into t values (1, 'a'), (1, 'b')")).toBe(false);
    expect(await fault('insert into t values (1, $1)', ['\u0000'])).toBe(false);
    expect(await fault('insert into t values ($1, $2)', [2 ** 40, 'a'])).toBe(false);
    const random = Array.from({ length: 20_000 }, (_, index) =>
      String.fromCodePoint(0x4e00 + ((index * 7919) % 20_000)),
    );
    expect(await fault('insert into t values (1, $1)', [random.join('')])).toBe(false);
    expect(await fault('select * from gone')).toBe(true);
    await client.query("set statement_timeout to '10ms'");
    expect(await fault('select pg_sleep(5)')).toBe(true);

    const other = new Client({ connectionString: url });
    await other.connect();
    const waiting = errorOf(async () => {
      await client.query('set statement_timeout to 0');
      await client.query('select pg_sleep(60)');
    });
    await other.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
    );
    await other.end();
    expect(isFaultOfDatabase(await waiting)).toBe(true);
    expect(await fault('select 1')).toBe(true);
  });

  test('nor is a server that nobody gets through to', async () => {
    const client = new Client({ connectionString: 'postgres://nobody@127.0.0.1:1/none' });
    expect(isFaultOfDatabase(await errorOf(() => client.connect()))).toBe(true);
  });
});
