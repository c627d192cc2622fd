import type { DefinitionsOf } from './table-definition.ts';

/** What touches and orders come to. */
export interface PerformanceTables {
  touch_sums: TouchSumTable;
  repeat_sums: RepeatSumTable;
  visitor_days: VisitorDayTable;
  visitor_repeats: VisitorDayTable;
  order_sums: OrderSumTable;
}

/** Days that are added up together, see `SPAN_DAYS`: so many, from `day` on. */
interface SpanColumns {
  days: number;
  day: number;
}

/** Bots left out. A dimension by which the grouping tells nothing apart is `''`. */
export interface TouchSumTable extends SpanColumns {
  /** A name of `TOUCH_GROUPINGS`. */
  grouping: string;
  partner_id: string;
  programme_id: string;
  link_code: string;
  campaign: string;
  clicks: number;
  visits: number;
  /** At each link with each campaign, added up: who was at several of them in a day counts at each. */
  visitors: number;
}

/** How many of the visitors are to be taken off where a group holds several links or campaigns. */
export interface RepeatSumTable extends SpanColumns {
  /** A name of `REPEAT_GROUPINGS`. */
  grouping: string;
  partner_id: string;
  programme_id: string;
  link_code: string;
  campaign: string;
  visitors: number;
}

/** In `visitor_repeats` only those who were seen at several places that day, at each of them. */
export interface VisitorDayTable {
  day: number;
  link_code: string;
  campaign: string;
  visitor_id: string;
}

/** Awarded orders that weren't cancelled, by the day they were placed. */
export interface OrderSumTable extends SpanColumns {
  /** A name of `ORDER_GROUPINGS`. */
  grouping: string;
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

const spans = { grouping: 'text', days: 'integer', day: 'integer' } as const;
const SPAN_KEY = ['grouping', 'days', 'day'];

const touchGroup = {
  partner_id: 'text',
  programme_id: 'text',
  link_code: 'text',
  campaign: 'text',
} as const;
const TOUCH_KEY = [...SPAN_KEY, 'partner_id', 'programme_id', 'link_code', 'campaign'];

const visitorDays = {
  columns: { day: 'integer', visitor_id: 'text', link_code: 'text', campaign: 'text' },
  primaryKey: ['day', 'visitor_id', 'link_code', 'campaign'],
  rowsInKey: true,
} as const;

export const performanceTables: DefinitionsOf<PerformanceTables> = {
  touch_sums: {
    columns: {
      ...spans,
      ...touchGroup,
      clicks: 'integer',
      visits: 'integer',
      visitors: 'integer',
    },
    primaryKey: TOUCH_KEY,
    rowsInKey: true,
  },
  repeat_sums: {
    columns: { ...spans, ...touchGroup, visitors: 'integer' },
    primaryKey: TOUCH_KEY,
    rowsInKey: true,
  },
  visitor_days: visitorDays,
  visitor_repeats: {
    ...visitorDays,
    indexes: { visitor_repeats_of_link: ['link_code', 'day', 'visitor_id'] },
  },
  order_sums: {
    columns: {
      ...spans,
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
      ...SPAN_KEY,
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
