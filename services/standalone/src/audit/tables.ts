import { csvText, payoutsCsv, type CsvColumn, type PayoutCsvRow } from '@provisie/payout-files';
import type {
  CommissionView,
  DocumentView,
  PayoutSummary,
  TrialBalanceRow,
} from '@provisie/read-model';

const isoOrNull = (at: number | null) => (at === null ? null : new Date(at).toISOString());

const commissionColumns: readonly CsvColumn<CommissionView>[] = [
  { name: 'order_id', cell: (row) => row.orderId },
  { name: 'partner_id', cell: (row) => row.partnerId },
  { name: 'programme_id', cell: (row) => row.programmeId },
  { name: 'terms_version', cell: (row) => String(row.termsVersion) },
  { name: 'placed_at', cell: (row) => isoOrNull(row.placedAt) },
  { name: 'kind', cell: (row) => row.kind },
  { name: 'link_code', cell: (row) => row.linkCode },
  { name: 'coupon_code', cell: (row) => row.couponCode },
  { name: 'currency', cell: (row) => row.currency },
  { name: 'base', cell: (row) => row.baseCents },
  { name: 'amount', cell: (row) => row.amountCents },
  { name: 'payable_from', cell: (row) => isoOrNull(row.payableFrom) },
  { name: 'status', cell: (row) => row.status },
  { name: 'rejection_reason', cell: (row) => row.rejectionReason },
  { name: 'written_off', cell: (row) => row.writtenOffCents },
];

const documentColumns: readonly CsvColumn<DocumentView>[] = [
  { name: 'number', cell: (row) => row.number },
  { name: 'kind', cell: (row) => row.kind },
  { name: 'partner_id', cell: (row) => row.partnerId },
  { name: 'payout_id', cell: (row) => row.payoutId },
  { name: 'issue_date', cell: (row) => row.issueDate },
  { name: 'currency', cell: (row) => row.currency },
  { name: 'net', cell: (row) => row.netCents },
  { name: 'vat', cell: (row) => row.vatCents },
  { name: 'total', cell: (row) => row.totalCents },
  { name: 'document_id', cell: (row) => row.documentId },
];

const trialBalanceColumns: readonly CsvColumn<TrialBalanceRow>[] = [
  { name: 'currency', cell: (row) => row.currency },
  { name: 'account', cell: (row) => row.account },
  { name: 'debit', cell: (row) => row.debitCents },
  { name: 'credit', cell: (row) => row.creditCents },
  { name: 'balance', cell: (row) => row.balanceCents },
];

export function commissionsTable(rows: AsyncIterable<CommissionView>): AsyncIterable<string> {
  return csvText(commissionColumns, rows, {});
}

export function documentsTable(rows: AsyncIterable<DocumentView>): AsyncIterable<string> {
  return csvText(documentColumns, rows, {});
}

export function trialBalanceTable(rows: AsyncIterable<TrialBalanceRow>): AsyncIterable<string> {
  return csvText(trialBalanceColumns, rows, {});
}

/** Without accounts and names: an auditor asks finance for the few that matter. */
export async function* payoutsTable(payouts: AsyncIterable<PayoutSummary>): AsyncGenerator<string> {
  yield* payoutsCsv(payoutRows(payouts));
}

async function* payoutRows(payouts: AsyncIterable<PayoutSummary>): AsyncGenerator<PayoutCsvRow> {
  for await (const payout of payouts) {
    yield {
      payoutId: payout.payoutId,
      runId: payout.runId,
      partnerId: payout.partnerId,
      status: payout.status,
      currency: payout.currency,
      netCents: payout.amountCents,
      vatCents: payout.totalCents - payout.amountCents,
      totalCents: payout.totalCents,
      lines: payout.lineCount,
      accountHolder: null,
      iban: null,
      bic: null,
      documentNumbers: payout.documents.map(({ number }) => number),
      scheduledAt: payout.scheduledAt,
      exportedAt: payout.exportedAt,
      paidAt: payout.paidAt,
      failureReason: payout.reason,
    };
  }
}
