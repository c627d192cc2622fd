import Database from 'better-sqlite3';

export type Value = string | number | null;

/** A table of a read model, with all its rows. */
export interface TableRows {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

export interface ReadModelRows {
  /** What makes the tables and their indexes. */
  readonly definitions: readonly string[];
  readonly tables: readonly TableRows[];
}

/** What makes a table or an index. */
interface Definition {
  readonly type: string;
  readonly name: string;
  readonly sql: string;
}

/** What makes the tables of a read model on SQLite, and then their indexes. */
export function definitionsOfReadModel(file: string): readonly Definition[] {
  const database = new Database(file, { readonly: true });
  const definitions = definitionsIn(database);
  database.close();
  return definitions.toSorted((a, b) => Number(a.type === 'index') - Number(b.type === 'index'));
}

function definitionsIn(database: Database.Database): readonly Definition[] {
  return database
    .prepare<[], Definition>(
      `select type, name, sql from sqlite_master where sql is not null
        and tbl_name not like 'kysely%' and tbl_name not like 'sqlite%' order by rowid`,
    )
    .all();
}

/** Everything that the projector wrote into a read model on SQLite. */
export function rowsOfReadModel(file: string): ReadModelRows {
  const database = new Database(file, { readonly: true });
  const made = definitionsIn(database);
  const tables = made.filter(({ type }) => type === 'table').map(({ name }) => name);
  const rows = {
    definitions: made.map(({ sql }) => sql),
    tables: tables.map((name) => tableRows(database, name)),
  };
  database.close();
  return rows;
}

function tableRows(database: Database.Database, name: string): TableRows {
  const all = database.prepare<[], Value[]>(`select * from ${name}`);
  const columns = all.columns().map((column) => column.name);
  return { name, columns, rows: all.raw().all() };
}
