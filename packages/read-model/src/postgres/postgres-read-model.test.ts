import { inspect } from 'node:util';
import { createTestDatabase, postgresMissing } from '@provisie/postgres-testkit';
import { sql } from 'kysely';
import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  openPostgresReadModel,
  READ_MODEL_SCHEMA,
  type PostgresReadModelOptions,
} from './postgres-read-model.ts';
import { ReadModelDatabaseError } from './read-model-database-error.ts';

async function emptyDatabase(): Promise<string> {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  return database.url;
}

async function open(options: PostgresReadModelOptions) {
  const model = await openPostgresReadModel(options);
  onTestFinished(() => model.close());
  return model;
}

/** What a command on the database gives, past the read model. */
async function ask(url: string, command: string): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<object>(command)).rows;
  } finally {
    await client.end();
  }
}

function changed(url: string, parts: Partial<URL>): string {
  return Object.assign(new URL(url), parts).href;
}

const failureOf = (options: PostgresReadModelOptions): Promise<unknown> =>
  openPostgresReadModel(options).then(
    () => 'it was opened',
    (error: unknown) => error,
  );

describe.skipIf(postgresMissing() !== null)('a read model on PostgreSQL', () => {
  test('is made once, however many processes start at once', async () => {
    const url = await emptyDatabase();
    const models = await Promise.all(Array.from({ length: 5 }, () => open({ url })));
    for (const { readModel } of models) expect((await readModel.status()).position).toBe(0);
    const made = await ask(url, `select name from ${READ_MODEL_SCHEMA}.kysely_migration`);
    expect(made).toEqual([{ name: '0001_tables' }]);
  });

  test('says where it is without the password', async () => {
    const url = await emptyDatabase();
    const { where } = await open({ url, schema: 'elsewhere' });
    const { username, host, pathname } = new URL(url);
    expect(where).toBe(`postgres://${username}@${host}${pathname}, schema elsewhere`);
  });

  test.each<[string, (url: string) => string, RegExp]>([
    ['no address', () => 'read-model.sqlite?password=s3cret-word', /must be like postgres:/],
    ['an unreadable address', () => 'postgres://me:s3cret-word@[/x', /must be like postgres:/],
    ['a wrong password', (url) => changed(url, { password: 's3cret-word' }), /password/],
    ['no such database', (url) => changed(url, { pathname: '/s3cret' }), /does not exist/],
    ['nobody there', () => 'postgres://me:s3cret-word@127.0.0.1:1/x', /ECONNREFUSED/],
  ])('tells %s, and never the password', async (_, addressOf, says) => {
    const error = await failureOf({ url: addressOf(await emptyDatabase()) });
    expect(error).toBeInstanceOf(ReadModelDatabaseError);
    expect(error).toMatchObject({ code: 'read_model_unusable' });
    expect(String(error)).toMatch(says);
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('s3cret-word');
  });

  test('refuses tables of something else, and a schema that is not there to be read', async () => {
    const url = await emptyDatabase();
    await ask(url, 'create schema mine; create table mine.notes (text text)');
    expect(String(await failureOf({ url, schema: 'mine' }))).toContain(
      'holds tables of something else',
    );
    expect(String(await failureOf({ url, readOnly: true }))).toContain('there is none yet');
  });

  test('refuses a database that keeps texts in another encoding', async () => {
    const url = await emptyDatabase();
    const latin = `${new URL(url).pathname.slice(1)}_latin`;
    await ask(url, `create database ${latin} template template0 encoding 'LATIN1' locale 'C'`);
    onTestFinished(async () => {
      await ask(url, `drop database ${latin} with (force)`);
    });
    expect(String(await failureOf({ url: changed(url, { pathname: latin }) }))).toContain(
      'LATIN1 and must keep them in UTF8',
    );
  });

  test('goes on by itself after every connection was lost', async () => {
    const url = await emptyDatabase();
    const { database, readModel } = await open({ url });
    const endAll = () =>
      ask(
        url,
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name like 'provisie%' and datname = current_database()`,
      );
    await database.snapshot((session) => session.db.selectFrom('orders').selectAll().execute());
    const broken = database.transaction(async ({ db }) => {
      await db.updateTable('checkpoint').set({ position: 7 }).execute();
      await endAll();
      await db.updateTable('checkpoint').set({ position: 8 }).execute();
    });
    await expect(broken).rejects.toThrow(/connection|ECONNRESET/i);
    await expect.poll(() => readModel.status().catch(() => null)).toMatchObject({ position: 0 });
    await database.transaction(async ({ db }) => {
      await db.updateTable('checkpoint').set({ position: 9 }).execute();
    });
    await endAll();
    await expect.poll(() => readModel.status().catch(() => null)).toMatchObject({ position: 9 });
    const seen = await database.snapshot(({ db }) =>
      db.selectFrom('checkpoint').select('position').execute(),
    );
    expect(seen).toEqual([{ position: 9 }]);
  });

  test('writes one transaction after the other, and never through a connection for queries', async () => {
    const url = await emptyDatabase();
    const { database } = await open({ url });
    const steps: string[] = [];
    const write = (name: string) =>
      database.transaction(async ({ db }) => {
        steps.push(`${name} begins`);
        await sql`select pg_sleep(0.01)`.execute(db);
        steps.push(`${name} ends`);
      });
    await Promise.all([write('one'), write('two')]);
    expect(steps).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
    await expect(
      database.reading.db.updateTable('checkpoint').set({ position: 1 }).execute(),
    ).rejects.toMatchObject({ code: '25006' });
    const reader = await open({ url, readOnly: true });
    await expect(reader.database.transaction(async () => {})).rejects.toThrow(/reading only/);
  });

  test('a transaction in which a statement failed is never taken for one that was kept', async () => {
    const { database } = await open({ url: await emptyDatabase() });
    const outcome = database.transaction(async ({ db }) => {
      await db.updateTable('checkpoint').set({ position: 7 }).execute();
      await sql`select 1 / 0`.execute(db).catch(() => {});
    });
    await expect(outcome).rejects.toThrow(/rolled back/);
    expect((await database.checkpoint()).position).toBe(0);
  });

  test('a sum that is no safe integer is an error, not another number', async () => {
    const { database } = await open({ url: await emptyDatabase() });
    const { db } = database.reading;
    const sum = (cents: string) => sql<{ sum: number }>`
      select sum(cents) as sum from (values (${sql.lit(cents)}::bigint), (1::bigint)) as v (cents)`;
    expect((await sum('9007199254740990').execute(db)).rows).toEqual([
      { sum: Number.MAX_SAFE_INTEGER },
    ]);
    await expect(sum('9007199254740991').execute(db)).rejects.toThrow(/safe integer/);
    expect((await sql<{ one: number }>`select 1::bigint as one`.execute(db)).rows).toEqual([
      { one: 1 },
    ]);
  });
});
