import { createHash, type Hash } from 'node:crypto';
import { sql } from 'kysely';
import type { Session } from '../database/session.ts';
import { TABLES, type TableName } from '../tables/index.ts';

type Row = Readonly<Record<string, unknown>>;

export interface TableComparison {
  readonly table: TableName;
  readonly equal: boolean;
  readonly liveRows: number;
  readonly rebuiltRows: number;
  /** SHA-256 over the rows in the order of their key. */
  readonly liveHash: string;
  readonly rebuiltHash: string;
  /** The first place, in the order of the key, at which they differ; null stands for a row that is missing. */
  readonly firstDifference: { readonly live: Row | null; readonly rebuilt: Row | null } | null;
}

/** Says when a batch was handled, not what came of it; or why an event was set aside, in the words of one database. */
const NOT_COMPARED: ReadonlySet<string> = new Set(['checkpoint.handled_at', 'quarantine.error']);
const CHUNK = 1000;

/** Compares a table of two databases row by row, each side hashed in the order of the table's key. */
export async function compareTable(
  live: Session,
  rebuilt: Session,
  table: TableName,
): Promise<TableComparison> {
  const [liveSide, rebuiltSide] = [new Side(live, table), new Side(rebuilt, table)];
  let firstDifference: TableComparison['firstDifference'] = null;
  for (;;) {
    const [liveRow, rebuiltRow] = [await liveSide.next(), await rebuiltSide.next()];
    if (liveRow === null && rebuiltRow === null) break;
    if (firstDifference !== null || textOf(liveRow) === textOf(rebuiltRow)) continue;
    firstDifference = { live: liveRow, rebuilt: rebuiltRow };
  }
  return {
    table,
    equal: firstDifference === null,
    liveRows: liveSide.rows,
    rebuiltRows: rebuiltSide.rows,
    liveHash: liveSide.hash(),
    rebuiltHash: rebuiltSide.hash(),
    firstDifference,
  };
}

/** One table's rows in the order of its key, read chunk by chunk. */
class Side {
  rows = 0;
  readonly #session: Session;
  readonly #table: TableName;
  readonly #hash: Hash = createHash('sha256');
  #chunk: readonly Row[] = [];
  #index = 0;
  #ended = false;

  constructor(session: Session, table: TableName) {
    this.#session = session;
    this.#table = table;
  }

  async next(): Promise<Row | null> {
    if (this.#index === this.#chunk.length) await this.#load();
    const row = this.#chunk[this.#index];
    if (row === undefined) return null;
    this.#index += 1;
    this.rows += 1;
    this.#hash.update(textOf(row));
    return row;
  }

  hash(): string {
    return this.#hash.digest('hex');
  }

  async #load(): Promise<void> {
    if (this.#ended) return;
    const last = this.#chunk.at(-1);
    this.#chunk = await rowsAfter(this.#session, this.#table, last ?? null);
    this.#index = 0;
    this.#ended = this.#chunk.length < CHUNK;
  }
}

async function rowsAfter(session: Session, table: TableName, last: Row | null) {
  const { columns, primaryKey } = TABLES[table];
  const compared = Object.keys(columns).filter((column) => !NOT_COMPARED.has(`${table}.${column}`));
  const key = sql.join(primaryKey.map((column) => sql.ref(column)));
  const place = sql.join(primaryKey.map((column) => sql`${last?.[column]}`));
  const after = last === null ? sql`` : sql`where (${key}) > (${place})`;
  const { rows } = await sql<Row>`
    select ${sql.join(compared.map((column) => sql.ref(column)))} from ${sql.table(table)}
    ${after} order by ${key} limit ${CHUNK}`.execute(session.db);
  return rows;
}

function textOf(row: Row | null): string {
  return row === null ? '' : JSON.stringify(Object.values(row));
}
