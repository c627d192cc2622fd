import { sql, type ColumnDataType, type Expression, type RawBuilder } from 'kysely';

/** All that differs between the databases the read model runs on. */
export interface SqlDialect {
  readonly name: 'sqlite' | 'postgresql';
  /** Compares by code point, as UTF-8 does byte by byte. */
  readonly text: ColumnDataType | Expression<unknown>;
  /** Holds every safe integer. */
  readonly integer: ColumnDataType;
  /** Ends the definition of a table whose rows stand in the index of its key. */
  readonly rowsInKey: RawBuilder<unknown>;
  /** Between a column and `anyOf`: what the column holds is one of the texts. */
  readonly is: 'in' | '=';
  /** Any of these texts: one statement for every number of them. */
  anyOf(texts: readonly string[]): RawBuilder<string>;
  /** These texts as rows to select from, each the `value` of one. */
  each(texts: readonly string[], name: string): RawBuilder<unknown>;
  /** The texts as a parameter of a statement that `anyOf` or `each` is in. */
  list(texts: readonly string[]): unknown;
}

const jsonList = (texts: readonly string[]) =>
  JSON.stringify(texts.map((text) => text.toWellFormed()));

export const SQLITE: SqlDialect = {
  name: 'sqlite',
  text: 'text',
  integer: 'integer',
  rowsInKey: sql`without rowid`,
  is: 'in',
  anyOf: (texts) => sql<string>`(select value from json_each(${jsonList(texts)}))`,
  each: (texts, name) => sql`json_each(${jsonList(texts)}) as ${sql.ref(name)}`,
  list: jsonList,
};

export const POSTGRESQL: SqlDialect = {
  name: 'postgresql',
  text: sql`text collate "C"`,
  integer: 'bigint',
  rowsInKey: sql``,
  is: '=',
  anyOf: (texts) => sql<string>`any(${texts}::text[])`,
  each: (texts, name) => sql`unnest(${texts}::text[]) as ${sql.ref(name)} (value)`,
  list: (texts) => texts,
};
