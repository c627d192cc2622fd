import type { DefinitionsOf } from './table-definition.ts';

/** Days and months of touches and orders. */
export interface PerformanceTables {
  touch_days: TouchDayTable;
  touch_months: TouchMonthTable;
  visitor_days: VisitorDayTable;
  visitor_repeats: VisitorDayTable;
  order_days: OrderDayTable;
  order_months: OrderMonthTable;
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

const touchSums = {
  link_code: 'text',
  campaign: 'text',
  clicks: 'integer',
  visits: 'integer',
  visitors: 'integer',
} as const;

const visitorDays = {
  columns: { day: 'integer', visitor_id: 'text', link_code: 'text', campaign: 'text' },
  primaryKey: ['day', 'visitor_id', 'link_code', 'campaign'],
  rowsInKey: true,
} as const;

const orderSums = {
  partner_id: 'text',
  programme_id: 'text',
  link_code: 'text',
  coupon_code: 'text',
  campaign: 'text',
  currency: 'text',
  orders: 'integer',
  revenue_cents: 'integer',
  commission_cents: 'integer',
} as const;

/** Whose orders are added up, but for the partner. */
const ORDER_PLACE = ['programme_id', 'link_code', 'coupon_code', 'campaign', 'currency'];

export const performanceTables: DefinitionsOf<PerformanceTables> = {
  touch_days: {
    columns: { day: 'integer', ...touchSums },
    primaryKey: ['day', 'link_code', 'campaign'],
    rowsInKey: true,
    indexes: {
      touch_days_of_link: ['link_code', 'day', 'campaign', 'clicks', 'visits', 'visitors'],
    },
  },
  touch_months: {
    columns: { month: 'integer', ...touchSums },
    primaryKey: ['month', 'link_code', 'campaign'],
    rowsInKey: true,
  },
  visitor_days: visitorDays,
  visitor_repeats: {
    ...visitorDays,
    indexes: { visitor_repeats_of_link: ['link_code', 'day', 'visitor_id', 'campaign'] },
  },
  order_days: {
    columns: { day: 'integer', ...orderSums },
    primaryKey: ['day', 'partner_id', ...ORDER_PLACE],
    rowsInKey: true,
    indexes: {
      order_days_of_partner: [
        'partner_id',
        'day',
        ...ORDER_PLACE,
        'orders',
        'revenue_cents',
        'commission_cents',
      ],
    },
  },
  order_months: {
    columns: { month: 'integer', ...orderSums },
    primaryKey: ['month', 'partner_id', ...ORDER_PLACE],
    rowsInKey: true,
  },
};
