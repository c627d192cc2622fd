import type { DefinitionsOf } from './table-definition.ts';

/** What decisions are read from, but for touches. */
export interface FactTables {
  facts: FactTable;
  order_customers: OrderCustomerTable;
  named_orders: NamedOrderTable;
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

export const factTables: DefinitionsOf<FactTables> = {
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
};
