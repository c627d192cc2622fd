import { sql, type ColumnDataType, type Expression, type RawBuilder } from 'kysely';

/** All that differs between the databases the read model runs on. */
export interface SqlDialect {
  readonly name: 'sqlite' | 'postgresql';
  /** Compares by code unit, as ids do. */
  readonly text: ColumnDataType | Expression<unknown>;
  /** Holds every safe integer. */
  readonly integer: ColumnDataType;
  /** Ends the definition of a table whose rows stand in the index of its key. */
  readonly rowsInKey: RawBuilder<unknown>;
  /** The members of a JSON array of strings, as the right side of `in`: one statement for every length. */
  list(json: string): RawBuilder<string>;
}

export const SQLITE: SqlDialect = {
  name: 'sqlite',
  text: 'text',
  integer: 'integer',
  rowsInKey: sql`without rowid`,
  list: (json) => sql<string>`(select value from json_each(${json}))`,
};
