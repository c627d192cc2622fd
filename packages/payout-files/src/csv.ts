import type { Cents } from '@provisie/domain';
import { stringify } from 'csv-stringify/sync';
import { amountText } from './amount-text.ts';

export interface CsvOptions {
  /** A byte order mark before the first line; false unless told. */
  readonly byteOrderMark?: boolean;
}

/** A number is an amount in cents and becomes `123.45`; null is empty. */
export type CsvCell = string | Cents | null;

export interface CsvColumn<Row> {
  readonly name: string;
  readonly cell: (row: Row) => CsvCell;
}

const ROWS_PER_CHUNK = 200;

/**
 * RFC 4180: commas, CRLF, a header line, quotes where needed. A text that a spreadsheet would take for a
 * formula gets an apostrophe in front (OWASP "CSV injection"); control characters become spaces, so that a
 * row is a line and a formula can't hide behind a tab. Amounts stay plain numbers, negative ones too.
 *
 * UTF-8 without a byte order mark: bookkeeping packages and scripts read the mark as part of the first
 * column's name. Ask for it when people open the file in Excel by a double click and names have accents.
 */
export async function* csvText<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: AsyncIterable<Row>,
  { byteOrderMark = false }: CsvOptions,
): AsyncGenerator<string, void, undefined> {
  let records: CsvCell[][] = [columns.map(({ name }) => name)];
  let mark = byteOrderMark ? '\u{FEFF}' : '';
  for await (const row of rows) {
    records.push(columns.map(({ cell }) => cellOf(cell(row))));
    if (records.length < ROWS_PER_CHUNK) continue;
    yield mark + linesOf(records);
    mark = '';
    records = [];
  }
  if (records.length > 0) yield mark + linesOf(records);
}

function linesOf(records: readonly CsvCell[][]): string {
  return stringify([...records], {
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { number: amountText },
  });
}

function cellOf(cell: CsvCell): CsvCell {
  return typeof cell === 'string' ? cell.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim() : cell;
}
