import * as z from 'zod';
import { defineEvent } from '../event-definition.ts';
import {
  customerKeySchema,
  orderFactIdSchema,
  orderIdSchema,
  touchIdSchema,
  visitorIdSchema,
} from '../identifiers.ts';
import { instantSchema } from '../instant.ts';
import { centsSchema, currencySchema } from '../money.ts';

/** `amountCents`: after discounts, without VAT and shipping, for the whole line. */
export const orderLineSchema = z.object({
  lineId: z.string().min(1).max(128),
  amountCents: centsSchema,
  description: z.string().max(200).optional(),
  quantity: z.number().positive().optional(),
});
export type OrderLine = z.infer<typeof orderLineSchema>;

const lines = z.array(orderLineSchema).max(1000);

/** Where the order came from, and the newest state of it there that we have recorded. */
const orderSourceSchema = z.object({
  shopId: z.string().max(64),
  externalId: z.string().max(128),
  modifiedAt: instantSchema.optional(),
});

/** `occurredAt` is when the customer placed it. */
export const OrderPlaced = defineEvent(
  'OrderPlaced',
  z.object({
    orderId: orderIdSchema,
    customer: customerKeySchema,
    currency: currencySchema,
    lines,
    /** Every code on the order, upper case, also the shop's own, in the order of the shop. */
    couponCodes: z.array(z.string().min(1).max(128)).max(50),
    visitorId: visitorIdSchema.optional(),
    clickId: touchIdSchema.optional(),
    source: orderSourceSchema.optional(),
  }),
);

/** Replaces the lines. */
export const OrderAmended = defineEvent(
  'OrderAmended',
  z.object({
    orderId: orderIdSchema,
    amendmentId: orderFactIdSchema,
    lines,
    source: orderSourceSchema.optional(),
  }),
);

export const OrderCompleted = defineEvent(
  'OrderCompleted',
  z.object({ orderId: orderIdSchema, source: orderSourceSchema.optional() }),
);

/** `amountCents`: of line amounts only, so without VAT and shipping. */
export const OrderRefunded = defineEvent(
  'OrderRefunded',
  z.object({
    orderId: orderIdSchema,
    refundId: orderFactIdSchema,
    amountCents: centsSchema,
    source: orderSourceSchema.optional(),
  }),
);

export const OrderCancelled = defineEvent(
  'OrderCancelled',
  z.object({
    orderId: orderIdSchema,
    reason: z.string().max(500).optional(),
    source: orderSourceSchema.optional(),
  }),
);

export const orderEvents = {
  OrderPlaced,
  OrderAmended,
  OrderCompleted,
  OrderRefunded,
  OrderCancelled,
};
