import type { Cents, Instant, OrderLine } from '@provisie/domain';
import { daySchema, MAX_AMOUNT_CENTS, visitorIdSchema } from '@provisie/domain';
import { z } from 'zod';
import { clickIdOf } from '../fact-ids.ts';
import { knownCouponCode } from '../orders/order.ts';
import { centsOf } from './decimal-cents.ts';
import type { GrossRefund } from './refund-shares.ts';

/** An order as the shop had it at one moment: every delivery holds all of it. */
export interface OrderSnapshot {
  readonly externalId: string;
  readonly status: string;
  readonly currency: string;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
  readonly paidAt: Instant | null;
  /** Such an order is booked before it is paid. */
  readonly isPaidOnDelivery: boolean;
  readonly completedAt: Instant | null;
  readonly grossCents: Cents;
  readonly lines: readonly OrderLine[];
  readonly couponCodes: readonly string[];
  readonly refunds: readonly GrossRefund[];
  readonly email: string | null;
  readonly customerId: string | null;
  readonly visitorId: string | null;
  readonly clickId: string | null;
}

/** WooCommerce writes UTC without saying so: `2026-03-01T09:30:00`. */
const gmt = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/, 'a moment such as 2026-03-01T09:30:00')
  // Of 30 February, Date.parse would make 2 March.
  .transform((text) =>
    daySchema.safeParse(text.slice(0, 10)).success ? Date.parse(`${text}Z`) : Number.NaN,
  )
  .refine((instant) => Number.isFinite(instant) && instant >= 0, 'no moment since 1970');

const amount = z.string().transform((text, context) => {
  const cents = centsOf(text);
  if (cents !== null && Math.abs(cents) <= MAX_AMOUNT_CENTS) return cents;
  context.addIssue({ code: 'custom', message: 'not an amount such as "82.64"' });
  return z.NEVER;
});
const notNegative = amount.refine((cents) => cents >= 0, 'a negative amount');

const payloadSchema = z.object({
  id: z.int().positive(),
  status: z.string().min(1).max(50),
  currency: z.string().regex(/^[A-Z]{3}$/),
  total: notNegative,
  date_created_gmt: gmt,
  date_modified_gmt: gmt,
  date_paid_gmt: gmt.nullish(),
  date_completed_gmt: gmt.nullish(),
  payment_method: z.string().nullish(),
  customer_id: z.int().nullish(),
  billing: z.object({ email: z.string().nullish() }).nullish(),
  line_items: z
    .array(
      z.object({
        id: z.int(),
        name: z.string().nullish(),
        quantity: z.number().nullish(),
        total: notNegative,
      }),
    )
    .max(1000),
  coupon_lines: z
    .array(z.object({ code: z.string() }))
    .max(50)
    .default([]),
  refunds: z.array(z.object({ id: z.int().positive(), total: amount })).default([]),
  meta_data: z.array(z.object({ key: z.string(), value: z.unknown() })).default([]),
});
type Payload = z.infer<typeof payloadSchema>;

/** What identifies the order in any payload. */
export const orderIdentity = z.object({ id: z.int().positive() });

/**
 * WooCommerce sends the id of a deleted order and nothing else. The topic isn't signed: were a whole order taken for a
 * deletion, whoever got hold of a delivery could send it again as one.
 */
export const deletionPayload = z.strictObject(orderIdentity.shape);

/** Reads the JSON of an order as WooCommerce's REST API v3 and its webhooks give it. */
export function readSnapshot(payload: unknown): z.ZodSafeParseResult<OrderSnapshot> {
  return payloadSchema.transform(snapshotOf).safeParse(payload);
}

function snapshotOf(payload: Payload): OrderSnapshot {
  const meta = metaOf(payload);
  const visitorId = visitorIdSchema.safeParse(meta('_provisie_visitor_id'));
  return {
    externalId: String(payload.id),
    status: payload.status,
    currency: payload.currency,
    createdAt: payload.date_created_gmt,
    modifiedAt: payload.date_modified_gmt,
    paidAt: payload.date_paid_gmt ?? null,
    isPaidOnDelivery: payload.payment_method === 'cod',
    completedAt: payload.date_completed_gmt ?? null,
    grossCents: payload.total,
    lines: payload.line_items.map(lineOf),
    couponCodes: payload.coupon_lines
      .map(({ code }) => knownCouponCode(code))
      .filter((code) => code !== ''),
    // WooCommerce gives refunds as negative totals.
    refunds: payload.refunds.map(({ id, total }) => ({
      refundId: id,
      grossCents: Math.abs(total),
    })),
    email: textOrNull(payload.billing?.email),
    // 0 is WooCommerce's word for a guest.
    customerId: payload.customer_id ? String(payload.customer_id) : null,
    visitorId: visitorId.success ? visitorId.data : null,
    clickId: clickIdFrom(meta),
  };
}

function lineOf({ id, name, quantity, total }: Payload['line_items'][number]): OrderLine {
  return {
    lineId: String(id),
    amountCents: total,
    ...(name ? { description: name.slice(0, 200) } : {}),
    ...(typeof quantity === 'number' && quantity > 0 ? { quantity } : {}),
  };
}

function textOrNull(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

type Meta = (key: string) => string | null;

/** The last non-empty text under a key: WooCommerce keeps several. */
function metaOf(payload: Payload): Meta {
  return (key) => {
    const found = payload.meta_data.findLast(
      (entry) => entry.key === key && typeof entry.value === 'string' && entry.value !== '',
    );
    return typeof found?.value === 'string' ? found.value : null;
  };
}

/** What our snippet or plugin left; else the address at which WooCommerce's own attribution saw the session begin. */
function clickIdFrom(meta: Meta): string | null {
  const entry = meta('_wc_order_attribution_session_entry');
  const landed = entry === null ? null : (URL.parse(entry)?.searchParams.get('click_id') ?? null);
  const clickId = meta('_provisie_click_id') ?? landed;
  return clickId === null || clickId === '' ? null : clickIdOf(clickId.slice(0, 500));
}
