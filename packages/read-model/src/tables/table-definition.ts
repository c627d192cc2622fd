type ColumnType = 'text' | 'text?' | 'integer' | 'integer?';

export interface TableDefinition {
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly primaryKey: readonly string[];
  /** The first column of the key names the index. */
  readonly indexes?: Readonly<Record<string, readonly string[]>>;
  /** Another key: no two rows have the same. */
  readonly uniqueIndexes?: Readonly<Record<string, readonly string[]>>;
  /** Keeps the rows in the index of the key, where there is a choice: for rows that are little more than it. */
  readonly rowsInKey?: true;
}

/** One for each table, whose columns are those of its rows. */
export type DefinitionsOf<Tables> = {
  readonly [Name in keyof Tables]: TableDefinition & {
    readonly columns: Readonly<Record<keyof Tables[Name] & string, ColumnType>>;
  };
};
