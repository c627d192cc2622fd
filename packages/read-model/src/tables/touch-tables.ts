import type { DefinitionsOf } from './table-definition.ts';

/** What visitors did, and who they are. */
export interface TouchTables {
  touches: TouchTable;
  identifications: IdentificationTable;
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

export const touchTables: DefinitionsOf<TouchTables> = {
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
};
