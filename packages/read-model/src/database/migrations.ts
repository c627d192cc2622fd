import { Migrator, type Migration } from 'kysely/migration';
import type { CreateTableBuilder, Kysely } from 'kysely';
import type { SqlDialect } from './dialect.ts';
import { TABLE_NAMES, TABLES, type TableName, type Tables } from '../tables/index.ts';
import type { TableDefinition } from '../tables/table-definition.ts';
import { indexesOf } from './indexes.ts';

/**
 * Brings an empty database to the newest tables; does nothing to one that has them already. `schema`: where the tables
 * are, on a database of several.
 */
export async function migrate(
  db: Kysely<Tables>,
  dialect: SqlDialect,
  schema?: string,
): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations(dialect) },
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw new Error('The tables could not be made.', { cause: error });
}

function migrations(dialect: SqlDialect): Record<string, Migration> {
  return { '0001_tables': { up: (db: Kysely<Tables>) => createTables(db, dialect) } };
}

async function createTables(db: Kysely<Tables>, dialect: SqlDialect): Promise<void> {
  for (const name of TABLE_NAMES) {
    await createTable(db, dialect, name, TABLES[name]);
    for (const { creation } of indexesOf(db, name)) await db.executeQuery(creation);
  }
  await db
    .insertInto('checkpoint')
    .values({
      name: 'read_model',
      position: 0,
      handled_at: null,
      last_recorded_at: null,
      closed_day: 0,
    })
    .execute();
}

async function createTable(
  db: Kysely<Tables>,
  dialect: SqlDialect,
  name: TableName,
  definition: TableDefinition,
): Promise<void> {
  let table: CreateTableBuilder<string, string> = db.schema.createTable(name);
  for (const [column, type] of Object.entries(definition.columns)) {
    const sqlType = type.startsWith('text') ? dialect.text : dialect.integer;
    table = table.addColumn(column, sqlType, (builder) =>
      type.endsWith('?') ? builder : builder.notNull(),
    );
  }
  table = table.addPrimaryKeyConstraint(`${name}_key`, [...definition.primaryKey]);
  if (definition.rowsInKey === true) table = table.modifyEnd(dialect.rowsInKey);
  await table.execute();
}
