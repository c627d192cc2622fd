import type { SkipReason } from '@provisie/domain';
import type { DefinitionsOf } from './table-definition.ts';

/** Payouts, their runs and their papers. */
export interface PayoutTables {
  payouts: PayoutTable;
  payout_runs: PayoutRunTable;
  skipped_payouts: SkippedPayoutTable;
  documents: DocumentTable;
  merchant: MerchantTable;
}

export interface PayoutTable {
  payout_id: string;
  partner_id: string;
  run_id: string;
  currency: string;
  status: 'scheduled' | 'exported' | 'paid' | 'failed' | 'cancelled';
  scheduled_at: number;
  total_cents: number;
  /** As JSON, without its lines, which stand in `facts`, and its documents. */
  view: string;
}

export interface PayoutRunTable {
  run_id: string;
  /** Where it was opened in the log. */
  position: number;
  status: 'awaiting_approval' | 'scheduling' | 'scheduled' | 'abandoned';
  view: string;
}

/** A payout of a run's plan that wasn't made. */
export interface SkippedPayoutTable {
  payout_id: string;
  run_id: string;
  partner_id: string;
  currency: string;
  /** As approved. */
  amount_cents: number;
  total_cents: number;
  reason: SkipReason;
  skipped_at: number;
}

export interface DocumentTable {
  document_id: string;
  number: string;
  partner_id: string;
  payout_id: string;
  kind: 'self_billing_invoice' | 'credit_note' | 'payout_statement';
  /** As it stands on it: a credit note's is positive. */
  total_cents: number;
  position: number;
  view: string;
}

/** One row: the details in force. */
export interface MerchantTable {
  /** Always `merchant`. */
  name: string;
  changed_at: number;
  details: string;
}

export const payoutTables: DefinitionsOf<PayoutTables> = {
  payouts: {
    columns: {
      payout_id: 'text',
      partner_id: 'text',
      run_id: 'text',
      currency: 'text',
      status: 'text',
      scheduled_at: 'integer',
      total_cents: 'integer',
      view: 'text',
    },
    primaryKey: ['payout_id'],
    indexes: {
      payouts_by_scheduling: ['scheduled_at', 'payout_id'],
      payouts_by_status: ['status', 'scheduled_at', 'payout_id'],
      payouts_of_partner: ['partner_id', 'scheduled_at', 'payout_id'],
      payouts_of_run: ['run_id', 'scheduled_at', 'payout_id'],
      last_payouts: ['partner_id', 'currency', 'status', 'scheduled_at'],
    },
  },
  payout_runs: {
    columns: { run_id: 'text', position: 'integer', status: 'text', view: 'text' },
    primaryKey: ['run_id'],
    indexes: { payout_runs_by_opening: ['position'] },
  },
  skipped_payouts: {
    columns: {
      payout_id: 'text',
      run_id: 'text',
      partner_id: 'text',
      currency: 'text',
      amount_cents: 'integer',
      total_cents: 'integer',
      reason: 'text',
      skipped_at: 'integer',
    },
    primaryKey: ['payout_id'],
    indexes: {
      skipped_payouts_by_time: ['skipped_at', 'payout_id'],
      skipped_payouts_of_run: ['run_id', 'skipped_at', 'payout_id'],
      skipped_payouts_of_partner: ['partner_id', 'skipped_at', 'payout_id'],
    },
  },
  documents: {
    columns: {
      document_id: 'text',
      number: 'text',
      partner_id: 'text',
      payout_id: 'text',
      kind: 'text',
      total_cents: 'integer',
      position: 'integer',
      view: 'text',
    },
    primaryKey: ['document_id'],
    indexes: {
      documents_by_issue: ['position'],
      documents_of_partner: ['partner_id', 'position'],
      documents_of_payout: ['payout_id', 'position'],
    },
  },
  merchant: {
    columns: { name: 'text', changed_at: 'integer', details: 'text' },
    primaryKey: ['name'],
  },
};
