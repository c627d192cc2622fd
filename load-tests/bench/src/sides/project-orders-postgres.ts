// `projector-orders-postgres`: a read model built from a log on a PostgreSQL of its own, its operations the orders that
// were decided; then its limit, the rows of a read model on SQLite inserted into tables like those. One line for each.
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { rebuildBeside } from '@provisie/read-model';
import { openPostgresReadModelHome, READ_MODEL_SCHEMA } from '@provisie/read-model/postgres';
import { Client } from 'pg';
import { peakRssMb } from '../measurement.ts';
import { postgresFor } from '../postgres-for.ts';
import { rowsOfReadModel, type TableRows } from '../read-model-rows.ts';

const AT_ONCE = 256;

const [log = '', source = ''] = process.argv.slice(2);
const { tables } = rowsOfReadModel(source);
const server = await postgresFor('projector-orders-postgres');
if (server === null) process.exit(0);
try {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await build(server.url);
  await expectSameRows(client);
  await insertBare(client);
  await client.end();
} finally {
  await server.stop();
}

async function build(url: string): Promise<void> {
  const store = openSqliteEventStore({ file: log, readOnly: true });
  const home = await openPostgresReadModelHome({ url });
  const started = performance.now();
  const { progress } = await rebuildBeside({ store, home });
  print('ours', (performance.now() - started) / 1000);
  const head = await store.head();
  await home.close();
  await store.close();
  if (progress.handled !== head) {
    throw new Error(`the read model ended at ${progress.handled}, the log at ${head}`);
  }
}

async function expectSameRows(client: Client): Promise<void> {
  for (const { name, rows } of ordersTables()) {
    const { rows: counted } = await client.query<{ count: string }>(
      `select count(*) from ${READ_MODEL_SCHEMA}.${name}`,
    );
    if (Number(counted[0]?.count) === rows.length) continue;
    throw new Error(
      `${name} has ${counted[0]?.count} rows on PostgreSQL, ${rows.length} on SQLite`,
    );
  }
}

/** Into the same tables, emptied, with their indexes. */
async function insertBare(client: Client): Promise<void> {
  await client.query(`set synchronous_commit to off; set search_path to ${READ_MODEL_SCHEMA}`);
  await client.query(
    `truncate ${ordersTables()
      .map(({ name }) => name)
      .join(', ')}`,
  );
  const started = performance.now();
  await client.query('begin');
  for (const table of ordersTables()) await insert(client, table);
  await client.query('commit');
  print('limit', (performance.now() - started) / 1000);
}

/** Those that hold what the log says, and not how far it was read. */
function ordersTables(): readonly TableRows[] {
  return tables.filter(({ name, rows }) => {
    return rows.length > 0 && name !== 'checkpoint' && name !== 'projector_fence';
  });
}

async function insert(client: Client, { name, columns, rows }: TableRows): Promise<void> {
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const values = rows.slice(from, from + AT_ONCE);
    const places = values.map((row, index) => {
      return `(${row.map((_, column) => `$${index * row.length + column + 1}`).join(', ')})`;
    });
    await client.query({
      name: `${name} ${values.length}`,
      text: `insert into ${name} (${columns.join(', ')}) values ${places.join(', ')}`,
      values: values.flat(),
    });
  }
}

function print(name: string, seconds: number): void {
  const operations = tables.find((table) => table.name === 'commissions')?.rows.length ?? 0;
  const run = { name, operations, seconds, p50: null, p99: null, peakRssMb: peakRssMb() };
  console.log(JSON.stringify(run));
}
