import type { Breathe } from './breathe.ts';
import type { Finding, Lookup, Lookups } from './lookups.ts';
import {
  deletion,
  insertion,
  rowsWith,
  type Deletion,
  type Insertion,
  type Session,
} from './session.ts';
import type { TableName, Tables } from './tables.ts';

/** How the rows of a table are found, written and deleted. */
export interface HeldTable<Row> {
  readonly finding: Finding<Row>;
  readonly write: Insertion<Row>;
  readonly remove: Deletion<Row>;
}

export function heldTable<Name extends TableName>(
  table: Name,
  finding: Finding<Tables[Name]>,
): HeldTable<Tables[Name]> {
  return { finding, write: insertion(table, 'replace'), remove: deletion(table) };
}

type TableOfOrders = {
  readonly [Name in TableName]: Tables[Name] extends { order_id: string } ? Name : never;
}[TableName];

/** A table whose rows are found by their order; `idOf` tells apart those of one order, where it has several. */
export function tableOfOrders<Name extends TableOfOrders>(
  table: Name,
  idOf: (row: Tables[Name]) => string = () => '',
): HeldTable<Tables[Name]> {
  const read = rowsWith(table, 'order_id');
  return heldTable(table, { keyOf: (row) => row.order_id, idOf, read });
}

/**
 * The rows of one table that a batch reads and changes. Changes are held until all are written at once, and of those to
 * one row only the last; a row that stays as it was isn't written.
 */
export class HeldRows<Row extends object> {
  readonly #table: HeldTable<Row>;
  readonly #known: Lookup<Row>;
  readonly #changes = new Map<string, Map<string | number, RowChange<Row>>>();

  constructor(table: HeldTable<Row>, lookups: Lookups) {
    this.#table = table;
    this.#known = lookups.of(table.finding);
  }

  of(key: string): Iterable<Row> {
    return this.#known.of(key);
  }

  oneOf(key: string): Row | undefined {
    return this.#known.oneOf(key);
  }

  put(row: Row): void {
    const { keyOf, idOf } = this.#table.finding;
    const key = keyOf(row);
    const id = idOf(row);
    const before = this.#known.known(key, id);
    if (before !== undefined && isSame(before, row)) return;
    this.#known.putAs(key, id, row);
    this.#change(key, id, { row, isThere: true });
  }

  drop(row: Row): void {
    const { keyOf, idOf } = this.#table.finding;
    this.#known.drop(row);
    this.#change(keyOf(row), idOf(row), { row, isThere: false });
  }

  #change(key: string, id: string | number, change: RowChange<Row>): void {
    const changes = this.#changes.get(key);
    if (changes === undefined) this.#changes.set(key, new Map([[id, change]]));
    else changes.set(id, change);
  }

  /** What isn't written yet of the rows under a key. */
  changesOf(key: string): Iterable<RowChange<Row>> {
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
    await this.#table.write(session, rows, breathe);
  }
}

export interface RowChange<Row> {
  readonly row: Row;
  /** False: it is to be deleted. */
  readonly isThere: boolean;
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
