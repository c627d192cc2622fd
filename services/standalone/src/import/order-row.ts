import {
  normaliseCouponCode,
  orderIdSchema,
  payableCurrencySchema,
  visitorIdSchema,
} from '@provisie/domain';
import { z } from 'zod';

/** The columns of an order file, and what stands in each. The first five must be filled. */
export const ORDER_COLUMNS = [
  'order_id',
  'placed_at',
  'customer_email',
  'currency',
  'net_amount',
  'coupon_codes',
  'click_id',
  'visitor_id',
  'completed_at',
  'cancelled_at',
  'refunded_net_amount',
  'refunded_at',
] as const;
export type OrderColumn = (typeof ORDER_COLUMNS)[number];

/** One order of the file. Amounts in cents, without VAT and shipping. */
export interface OrderRow {
  readonly orderId: string;
  readonly placedAt: number;
  readonly customerEmail: string;
  readonly currency: string;
  readonly netCents: number;
  readonly couponCodes: readonly string[];
  readonly clickId: string | null;
  readonly visitorId: string | null;
  readonly completedAt: number | null;
  readonly cancelledAt: number | null;
  readonly refund: { readonly cents: number; readonly at: number } | null;
}

export interface CellProblem {
  /** Null: the row as a whole. */
  readonly column: OrderColumn | null;
  readonly value: string;
  /** What would be right. */
  readonly expected: string;
}

export type Cells = Readonly<Record<OrderColumn, string>>;

const EXPECTED: Readonly<Record<OrderColumn, string>> = {
  order_id: 'an order id such as webshop-1042: letters, digits and . _ : -, at most 128',
  placed_at:
    'a moment up to now with its zone, such as 2026-03-01T09:30:00+01:00 or 2026-03-01T08:30:00Z',
  customer_email: 'an e-mail address',
  currency: 'an ISO 4217 code such as EUR',
  net_amount: 'an amount without VAT and shipping, with a point, such as 795.00',
  coupon_codes: 'codes divided by a semicolon, such as WELKOM5;WOONBLOG10, or nothing',
  click_id: 'the click_id of the address that the customer came with, or nothing',
  visitor_id: 'the visitor id of the snippet, or nothing',
  completed_at: 'a moment from placed_at up to now with its zone, or nothing',
  cancelled_at: 'a moment from placed_at up to now with its zone, or nothing',
  refunded_net_amount: 'an amount without VAT and shipping, at most net_amount, or nothing',
  refunded_at: 'a moment from placed_at up to now with its zone; needed with a refund, only then',
};

const anyMoment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const amount = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,2})?$/)
  .transform(centsOf);

/** Reads one row; all that is wrong with it at once. What is later than `now` hasn't happened. */
export function readOrderRow(cells: Cells, now: number): OrderRow | readonly CellProblem[] {
  const problems: CellProblem[] = [];
  const wrong = (column: OrderColumn) => {
    problems.push({ column, value: cells[column], expected: EXPECTED[column] });
  };
  const read = <Value>(column: OrderColumn, schema: z.ZodType<Value>, otherwise: Value): Value => {
    const result = schema.safeParse(cells[column]);
    if (!result.success) wrong(column);
    return result.success ? result.data : otherwise;
  };
  const optional = <Value>(column: OrderColumn, schema: z.ZodType<Value>): Value | null =>
    cells[column] === '' ? null : read<Value | null>(column, schema, null);

  const moment = anyMoment.refine((at) => at <= now);
  const placedAt = read('placed_at', moment, 0);
  const netCents = read('net_amount', amount, 0);
  const later = moment.refine((at) => at >= placedAt);
  const refundCents = optional(
    'refunded_net_amount',
    amount.refine((cents) => cents <= netCents),
  );
  const refundedAt = optional('refunded_at', later);
  if ((cells.refunded_net_amount === '') !== (cells.refunded_at === '')) wrong('refunded_at');
  const row: OrderRow = {
    orderId: read('order_id', orderIdSchema, ''),
    placedAt,
    customerEmail: read('customer_email', z.email(), ''),
    currency: read('currency', payableCurrencySchema, ''),
    netCents,
    couponCodes: read('coupon_codes', codes, []),
    clickId: optional('click_id', z.string().min(1).max(200)),
    visitorId: optional('visitor_id', visitorIdSchema),
    completedAt: optional('completed_at', later),
    cancelledAt: optional('cancelled_at', later),
    refund:
      refundCents === null || refundedAt === null ? null : { cents: refundCents, at: refundedAt },
  };
  return problems.length === 0 ? row : problems;
}

const codes = z
  .string()
  .transform((text) =>
    text
      .split(';')
      .map((code) => code.trim())
      .filter((code) => code !== ''),
  )
  .refine((list) => list.every((code) => normaliseCouponCode(code) !== null));

/** Without floats: `795.5` are 79550 cents. */
function centsOf(text: string): number {
  const [whole = '0', fraction = ''] = text.split('.');
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}
