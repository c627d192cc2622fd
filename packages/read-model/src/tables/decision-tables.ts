import type { CommissionStatus } from '@provisie/domain';
import type { DefinitionsOf } from './table-definition.ts';

/** What was decided about orders. */
export interface DecisionTables {
  decisions: DecisionTable;
  decision_reads: DecisionReadTable;
  commissions: CommissionTable;
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
  | 'programme'
  /** Those that a payout prices it by. */
  | 'terms';

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
  settled_status: Exclude<CommissionStatus, 'payable' | 'pending'> | null;
  rejection_reason: string | null;
  written_off_cents: number;
  customer: string;
}

export const decisionTables: DefinitionsOf<DecisionTables> = {
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
      written_off_cents: 'integer',
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
};
