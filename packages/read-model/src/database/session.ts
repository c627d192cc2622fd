import { sql, type CompiledQuery, type Kysely, type RawBuilder } from 'kysely';
import type { Breathe } from './breathe.ts';
import type { SqlDialect } from './dialect.ts';
import { TABLES, type TableName, type Tables } from '../tables/index.ts';

/** Where statements run: a transaction of the projector, or a connection for queries. */
export interface Session {
  readonly db: Kysely<Tables>;
  readonly dialect: SqlDialect;
  /** Makes a query ready to be run again and again, with as little as possible around it. */
  readonly prepare: Prepare;
  /** Sends a write. Resolves when more can be sent; a failure may show no sooner than the transaction ends. */
  readonly send: Send;
}

export type Send = (write: Promise<unknown>) => Promise<void>;

/** Waits for each write. */
export const waitForIt: Send = async (write) => {
  await write;
};

export type Prepare = <Row>(query: CompiledQuery<Row>) => Prepared<Row>;

export type Prepared<Row> = (parameters: readonly unknown[]) => Promise<Outcome<Row>>;

export interface Outcome<Row> {
  readonly rows: readonly Row[];
  /** How many rows it inserted, updated or deleted. */
  readonly changed: number;
}

/** Has queries run as Kysely runs them. */
export function prepareThrough(db: Kysely<Tables>): Prepare {
  return <Row>(query: CompiledQuery<Row>): Prepared<Row> =>
    async (parameters) => {
      const { rows, numAffectedRows } = await db.executeQuery<Row>({ ...query, parameters });
      return { rows, changed: Number(numAffectedRows ?? 0) };
    };
}

type Parameter = string | number | null | readonly string[];

type Build<Row> = (db: Kysely<Tables>, dialect: SqlDialect) => CompiledQuery<Row>;

/**
 * A query that is compiled and prepared once per connection. `build` puts any values where parameters belong; each run
 * gives the parameters anew, in the order in which they appear in the text.
 */
export function statement<Row>(
  build: Build<Row>,
): (session: Session, ...parameters: Parameter[]) => Promise<readonly Row[]> {
  const run = running(build);
  return async (session, ...parameters) => (await run(session, parameters)).rows;
}

/** A statement that gives nothing back: it is sent, see `Session.send`. */
export function command(
  build: Build<unknown>,
): (session: Session, ...parameters: Parameter[]) => Promise<void> {
  const run = running(build);
  return (session, ...parameters) => session.send(run(session, parameters));
}

function running<Row>(
  build: Build<Row>,
): (session: Session, parameters: readonly Parameter[]) => Promise<Outcome<Row>> {
  const preparedIn = preparing(build);
  return (session, parameters) => {
    const { dialect } = session;
    const run = preparedIn(session);
    return run(parameters.map((value) => (isList(value) ? dialect.list(value) : value)));
  };
}

function preparing<Row>(build: Build<Row>): (session: Session) => Prepared<Row> {
  const prepared = new WeakMap<Prepare, Prepared<Row>>();
  return (session) => {
    let run = prepared.get(session.prepare);
    if (run === undefined) {
      run = session.prepare(build(session.db, session.dialect));
      prepared.set(session.prepare, run);
    }
    return run;
  };
}

function isList(value: Parameter): value is readonly string[] {
  return Array.isArray(value);
}

/** Few sizes, so that few statements are prepared. */
const CHUNKS = [256, 64, 16, 4, 1] as const;

/** `breathe` is called after each statement. */
export type Insertion<Row> = (
  session: Session,
  rows: readonly Row[],
  breathe?: Breathe,
) => Promise<void>;

export type Deletion<Row> = (session: Session, row: Row) => Promise<void>;

type OnConflict = 'fail' | 'keep' | 'replace' | 'add';

/**
 * Inserts rows many at a time; they are sent, see `Session.send`. On a key that is there already: an error, the old row,
 * the new row, or the sum of both in every column outside the key.
 */
export function insertion<Name extends TableName>(
  table: Name,
  onConflict: OnConflict,
): Insertion<Tables[Name]> {
  const insert = inserting(table, onConflict);
  return async (session, rows, breathe) => {
    for (const chunk of insert(session, rows)) {
      await session.send(chunk);
      await breathe?.();
    }
  };
}

/** Deletes the row with the key of the one given, if that is so; it is sent, see `Session.send`. */
export function deletion<Name extends TableName>(
  table: Name,
  provided = sql<boolean>`1 = 1`,
): Deletion<Tables[Name]> {
  const key = columnsOf(table).filter((column) => TABLES[table].primaryKey.includes(column));
  const isIt = sql.join(
    key.map((column) => sql`${sql.ref(column)} = ${''}`),
    sql` and `,
  );
  const preparedIn = preparing((db) =>
    sql`delete from ${sql.table(table)} where ${isIt} and ${provided}`.compile(db),
  );
  return (session, row) => session.send(preparedIn(session)(key.map((column) => row[column])));
}

