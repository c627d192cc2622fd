import { sql, type Kysely } from 'kysely';
import { POSTGRESQL } from '../database/dialect.ts';
import { migrate } from '../database/migrations.ts';
import type { Tables } from '../tables/index.ts';

/** Marks a schema as ours, in its comment. */
const MARK = 'The read model of Provisie. It can be rebuilt from the log.';

/** What keeps a schema from being used, in words; null when it is ours and there. */
export async function whyUnusable(db: Kysely<Tables>, schema: string): Promise<string | null> {
  const state = await stateOf(db, schema);
  switch (state) {
    case 'ours':
      return null;
    case 'missing':
    case 'empty':
      return 'there is none yet';
    case 'other':
      return 'the schema holds tables of something else';
  }
}

/** Makes the schema and its tables where they aren't there. One process at a time does so; the others wait. */
export async function makeSchema(db: Kysely<Tables>, schema: string): Promise<void> {
  await db.connection().execute(async (connection) => {
    await expectUtf8(connection);
    const lock = sql`hashtextextended(${`provisie read model ${schema}`}, 0)`;
    await sql`select pg_advisory_lock(${lock})`.execute(connection);
    try {
      const state = await stateOf(connection, schema);
      if (state === 'other') throw new Error('the schema holds tables of something else');
      if (state === 'missing') await connection.schema.createSchema(schema).execute();
      if (state !== 'ours') await mark(connection, schema);
      await migrate(connection, POSTGRESQL, schema);
    } finally {
      await sql`select pg_advisory_unlock(${lock})`.execute(connection);
    }
  });
}

type SchemaState = 'missing' | 'empty' | 'ours' | 'other';

async function stateOf(db: Kysely<Tables>, schema: string): Promise<SchemaState> {
  const { rows } = await sql<{ mark: string | null; has_tables: boolean }>`
    select obj_description(oid, 'pg_namespace') as mark,
      exists (select 1 from pg_class where relnamespace = n.oid) as has_tables
    from pg_namespace n where nspname = ${schema}`.execute(db);
  const [found] = rows;
  if (found === undefined) return 'missing';
  if (found.mark === MARK) return 'ours';
  return found.has_tables ? 'other' : 'empty';
}

async function mark(db: Kysely<Tables>, schema: string): Promise<void> {
  await sql`comment on schema ${sql.id(schema)} is ${sql.lit(MARK)}`.execute(db);
}

/** Ids and cursors compare as UTF-8 does. */
async function expectUtf8(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ server_encoding: string }>`show server_encoding`.execute(db);
  const encoding = rows[0]?.server_encoding;
  if (encoding === 'UTF8') return;
  throw new Error(`the database keeps texts in ${String(encoding)} and must keep them in UTF8`);
}
