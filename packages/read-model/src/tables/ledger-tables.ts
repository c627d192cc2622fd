import type { DefinitionsOf } from './table-definition.ts';

/** The journal, what it adds up to, and what stands open. */
export interface LedgerTables {
  journals: JournalTable;
  journal_entries: JournalEntryTable;
  journal_lines: JournalLineTable;
  journal_days: JournalDayTable;
  journal_of_partner: JournalOfPartnerTable;
  balance_partners: BalancePartnerTable;
  open_items: OpenItemTable;
}

/** What the entries of an order, a payout or a write-off add up to, line by line. */
export interface JournalTable {
  kind: 'order' | 'payout' | 'write_off';
  key: string;
  /** Whose payout or write-off it is; null for an order. */
  partner_id: string | null;
  lines: string;
}

export interface JournalEntryTable {
  /** As `entryKey` makes it. */
  entry: string;
  cause_event_id: string;
  cause_position: number;
  cause_type: string;
  recorded_at: number;
  /** What it is about; the other two are null. */
  order_id: string | null;
  payout_id: string | null;
  write_off_id: string | null;
  currency: string;
}

export interface JournalLineTable {
  entry: string;
  line: number;
  account: string;
  partner_id: string | null;
  /** The partner of the line, or whose payout or write-off it belongs to. */
  concerns_partner_id: string | null;
  currency: string;
  amount_cents: number;
  effective_at: number;
  recorded_at: number;
}

/** What the lines that concern a partner add up to, by the UTC days of both clocks. */
export interface JournalDayTable {
  partner_id: string;
  currency: string;
  /** Of `effective_at` and `recorded_at`. */
  effective_day: number;
  recorded_day: number;
  account: string;
  amount_cents: number;
}

/** The entries with a line that concerns a partner. */
export interface JournalOfPartnerTable {
  partner_id: string;
  entry: string;
}

/** The partners that have a balance, or could have one. */
export interface BalancePartnerTable {
  partner_id: string;
}

/** What stands open about one order, as the domain's `openItemsOf` gives it. */
export interface OpenItemTable {
  partner_id: string;
  currency: string;
  order_id: string;
  programme_id: string;
  terms_version: number;
  touch_id: string;
  customer: string;
  earned_cents: number;
  payable_from: number | null;
  /** What payouts paid and took back, and what write-offs forwent and forgave: all positive. */
  paid_cents: number;
  taken_back_cents: number;
  forgone_cents: number;
  forgiven_cents: number;
  /** What is open once every hold has ended; follows from the others. */
  open_cents: number;
}

export const ledgerTables: DefinitionsOf<LedgerTables> = {
  journals: {
    columns: { kind: 'text', key: 'text', partner_id: 'text?', lines: 'text' },
    primaryKey: ['kind', 'key'],
  },
  journal_entries: {
    columns: {
      entry: 'text',
      cause_event_id: 'text',
      cause_position: 'integer',
      cause_type: 'text',
      recorded_at: 'integer',
      order_id: 'text?',
      payout_id: 'text?',
      write_off_id: 'text?',
      currency: 'text',
    },
    primaryKey: ['entry'],
    rowsInKey: true,
    indexes: { journal_entries_of_order: ['order_id', 'entry'] },
  },
  journal_lines: {
    columns: {
      entry: 'text',
      line: 'integer',
      account: 'text',
      partner_id: 'text?',
      concerns_partner_id: 'text?',
      currency: 'text',
      amount_cents: 'integer',
      effective_at: 'integer',
      recorded_at: 'integer',
    },
    primaryKey: ['entry', 'line'],
    rowsInKey: true,
    indexes: {
      journal_lines_of_partner: [
        'concerns_partner_id',
        'currency',
        'effective_at',
        'entry',
        'line',
        'account',
        'recorded_at',
        'amount_cents',
      ],
    },
  },
  journal_days: {
    columns: {
      partner_id: 'text',
      currency: 'text',
      effective_day: 'integer',
      recorded_day: 'integer',
      account: 'text',
      amount_cents: 'integer',
    },
    primaryKey: ['partner_id', 'currency', 'effective_day', 'recorded_day', 'account'],
    rowsInKey: true,
  },
  journal_of_partner: {
    columns: { partner_id: 'text', entry: 'text' },
    primaryKey: ['partner_id', 'entry'],
    rowsInKey: true,
  },
  balance_partners: {
    columns: { partner_id: 'text' },
    primaryKey: ['partner_id'],
    rowsInKey: true,
  },
  open_items: {
    columns: {
      partner_id: 'text',
      currency: 'text',
      order_id: 'text',
      programme_id: 'text',
      terms_version: 'integer',
      touch_id: 'text',
      customer: 'text',
      earned_cents: 'integer',
      payable_from: 'integer?',
      paid_cents: 'integer',
      taken_back_cents: 'integer',
      forgone_cents: 'integer',
      forgiven_cents: 'integer',
      open_cents: 'integer',
    },
    primaryKey: ['partner_id', 'currency', 'order_id'],
    rowsInKey: true,
    indexes: {
      open_items_of_order: ['order_id'],
      payable_items: ['partner_id', 'currency', 'payable_from', 'open_cents'],
    },
  },
};