/** The rows of a table with any of these texts in a column. */
export function rowsWith<Name extends TableName>(
  table: Name,
  column: keyof Tables[Name] & string,
): (session: Session, texts: readonly string[]) => Promise<readonly Tables[Name][]> {
  const rows = statement((db, dialect) =>
    sql<Tables[Name]>`select * from ${sql.table(table)}
      where ${sql.ref(column)} ${sql.raw(dialect.is)} ${dialect.anyOf([])}`.compile(db),
  );
  // Whatever else a lookup says, such as up to when, isn't bound.
  return (session, texts) => rows(session, texts);
}

/** As `insertion`; waits for it, and resolves to how many rows changed. */
export function countedInsertion<Name extends TableName>(
  table: Name,
  onConflict: OnConflict,
): (session: Session, rows: readonly Tables[Name][]) => Promise<number> {
  const insert = inserting(table, onConflict);
  return async (session, rows) => {
    let changed = 0;
    for (const chunk of insert(session, rows)) changed += (await chunk).changed;
    return changed;
  };
}

/** The values of rows, row after row, each in the order of the table's columns: cheap to hand to another thread. */
export type FlatValues = (string | number | null)[];
export type FlatRows = Readonly<FlatValues>;

/** Puts a row of the table at the end of others. */
export function flattening<Name extends TableName>(
  table: Name,
): (values: FlatValues, row: Tables[Name]) => void {
  const columns = columnsOf(table);
  return (values, row) => {
    for (const column of columns) {
      const value: unknown = row[column];
      values.push(typeof value === 'string' || typeof value === 'number' ? value : null);
    }
  };
}

/** How many values a row of the table takes among flat ones. */
export function widthOf(table: TableName): number {
  return columnsOf(table).length;
}

/** Where a column stands among the values of a row. */
export function placeIn<Name extends TableName>(
  table: Name,
  column: keyof Tables[Name] & string,
): number {
  return columnsOf(table).indexOf(column);
}

/** As `insertion`, of flat rows; breathes between the statements that they take. */
export function flatInsertion(
  table: TableName,
  onConflict: OnConflict,
): (session: Session, rows: FlatRows, breathe: Breathe) => Promise<void> {
  const insert = insertingFlat(table, onConflict);
  return async (session, rows, breathe) => {
    for (const chunk of insert(session, rows)) {
      await session.send(chunk);
      await breathe();
    }
  };
}

function inserting<Name extends TableName>(table: Name, onConflict: OnConflict) {
  const insert = insertingFlat(table, onConflict);
  const push = flattening(table);
  return (session: Session, rows: readonly Tables[Name][]) => {
    const values: FlatValues = [];
    for (const row of rows) push(values, row);
    return insert(session, values);
  };
}

function insertingFlat(table: TableName, onConflict: OnConflict) {
  const width = widthOf(table);
  const prepared = new WeakMap<Prepare, Map<number, Prepared<unknown>>>();
  return function* (session: Session, values: FlatRows) {
    let from = 0;
    for (const size of CHUNKS) {
      const step = size * width;
      for (; values.length - from >= step; from += step) {
        const insert = preparedInsertion(session, table, onConflict, size, prepared);
        yield insert(values.slice(from, from + step));
      }
    }
  };
}

function columnsOf<Name extends TableName>(table: Name): (keyof Tables[Name] & string)[] {
  const isColumn = (column: string): column is keyof Tables[Name] & string =>
    Object.hasOwn(TABLES[table].columns, column);
  return Object.keys(TABLES[table].columns).filter(isColumn);
}

function preparedInsertion(
  session: Session,
  table: TableName,
  onConflict: OnConflict,
  size: number,
  prepared: WeakMap<Prepare, Map<number, Prepared<unknown>>>,
): Prepared<unknown> {
  const bySize = prepared.get(session.prepare) ?? new Map<number, Prepared<unknown>>();
  prepared.set(session.prepare, bySize);
  let insert = bySize.get(size);
  if (insert === undefined) {
    insert = session.prepare(insertionText(table, onConflict, size).compile(session.db));
    bySize.set(size, insert);
  }
  return insert;
}

function insertionText(table: TableName, onConflict: OnConflict, size: number) {
  const columns = Object.keys(TABLES[table].columns);
  const row = sql`(${sql.join(columns.map(() => sql`${''}`))})`;
  const rows = sql.join(Array.from({ length: size }, () => row));
  const names = sql.join(columns.map((column) => sql.ref(column)));
  return sql`insert into ${sql.table(table)} (${names}) values ${rows} ${conflictText(table, onConflict)}`;
}

function conflictText(table: TableName, onConflict: OnConflict) {
  switch (onConflict) {
    case 'fail':
      return sql``;
    case 'keep':
      return sql`on conflict do nothing`;
    case 'replace':
      return updateText(table, (column) => sql.ref(`excluded.${column}`));
    case 'add':
      return updateText(
        table,
        (column) => sql`${sql.ref(`${table}.${column}`)} + ${sql.ref(`excluded.${column}`)}`,
      );
  }
}

function updateText(table: TableName, valueOf: (column: string) => RawBuilder<unknown>) {
  const { columns, primaryKey } = TABLES[table];
  const key = sql.join(primaryKey.map((column) => sql.ref(column)));
  const others = Object.keys(columns).filter((column) => !primaryKey.includes(column));
  const changes = others.map((column) => sql`${sql.ref(column)} = ${valueOf(column)}`);
  return sql`on conflict (${key}) do update set ${sql.join(changes)}`;
}
