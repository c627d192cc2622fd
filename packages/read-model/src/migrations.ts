import { Migrator, type Migration } from 'kysely/migration';
import { sql, type CompiledQuery, type CreateTableBuilder, type Kysely } from 'kysely';
import type { SqlDialect } from './dialect.ts';
import { TABLE_NAMES, TABLES, type TableName, type Tables } from './tables.ts';
import type { TableDefinition } from './tables/table-definition.ts';
import { IS_SETTLED } from './open-item-rows.ts';
import { UTM_INDEXED } from './touch-rows.ts';

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

export interface Index {
  readonly name: string;
  readonly isUnique: boolean;
  readonly creation: CompiledQuery;
}

/** The indexes of a table beside that of its key. */
export function indexesOf(db: Kysely<Tables>, table: TableName): Index[] {
  const { indexes = {}, uniqueIndexes = {} } = TABLES[table];
  const on = (name: string) => db.schema.createIndex(name).ifNotExists().on(table);
  const plain = Object.entries(indexes).map(([name, columns]) => ({
    name,
    isUnique: false,
    creation: on(name)
      .columns([...columns])
      .compile(),
  }));
  const unique = Object.entries(uniqueIndexes).map(([name, columns]) => ({
    name,
    isUnique: true,
    creation: on(name)
      .unique()
      .columns([...columns])
      .compile(),
  }));
  return [...plain, ...partialIndexes(db, table), ...unique];
}

/** Of some rows of the table only. */
function partialIndexes(db: Kysely<Tables>, table: TableName): Index[] {
  if (table === 'touches') return visitIndexes(db);
  return table === 'open_items' ? [settledItems(db)] : [];
}

function settledItems(db: Kysely<Tables>): Index {
  const name = 'settled_items';
  const columns = ['partner_id', 'currency', 'order_id'];
  const index = db.schema.createIndex(name).ifNotExists().on('open_items').columns(columns);
  return { name, isUnique: false, creation: index.where(IS_SETTLED).compile() };
}

function visitIndexes(db: Kysely<Tables>): Index[] {
  const on = (name: string) =>
    db.schema
      .createIndex(name)
      .ifNotExists()
      .on('touches')
      .where(sql.ref('kind'), '=', sql.lit('visit'));
  const byUtm = on('visits_by_utm').expression(UTM_INDEXED).where(sql.ref('utm'), 'is not', null);
  const byRef = on('visits_by_ref').column('link_code').where(sql.ref('link_code'), 'is not', null);
  return [
    { name: 'visits_by_utm', isUnique: false, creation: byUtm.compile() },
    { name: 'visits_by_ref', isUnique: false, creation: byRef.compile() },
  ];
}
