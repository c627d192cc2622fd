import type { TableName, Tables } from './tables.ts';

type ColumnType = 'text' | 'text?' | 'integer' | 'integer?';

export interface TableDefinition {
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly primaryKey: readonly string[];
  /** The first column of the key names the index. */
  readonly indexes?: Readonly<Record<string, readonly string[]>>;
  /** Another key: no two rows have the same. */
  readonly uniqueIndexes?: Readonly<Record<string, readonly string[]>>;
  /** Keeps the rows in the index of the key, where there is a choice: for rows that are little more than it. */
  readonly rowsInKey?: true;
}

type Definitions = {
  readonly [Name in TableName]: TableDefinition & {
    readonly columns: Readonly<Record<keyof Tables[Name] & string, ColumnType>>;
  };
};

/** Every table with its key and indexes, in the order in which `verify` compares them. */
export const TABLES: Definitions = {
  checkpoint: {
    columns: {
      name: 'text',
      position: 'integer',
      handled_at: 'integer?',
      last_recorded_at: 'integer?',
    },
    primaryKey: ['name'],
  },
  quarantine: {
    columns: {
      position: 'integer',
      event_id: 'text',
      stream: 'text',
      type: 'text',
      version: 'integer',
      recorded_at: 'integer',
      error: 'text',
    },
    primaryKey: ['position'],
  },
  touch_loads: {
    columns: {
      name: 'text',
      stage: 'text',
      last_position: 'integer',
      last_recorded_at: 'integer?',
      counted_to: 'integer',
    },
    primaryKey: ['name'],
  },
  postponed_events: {
    columns: { position: 'integer', event: 'text' },
    primaryKey: ['position'],
  },
  touches: {
    columns: {
      position: 'integer',
      touch_id: 'text',
      kind: 'text',
      visitor_id: 'text',
      occurred_at: 'integer',
      recorded_at: 'integer',
      link_code: 'text?',
      coupon_code: 'text?',
      click_id: 'text?',
      utm: 'text?',
      bot: 'integer',
      consent: 'text',
      country: 'text?',
    },
    primaryKey: ['position'],
    uniqueIndexes: { touches_by_id: ['touch_id'] },
    indexes: { touches_of_visitor: ['visitor_id', 'occurred_at'] },
  },
  identifications: {
    columns: {
      touch_id: 'text',
      visitor_id: 'text',
      customer: 'text',
      occurred_at: 'integer',
      recorded_at: 'integer',
    },
    primaryKey: ['touch_id'],
    indexes: { identifications_of_customer: ['customer', 'occurred_at'] },
  },
  facts: {
    columns: {
      position: 'integer',
      kind: 'text',
      key: 'text',
      event_id: 'text',
      type: 'text',
      occurred_at: 'integer',
      recorded_at: 'integer',
      data: 'text',
    },
    primaryKey: ['position'],
    indexes: { facts_about: ['kind', 'key', 'position'] },
  },
  order_customers: {
    columns: { customer: 'text', order_id: 'text' },
    primaryKey: ['customer', 'order_id'],
    rowsInKey: true,
    indexes: { customers_of_order: ['order_id'] },
  },
  named_orders: {
    columns: { order_id: 'text', kind: 'text', key: 'text' },
    primaryKey: ['order_id', 'kind', 'key'],
    rowsInKey: true,
  },
  programmes: { columns: { programme_id: 'text', view: 'text' }, primaryKey: ['programme_id'] },
  partners: {
    columns: { partner_id: 'text', status: 'text', view: 'text' },
    primaryKey: ['partner_id'],
    indexes: { partners_by_status: ['status', 'partner_id'] },
  },
  links: {
    columns: { code: 'text', partner_id: 'text', programme_id: 'text', view: 'text' },
    primaryKey: ['code'],
    indexes: {
      links_of_partner: ['partner_id', 'code'],
      links_of_programme: ['programme_id', 'code'],
    },
  },
  coupons: {
    columns: { code: 'text', partner_id: 'text', programme_id: 'text', view: 'text' },
    primaryKey: ['code'],
    indexes: {
      coupons_of_partner: ['partner_id', 'code'],
      coupons_of_programme: ['programme_id', 'code'],
    },
  },
  orders: {
    columns: { order_id: 'text', placed_at: 'integer', partner_id: 'text?', view: 'text' },
    primaryKey: ['order_id'],
    indexes: {
      orders_by_placing: ['placed_at', 'order_id'],
      orders_of_partner: ['partner_id', 'placed_at', 'order_id'],
    },
  },
  decisions: {
    columns: { order_id: 'text', decision: 'text', reads: 'text', performance: 'text?' },
    primaryKey: ['order_id'],
  },
  decision_reads: {
    columns: { kind: 'text', key: 'text', order_id: 'text', until: 'integer' },
    primaryKey: ['kind', 'key', 'order_id'],
    rowsInKey: true,
  },
  commissions: {
    columns: {
      order_id: 'text',
      partner_id: 'text',
      programme_id: 'text',
      terms_version: 'integer',
      currency: 'text',
      placed_at: 'integer',
      kind: 'text',
      link_code: 'text?',
      coupon_code: 'text?',
      base_cents: 'integer',
      amount_cents: 'integer',
      payable_from: 'integer?',
      settled_status: 'text?',
      rejection_reason: 'text?',
      customer: 'text',
    },
    primaryKey: ['order_id'],
    indexes: {
      commissions_by_placing: ['placed_at', 'order_id'],
      commissions_of_partner: ['partner_id', 'placed_at', 'order_id'],
      commissions_of_programme: ['programme_id', 'placed_at', 'order_id'],
      commissions_by_status: ['settled_status', 'placed_at', 'order_id'],
      commissions_of_partner_by_status: ['partner_id', 'settled_status', 'placed_at', 'order_id'],
      customers_of_partner: [
        'partner_id',
        'currency',
        'payable_from',
        'customer',
        'amount_cents',
        'settled_status',
      ],
    },
  },
  journals: {
    columns: { kind: 'text', key: 'text', partner_id: 'text?', lines: 'text' },
    primaryKey: ['kind', 'key'],
  },
  journal_entries: {
    columns: {
      entry_id: 'text',
      cause_event_id: 'text',
      cause_position: 'integer',
      cause_type: 'text',
      recorded_at: 'integer',
      order_id: 'text?',
      payout_id: 'text?',
      write_off_id: 'text?',
      currency: 'text',
    },
    primaryKey: ['entry_id'],
    indexes: {
      journal_entries_by_cause: ['cause_position', 'entry_id'],
      journal_entries_of_order: ['order_id', 'cause_position', 'entry_id'],
    },
  },
  journal_lines: {
    columns: {
      entry_id: 'text',
      line: 'integer',
      account: 'text',
      partner_id: 'text?',
      concerns_partner_id: 'text?',
      currency: 'text',
      amount_cents: 'integer',
      effective_at: 'integer',
      recorded_at: 'integer',
      cause_position: 'integer',
    },
    primaryKey: ['entry_id', 'line'],
    rowsInKey: true,
    indexes: {
      journal_lines_of_partner: [
        'concerns_partner_id',
        'currency',
        'effective_at',
        'cause_position',
        'entry_id',
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
    columns: { partner_id: 'text', cause_position: 'integer', entry_id: 'text' },
    primaryKey: ['partner_id', 'cause_position', 'entry_id'],
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
    indexes: { open_items_of_order: ['order_id'] },
  },
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
  touch_days: {
    columns: {
      day: 'integer',
      link_code: 'text',
      campaign: 'text',
      clicks: 'integer',
      visits: 'integer',
      visitors: 'integer',
    },
    primaryKey: ['day', 'link_code', 'campaign'],
    rowsInKey: true,
    indexes: {
      touch_days_of_link: ['link_code', 'day', 'campaign', 'clicks', 'visits', 'visitors'],
    },
  },
  touch_months: {
    columns: {
      month: 'integer',
      link_code: 'text',
      campaign: 'text',
      clicks: 'integer',
      visits: 'integer',
      visitors: 'integer',
    },
    primaryKey: ['month', 'link_code', 'campaign'],
    rowsInKey: true,
  },
  visitor_days: {
    columns: { day: 'integer', visitor_id: 'text', link_code: 'text', campaign: 'text' },
    primaryKey: ['day', 'visitor_id', 'link_code', 'campaign'],
    rowsInKey: true,
  },
  visitor_repeats: {
    columns: { day: 'integer', visitor_id: 'text', link_code: 'text', campaign: 'text' },
    primaryKey: ['day', 'visitor_id', 'link_code', 'campaign'],
    rowsInKey: true,
    indexes: { visitor_repeats_of_link: ['link_code', 'day', 'visitor_id', 'campaign'] },
  },
  order_days: {
    columns: {
      day: 'integer',
      partner_id: 'text',
      programme_id: 'text',
      link_code: 'text',
      coupon_code: 'text',
      campaign: 'text',
      currency: 'text',
      orders: 'integer',
      revenue_cents: 'integer',
      commission_cents: 'integer',
    },
    primaryKey: [
      'day',
      'partner_id',
      'programme_id',
      'link_code',
      'coupon_code',
      'campaign',
      'currency',
    ],
    rowsInKey: true,
    indexes: {
      order_days_of_partner: [
        'partner_id',
        'day',
        'programme_id',
        'link_code',
        'coupon_code',
        'campaign',
        'currency',
        'orders',
        'revenue_cents',
        'commission_cents',
      ],
    },
  },
  order_months: {
    columns: {
      month: 'integer',
      partner_id: 'text',
      programme_id: 'text',
      link_code: 'text',
      coupon_code: 'text',
      campaign: 'text',
      currency: 'text',
      orders: 'integer',
      revenue_cents: 'integer',
      commission_cents: 'integer',
    },
    primaryKey: [
      'month',
      'partner_id',
      'programme_id',
      'link_code',
      'coupon_code',
      'campaign',
      'currency',
    ],
    rowsInKey: true,
  },
};

export const TABLE_NAMES = Object.keys(TABLES).filter(isTableName);

function isTableName(name: string): name is TableName {
  return Object.hasOwn(TABLES, name);
}
