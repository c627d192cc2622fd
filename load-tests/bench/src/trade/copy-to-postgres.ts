import { openPostgresReadModel, READ_MODEL_SCHEMA } from '@provisie/read-model/postgres';
import Database from 'better-sqlite3';
import { Client } from 'pg';

const BATCH = 1000;

/**
 * Fills a read model on PostgreSQL, which its own migrations made, with the rows of one on SQLite; does nothing where
 * they are there. One transaction, so that they are there wholly or not at all; indexes but those of keys come last.
 */
export async function copyToPostgres(file: string, url: string): Promise<void> {
  await (await openPostgresReadModel({ url })).close();
  const client = new Client({ connectionString: url });
  await client.connect();
  const source = new Database(file, { readonly: true });
  try {
    await client.query(
      `set search_path to ${READ_MODEL_SCHEMA}; set maintenance_work_mem to '256MB'`,
    );
    if (await isCopied(source, client)) return;
    await client.query('begin');
    const indexes = await dropIndexes(client);
    for (const table of tablesOf(source)) await copyTable(source, client, table);
    for (const creation of indexes) await client.query(creation);
    await client.query('commit');
    await client.query('vacuum analyze');
  } finally {
    source.close();
    await client.end();
  }
}

/** Both then end at the same place of the log. */
async function isCopied(source: Database.Database, client: Client): Promise<boolean> {
  const position = 'select position from checkpoint';
  const { rows } = await client.query<{ position: string }>(position);
  return Number(rows[0]?.position) === source.prepare(position).pluck().get();
}

function tablesOf(source: Database.Database): readonly string[] {
  return source
    .prepare<[], string>(
      `select name from sqlite_schema where type = 'table' and name not like 'kysely%'
        and name not like 'sqlite%' order by name`,
    )
    .pluck()
    .all();
}

/** What makes them again. */
async function dropIndexes(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string; creation: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as creation
      from pg_index i join pg_class t on t.oid = i.indrelid
      where t.relnamespace = $1::regnamespace and not i.indisprimary and t.relname not like 'kysely%'`,
    [READ_MODEL_SCHEMA],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map(({ creation }) => creation);
}

/** While the server takes in some rows, the next are read. */
async function copyTable(source: Database.Database, client: Client, table: string): Promise<void> {
  await client.query(`truncate ${table}`);
  let written: Promise<unknown> = Promise.resolve();
  for (const rows of batchesOf(source.prepare(`select * from ${table}`))) {
    const json = JSON.stringify(rows);
    await written;
    written = client.query({
      name: table,
      text: `insert into ${table} select * from json_populate_recordset(null::${table}, $1)`,
      values: [json],
    });
  }
  await written;
}

function* batchesOf(rows: Database.Statement): Generator<readonly unknown[]> {
  let batch: unknown[] = [];
  for (const row of rows.iterate()) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
