/**
 * The tables of the read model. Instants are UTC milliseconds, amounts whole cents, days whole days since
 * 1970-01-01 (UTC), flags 0 or 1; `''` in a dimension of a day table means that there is none.
 */
export interface Tables {
  checkpoint: CheckpointTable;
  quarantine: QuarantineTable;
  touch_loads: TouchLoadTable;
  postponed_events: PostponedEventTable;

  touches: TouchTable;
  identifications: IdentificationTable;
  facts: FactTable;
  order_customers: OrderCustomerTable;
  named_orders: NamedOrderTable;

  programmes: ProgrammeTable;
  partners: PartnerTable;
  links: OwnedTable;
  coupons: OwnedTable;
  orders: OrderTable;

  decisions: DecisionTable;
  decision_reads: DecisionReadTable;
  commissions: CommissionTable;

  journals: JournalTable;
  journal_entries: JournalEntryTable;
  journal_lines: JournalLineTable;
  journal_days: JournalDayTable;
  journal_of_partner: JournalOfPartnerTable;
  balance_partners: BalancePartnerTable;

  open_items: OpenItemTable;
  payouts: PayoutTable;
  payout_runs: PayoutRunTable;
  documents: DocumentTable;
  merchant: MerchantTable;

  touch_days: TouchDayTable;
  touch_months: TouchMonthTable;
  visitor_days: VisitorDayTable;
  visitor_repeats: VisitorDayTable;
  order_days: OrderDayTable;
  order_months: OrderMonthTable;
}

export type TableName = keyof Tables;

export interface CheckpointTable {
  /** Always `read_model`: all projections move together. */
  name: string;
  position: number;
  handled_at: number | null;
  last_recorded_at: number | null;
}

/** Events that could not be read. */
export interface QuarantineTable {
  position: number;
  event_id: string;
  stream: string;
  type: string;
  version: number;
  recorded_at: number;
  error: string;
}

/** One row while a build is ahead of the log with its touches, see `build/build-tables.ts`; none in what is read. */
export interface TouchLoadTable {
  /** Always `touches`. */
  name: string;
  stage: 'loading' | 'applying';
  /** The last event up to which touches are loaded. */
  last_position: number;
  last_recorded_at: number | null;
  /** The last position up to which visits are counted. */
  counted_to: number;
}

/** The events that such a build has yet to apply. */
export interface PostponedEventTable {
  position: number;
  /** As JSON. */
  event: string;
}

/** One row per touch id: the content that counts. */
export interface TouchTable {
  /** Where that content stands in the log. */
  position: number;
  touch_id: string;
  kind: 'click' | 'visit' | 'coupon_entered';
  visitor_id: string;
  occurred_at: number;
  recorded_at: number;
  link_code: string | null;
  coupon_code: string | null;
  click_id: string | null;
  /** The UTM values as canonical JSON. */
  utm: string | null;
  bot: number;
  consent: 'granted' | 'denied' | 'unknown';
  country: string | null;
}

export interface IdentificationTable {
  touch_id: string;
  visitor_id: string;
  customer: string;
  occurred_at: number;
  recorded_at: number;
}

/** Everything but touches and what no later fact is read with, as it was recorded, under the thing it is about. */
export interface FactTable {
  position: number;
  kind: FactKind;
  /** The id of that thing. */
  key: string;
  event_id: string;
  type: string;
  occurred_at: number;
  recorded_at: number;
  data: string;
}

export type FactKind = EntityKind | 'payout_run';

export type EntityKind =
  'order' | 'verdict' | 'programme' | 'partner' | 'link' | 'coupon' | 'payout' | 'write_off';

/** Whose order it is; two rows when placings with different content are in the log. */
export interface OrderCustomerTable {
  customer: string;
  order_id: string;
}

/** The orders that a payout or a write-off names. */
export interface NamedOrderTable {
  order_id: string;
  kind: 'payout' | 'write_off';
  key: string;
}

export interface ProgrammeTable {
  programme_id: string;
  view: string;
}

export interface PartnerTable {
  partner_id: string;
  status: 'applied' | 'approved' | 'suspended';
  view: string;
}

/** Links and coupons. */
export interface OwnedTable {
  code: string;
  partner_id: string;
  programme_id: string;
  view: string;
}

export interface OrderTable {
  order_id: string;
  /** −1 while its placing isn't known, so that such orders stand last. */
  placed_at: number;
  /** Who was awarded. */
  partner_id: string | null;
  view: string;
}

export interface DecisionTable {
  order_id: string;
  decision: string;
  /** What it read, as JSON; the same as its rows in `decision_reads`. */
  reads: string;
  /** What it adds to its day in `order_days`, as JSON; null for nothing. */
  performance: string | null;
}

/** What a decision read: an event about (`kind`, `key`) that matters up to `until` re-decides the order. */
export interface DecisionReadTable {
  kind: ReadKind;
  key: string;
  order_id: string;
  until: number;
}

export type ReadKind =
  | 'visitor'
  /** A touch by its id. */
  | 'touch'
  /** Who was identified as this customer. */
  | 'identified'
  | 'link'
  | 'utm'
  | 'coupon'
  | 'partner'
  | 'programme';

/** Awards that ever earned a reward. */
export interface CommissionTable {
  order_id: string;
  partner_id: string;
  programme_id: string;
  terms_version: number;
  currency: string;
  placed_at: number;
  kind: 'order_coupon' | 'entered_coupon' | 'click' | 'visit';
  link_code: string | null;
  coupon_code: string | null;
  base_cents: number;
  amount_cents: number;
  payable_from: number | null;
  /** Set by what was decided; null: it depends on the moment (`payable` or `pending`). */
  settled_status: 'rejected' | 'reversed' | 'paid' | 'scheduled' | null;
  rejection_reason: string | null;
  customer: string;
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
  entry_id: string;
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
  entry_id: string;
  line: number;
  account: string;
  partner_id: string | null;
  /** The partner of the line, or whose payout or write-off it belongs to. */
  concerns_partner_id: string | null;
  currency: string;
  amount_cents: number;
  effective_at: number;
  recorded_at: number;
  cause_position: number;
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
  cause_position: number;
  entry_id: string;
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

/** Bots left out. */
export interface TouchDayTable {
  day: number;
  link_code: string;
  campaign: string;
  clicks: number;
  visits: number;
  /** How many there are in `visitor_days`. */
  visitors: number;
}

/** What its days add up to. `month`: whole months since 1970-01 (UTC). */
export interface TouchMonthTable extends Omit<TouchDayTable, 'day'> {
  month: number;
}

/** In `visitor_repeats` only those who were seen at several places that day, at each of them. */
export interface VisitorDayTable {
  day: number;
  link_code: string;
  campaign: string;
  visitor_id: string;
}

/** Awarded orders that weren't cancelled, by the day they were placed. */
export interface OrderDayTable {
  day: number;
  partner_id: string;
  programme_id: string;
  link_code: string;
  coupon_code: string;
  campaign: string;
  currency: string;
  orders: number;
  revenue_cents: number;
  commission_cents: number;
}

/** What its days add up to. `month`: whole months since 1970-01 (UTC). */
export interface OrderMonthTable extends Omit<OrderDayTable, 'day'> {
  month: number;
}
