import type { Cents, Instant } from '@provisie/domain';
import { csvText } from './csv.ts';
import type { CsvColumn, CsvOptions } from './csv.ts';

/** A line of an entry of the ledger; the lines of one entry add up to zero. */
export interface JournalCsvRow {
  readonly entryId: string;
  readonly recordedAt: Instant;
  readonly effectiveAt: Instant;
  readonly account: string;
  readonly partnerId: string | null;
  readonly orderId: string | null;
  readonly payoutId: string | null;
  readonly currency: string;
  /** Debits are positive, credits negative. */
  readonly amountCents: Cents;
  readonly causeEventId: string;
  /** Where the causing event stands in the log. */
  readonly causePosition: number;
}

const columns: readonly CsvColumn<JournalCsvRow>[] = [
  { name: 'entry_id', cell: (row) => row.entryId },
  { name: 'recorded_at', cell: (row) => new Date(row.recordedAt).toISOString() },
  { name: 'effective_at', cell: (row) => new Date(row.effectiveAt).toISOString() },
  { name: 'account', cell: (row) => row.account },
  { name: 'partner_id', cell: (row) => row.partnerId },
  { name: 'order_id', cell: (row) => row.orderId },
  { name: 'payout_id', cell: (row) => row.payoutId },
  { name: 'currency', cell: (row) => row.currency },
  { name: 'debit', cell: (row) => (row.amountCents > 0 ? row.amountCents : null) },
  { name: 'credit', cell: (row) => (row.amountCents < 0 ? -row.amountCents : null) },
  { name: 'cause_event_id', cell: (row) => row.causeEventId },
  { name: 'cause_position', cell: (row) => String(row.causePosition) },
];

/**
 * The ledger's journal as CSV for bookkeeping (see `csvText` for its rules), a row for each line of an
 * entry: `entry_id, recorded_at, effective_at, account, partner_id, order_id, payout_id, currency, debit,
 * credit, cause_event_id, cause_position`. An amount is like `123.45` and stands either under debit or
 * under credit, the other is empty; times are ISO 8601 in UTC.
 */
export function journalCsv(
  rows: AsyncIterable<JournalCsvRow>,
  options: CsvOptions = {},
): AsyncIterable<string> {
  return csvText(columns, rows, options);
}
