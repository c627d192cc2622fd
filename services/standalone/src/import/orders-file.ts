import { readFile } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { UnreadableFileError } from './log-file.ts';
import {
  ORDER_COLUMNS,
  readOrderRow,
  type CellProblem,
  type Cells,
  type OrderColumn,
  type OrderRow,
} from './order-row.ts';

export interface GoodRow {
  /** In the file, the header being line 1. */
  readonly line: number;
  readonly order: OrderRow;
}

export interface BadRow {
  readonly line: number;
  readonly problems: readonly CellProblem[];
}

export interface OrdersFile {
  readonly good: readonly GoodRow[];
  readonly bad: readonly BadRow[];
}

const NEEDED: readonly OrderColumn[] = ORDER_COLUMNS.slice(0, 5);

/** Reads a whole order file and checks every row; throws `UnreadableFileError` when it isn't such a file. */
export async function readOrdersFile(file: string, now = Date.now()): Promise<OrdersFile> {
  const records = recordsOf(file, await textOf(file));
  const [header, ...rows] = records;
  if (header === undefined) {
    throw new UnreadableFileError(
      `${file} is empty. Its first line must name the columns: ${ORDER_COLUMNS.join(',')}`,
    );
  }
  const columns = columnsOf(file, header.cells);
  const good: GoodRow[] = [];
  const bad: BadRow[] = [];
  const lineOfOrder = new Map<string, number>();
  for (const { line, cells } of rows) {
    if (cells.length > header.cells.length) {
      bad.push({ line, problems: [tooManyCells(cells, header.cells.length)] });
      continue;
    }
    const read = readOrderRow(cellsOf(columns, cells), now);
    if (!('orderId' in read)) {
      bad.push({ line, problems: read });
      continue;
    }
    const first = lineOfOrder.get(read.orderId);
    if (first !== undefined) {
      const expected = `an order only once in a file; line ${String(first)} has it already`;
      bad.push({ line, problems: [{ column: 'order_id', value: read.orderId, expected }] });
      continue;
    }
    lineOfOrder.set(read.orderId, line);
    good.push({ line, order: read });
  }
  return { good, bad };
}

function tooManyCells(cells: readonly string[], expected: number): CellProblem {
  return {
    column: null,
    value: cells.join(','),
    expected: `${String(expected)} cells, as the header has; a cell that holds a comma stands in quotes`,
  };
}

interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

const parsedRecords = z.array(
  z.object({ info: z.object({ lines: z.number() }), record: z.array(z.string()) }),
);

function recordsOf(file: string, text: string): CsvRecord[] {
  try {
    const options = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true };
    const parsed = parsedRecords.parse(parse(text, { ...options, trim: true }));
    return parsed.map(({ info, record }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UnreadableFileError(`${file} is no proper CSV: ${error.message}`, { cause: error });
  }
}

/** Where each column stands. */
function columnsOf(file: string, header: readonly string[]): ReadonlyMap<OrderColumn, number> {
  const columns = new Map<OrderColumn, number>();
  header.forEach((name, index) => {
    if (isOrderColumn(name) && !columns.has(name)) columns.set(name, index);
  });
  const missing = NEEDED.filter((name) => !columns.has(name));
  const unknown = header.filter((name) => !isOrderColumn(name));
  if (missing.length === 0 && unknown.length === 0) return columns;
  const complaints = [
    ...(missing.length === 0 ? [] : [`it lacks ${missing.join(', ')}`]),
    ...(unknown.length === 0
      ? []
      : [`it has ${unknown.map((name) => JSON.stringify(name)).join(', ')}, which is no column`]),
  ];
  throw new UnreadableFileError(
    `The header of ${file} is not right: ${complaints.join('; ')}. The columns are ${ORDER_COLUMNS.join(',')}; the first five are needed.`,
  );
}

function isOrderColumn(name: string): name is OrderColumn {
  return ORDER_COLUMNS.some((column) => column === name);
}

function cellsOf(columns: ReadonlyMap<OrderColumn, number>, cells: readonly string[]): Cells {
  const cell = (column: OrderColumn) => cells[columns.get(column) ?? -1] ?? '';
  return {
    order_id: cell('order_id'),
    placed_at: cell('placed_at'),
    customer_email: cell('customer_email'),
    currency: cell('currency'),
    net_amount: cell('net_amount'),
    coupon_codes: cell('coupon_codes'),
    click_id: cell('click_id'),
    visitor_id: cell('visitor_id'),
    completed_at: cell('completed_at'),
    cancelled_at: cell('cancelled_at'),
    refunded_net_amount: cell('refunded_net_amount'),
    refunded_at: cell('refunded_at'),
  };
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT') throw new UnreadableFileError(`There is no file ${file}.`);
    if (code === 'EISDIR') throw new UnreadableFileError(`${file} is a folder, not a file.`);
    throw error;
  }
}
