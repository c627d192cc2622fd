import { currencySchema, payoutIdSchema } from '@provisie/domain';
import { CsvError, parse } from 'csv-parse/sync';
import type { BankFileReading, BankTime } from './bank-report.ts';
import { bankTimeIn, centsIn } from './bank-values.ts';
import { Findings } from './findings.ts';

const columnNames = ['payout_id', 'status', 'amount', 'currency', 'date', 'reason'] as const;
type ColumnName = (typeof columnNames)[number];

interface Line {
  readonly where: string;
  readonly cells: readonly string[];
}

type Cells = Readonly<Record<ColumnName, string>>;

const MAX_RECORD_LENGTH = 10_000;

/**
 * `payout_id,status,amount,currency,date,reason` in any order, a line for each payout. A file of a spreadsheet that
 * writes amounts with a comma has semicolons between its values, and days the other way round.
 */
export function readCsv(text: string): BankFileReading {
  const findings = new Findings();
  const delimiter = /^[^\n,]*;/.test(text) ? ';' : ',';
  const lines = linesOf(text, delimiter, findings);
  const [header, ...rows] = lines;
  if (header === undefined) {
    findings.mistake('line 1', 'The file has no lines.', columnNames.join(','));
  } else if (checkHeader(header, findings)) {
    const write = delimiter === ';' ? asWeWriteIt : (cells: Cells) => cells;
    for (const row of rows) readRow(row, header, write, findings);
  }
  return findings.reading('csv');
}

function linesOf(text: string, delimiter: string, findings: Findings): readonly Line[] {
  const lines: Line[] = [];
  try {
    parse(text, {
      bom: true,
      delimiter,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: MAX_RECORD_LENGTH,
      on_record: (cells: string[], { lines: line }) => {
        lines.push({ where: `line ${line}`, cells });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    findings.mistake(
      `line ${lineOf(error)}`,
      `Not CSV: ${error.message}`,
      'lines of comma-separated values; a value with a quote in it between quotes, the quote doubled',
    );
  }
  return lines;
}

function lineOf(error: CsvError): string {
  return typeof error['lines'] === 'number' ? String(error['lines']) : '?';
}

function checkHeader({ where, cells }: Line, findings: Findings): boolean {
  const wrong = columnNames.filter((name) => cells.filter((cell) => cell === name).length !== 1);
  if (wrong.length > 0) {
    findings.mistake(
      where,
      `The header needs ${wrong.join(', ')} exactly once; it is ${JSON.stringify(cells.join(',').slice(0, 200))}.`,
      columnNames.join(','),
    );
  }
  const known: ReadonlySet<string> = new Set(columnNames);
  for (const cell of cells) {
    if (!known.has(cell)) findings.ignore(where, `Column ${JSON.stringify(cell)} isn't read.`);
  }
  return wrong.length === 0;
}

function readRow(
  row: Line,
  header: Line,
  write: (cells: Cells) => Cells,
  findings: Findings,
): void {
  if (row.cells.length !== header.cells.length) {
    findings.mistake(
      row.where,
      `It has ${row.cells.length} values, the header ${header.cells.length}; is there a comma in an amount or a reason?`,
      'a value for each column; values with a comma between quotes',
    );
    return;
  }
  const cells = write(cellsOf(row, header));
  const status = statusOf(cells.status, row.where, findings);
  const amountCents = amountOf(cells, row.where, findings);
  const at = timeOf(cells.date, row.where, findings);
  if (!checkIds(cells, row.where, findings) || status === null) return;
  findings.payment({
    endToEndId: cells.payout_id,
    messageId: null,
    outcome: status,
    amountCents,
    currency: cells.currency === '' ? null : cells.currency,
    at,
    reason: cells.reason === '' ? null : cells.reason,
    where: row.where,
  });
}

function cellsOf(row: Line, header: Line): Cells {
  const cell = (name: ColumnName) => row.cells[header.cells.indexOf(name)] ?? '';
  return {
    payout_id: cell('payout_id'),
    status: cell('status'),
    amount: cell('amount'),
    currency: cell('currency'),
    date: cell('date'),
    reason: cell('reason'),
  };
}

/** `242,00` and `2-3-2026`, which is a day in March wherever amounts have a comma. */
function asWeWriteIt(cells: Cells): Cells {
  const amount = cells.amount.replace(/^(\d+),(\d{1,2})$/, '$1.$2');
  const [, day = '', month = '', year] =
    /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$/.exec(cells.date) ?? [];
  const date =
    year === undefined ? cells.date : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return { ...cells, amount, date };
}

const statuses = ['paid', 'failed', 'returned'] as const;

function statusOf(status: string, where: string, findings: Findings) {
  const known = statuses.find((one) => one === status);
  if (known !== undefined) return known;
  findings.mistake(where, `Status ${JSON.stringify(status)} isn't known.`, statuses.join(', '));
  return null;
}

/** A failed payment may go without amount: nothing moved. */
function amountOf({ amount, status }: Cells, where: string, findings: Findings): number | null {
  if (amount === '' && status === 'failed') return null;
  const cents = centsIn(amount);
  if (cents === null) {
    findings.mistake(
      where,
      `Amount ${JSON.stringify(amount)} can't be read.`,
      'an amount above zero with a dot and no grouping, such as 1234.50',
    );
  }
  return cents;
}

function timeOf(date: string, where: string, findings: Findings): BankTime | null {
  if (date === '') return null;
  const time = bankTimeIn(date);
  if (time === null) {
    findings.mistake(where, `Date ${JSON.stringify(date)} can't be read.`, 'such as 2026-12-01');
  }
  return time;
}

function checkIds({ payout_id, currency, amount }: Cells, where: string, findings: Findings) {
  const idFits = payoutIdSchema.safeParse(payout_id).success;
  if (!idFits) {
    findings.mistake(
      where,
      `${JSON.stringify(payout_id)} is no payout id.`,
      'as in the payouts CSV',
    );
  }
  const currencyFits =
    currencySchema.safeParse(currency).success || (currency === '' && amount === '');
  if (!currencyFits) {
    findings.mistake(where, `${JSON.stringify(currency)} is no currency.`, 'such as EUR');
  }
  return idFits && currencyFits;
}
