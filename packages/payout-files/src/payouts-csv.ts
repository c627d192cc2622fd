import type { Cents, Instant } from '@provisie/domain';
import { csvText } from './csv.ts';
import type { CsvColumn, CsvOptions } from './csv.ts';

/** A payout as finance sees it. */
export interface PayoutCsvRow {
  readonly payoutId: string;
  readonly runId: string;
  readonly partnerId: string;
  readonly status: string;
  readonly currency: string;
  readonly netCents: Cents;
  readonly vatCents: Cents;
  readonly totalCents: Cents;
  /** How many orders it settles. */
  readonly lines: number;
  /** Null, as IBAN and BIC: erased, or not for the reader's eyes. */
  readonly accountHolder: string | null;
  readonly iban: string | null;
  readonly bic: string | null;
  readonly documentNumbers: readonly string[];
  readonly scheduledAt: Instant;
  readonly exportedAt: Instant | null;
  readonly paidAt: Instant | null;
  readonly failureReason: string | null;
}

const columns: readonly CsvColumn<PayoutCsvRow>[] = [
  { name: 'payout_id', cell: (row) => row.payoutId },
  { name: 'run_id', cell: (row) => row.runId },
  { name: 'partner_id', cell: (row) => row.partnerId },
  { name: 'status', cell: (row) => row.status },
  { name: 'currency', cell: (row) => row.currency },
  { name: 'net', cell: (row) => row.netCents },
  { name: 'vat', cell: (row) => row.vatCents },
  { name: 'total', cell: (row) => row.totalCents },
  { name: 'lines', cell: (row) => String(row.lines) },
  { name: 'account_holder', cell: (row) => row.accountHolder },
  { name: 'iban', cell: (row) => row.iban },
  { name: 'bic', cell: (row) => row.bic },
  { name: 'document_numbers', cell: (row) => row.documentNumbers.join(' ') },
  { name: 'scheduled_at', cell: (row) => instantText(row.scheduledAt) },
  { name: 'exported_at', cell: (row) => instantText(row.exportedAt) },
  { name: 'paid_at', cell: (row) => instantText(row.paidAt) },
  { name: 'failure_reason', cell: (row) => row.failureReason },
];

/**
 * Payouts as CSV (see `csvText` for its rules), a row each: `payout_id, run_id, partner_id, status,
 * currency, net, vat, total, lines, account_holder, iban, bic, document_numbers, scheduled_at, exported_at,
 * paid_at, failure_reason`. Amounts are like `123.45`, `lines` a count, document numbers parted by spaces,
 * times ISO 8601 in UTC; what isn't known is empty.
 */
export function payoutsCsv(
  rows: AsyncIterable<PayoutCsvRow>,
  options: CsvOptions = {},
): AsyncIterable<string> {
  return csvText(columns, rows, options);
}

function instantText(instant: Instant | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
