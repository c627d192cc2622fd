import type { Breathe } from '../database/breathe.ts';
import type { Finding, Lookup, Lookups } from './lookups.ts';
import {
  deletion,
  insertion,
  rowsWith,
  type Deletion,
  type Insertion,
  type Session,
} from '../database/session.ts';
import type { TableName, Tables } from '../tables/index.ts';

/** How the rows of a table are told apart, written and deleted. */
export interface HeldTable<Row> {
  readonly keyOf: (row: Row) => string;
  /** What tells apart the rows under one key. */
  readonly idOf: (row: Row) => string | number;
  readonly insert: Insertion<Row>;
  readonly remove: Deletion<Row>;
}

export function heldTable<Name extends TableName, More>(
  table: Name,
  identity: Pick<HeldTable<Tables[Name]>, 'keyOf' | 'idOf'> & More,
) {
  return { ...identity, insert: insertion(table, 'replace'), remove: deletion(table) };
}

type TableOfOrders = {
  readonly [Name in TableName]: Tables[Name] extends { order_id: string } ? Name : never;
}[TableName];

/** A table whose rows are found by their order; `idOf` tells apart those of one order, where it has several. */
export function tableOfOrders<Name extends TableOfOrders>(
  table: Name,
  idOf: (row: Tables[Name]) => string = () => '',
): FoundTable<Tables[Name]> {
  const read = rowsWith(table, 'order_id');
  return heldTable(table, { keyOf: (row: Tables[Name]) => row.order_id, idOf, read });
}

/** What a batch changes in one table, held until it is written at once: of the changes to one row only the last. */
export class HeldChanges<Row> {
  readonly #table: HeldTable<Row>;
  readonly #changes = new Map<string, Map<string | number, RowChange<Row>>>();

  constructor(table: HeldTable<Row>) {
    this.#table = table;
  }

  put(row: Row): void {
    this.#change({ row, isThere: true });
  }

  drop(row: Row): void {
    this.#change({ row, isThere: false });
  }

  #change(change: RowChange<Row>): void {
    const key = this.#table.keyOf(change.row);
    const id = this.#table.idOf(change.row);
    const changes = this.#changes.get(key);
    if (changes === undefined) this.#changes.set(key, new Map([[id, change]]));
    else changes.set(id, change);
  }

  /** What isn't written yet of the rows under a key. */
  of(key: string): Iterable<RowChange<Row>> {
    return this.#changes.get(key)?.values() ?? [];
  }

  async write(session: Session, breathe: Breathe): Promise<void> {
    const rows: Row[] = [];
    for (const changes of this.#changes.values()) {
      for (const { row, isThere } of changes.values()) {
        if (isThere) rows.push(row);
        else await this.#table.remove(session, row);
      }
    }
    this.#changes.clear();
    await this.#table.insert(session, rows, breathe);
  }
}

export interface RowChange<Row> {
  readonly row: Row;
  /** False: it is to be deleted. */
  readonly isThere: boolean;
}

/** A table whose rows are also looked up. */
export type FoundTable<Row> = HeldTable<Row> & Finding<Row>;

/** The rows of one table that a batch looks up and changes. A row that stays as it was isn't written. */
export class HeldRows<Row extends object> {
  readonly #known: Lookup<Row>;
  readonly #changes: HeldChanges<Row>;

  constructor(table: FoundTable<Row>, lookups: Lookups) {
    this.#known = lookups.of(table);
    this.#changes = new HeldChanges(table);
  }

  of(key: string): Iterable<Row> {
    return this.#known.of(key);
  }

  oneOf(key: string): Row | undefined {
    return this.#known.oneOf(key);
  }

  put(row: Row): void {
    const before = this.#known.knownAs(row);
    if (before !== undefined && isSame(before, row)) return;
    this.#known.put(row);
    this.#changes.put(row);
  }

  drop(row: Row): void {
    this.#known.drop(row);
    this.#changes.drop(row);
  }

  write(session: Session, breathe: Breathe): Promise<void> {
    return this.#changes.write(session, breathe);
  }
}

function isSame<Row extends object>(a: Row, b: Row): boolean {
  for (const column in a) if (a[column] !== b[column]) return false;
  return true;
}

/** Rows that a batch only adds, held until all are written at once. */
export class AddedRows<Row> {
  readonly #insert: Insertion<Row>;
  #rows: Row[] = [];

  constructor(insert: Insertion<Row>) {
    this.#insert = insert;
  }

  add(row: Row): void {
    this.#rows.push(row);
  }

  async write(session: Session, breathe: Breathe): Promise<void> {
    const rows = this.#rows;
    this.#rows = [];
    await this.#insert(session, rows, breathe);
  }
}
