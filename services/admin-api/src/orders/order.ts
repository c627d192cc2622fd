import { z } from '@hono/zod-openapi';
import {
  centsSchema,
  couponCodeSchema,
  currencySchema,
  MAX_AMOUNT_CENTS,
  normaliseCouponCode,
  orderFactIdSchema,
  orderIdSchema,
  orderLineSchema,
} from '@provisie/domain';
import type { OrderView } from '@provisie/read-model';
import { inIso, instantAnswer } from '../instants.ts';

/** Orders of the API that name no shop stand under this one. */
export const API_SHOP = 'api';

export const linesSchema = z
  .array(orderLineSchema.strict())
  .max(1000)
  .refine((lines) => new Set(lines.map(({ lineId }) => lineId)).size === lines.length, {
    error: 'a lineId stands here twice',
  })
  .refine((lines) => lines.reduce((sum, line) => sum + line.amountCents, 0) <= MAX_AMOUNT_CENTS, {
    error: `the lines come to more than ${String(MAX_AMOUNT_CENTS)} cents`,
  })
  .openapi({
    description: 'Amounts in cents for the whole line: after discounts, without VAT and shipping.',
    example: [{ lineId: '1', amountCents: 125_000, description: 'Berekening dakkapel' }],
  });

/** Every code on the order, also the shop's own: the shop's own has no partner, but tells that codes are known. */
export const couponCodesSchema = z
  .array(z.string().trim().min(1).max(128).transform(knownCouponCode))
  .max(50)
  .default([])
  .openapi({ type: 'array', items: { type: 'string' }, example: ['WOONBLOG10'] });

/** As it is kept: one of ours in its normal form, another one in upper case. */
export function knownCouponCode(typed: string): string {
  return normaliseCouponCode(typed) ?? typed.trim().toUpperCase().slice(0, 128);
}

export const orderParams = z.object({ orderId: orderIdSchema });

export const orderSchema = z
  .object({
    orderId: orderIdSchema,
    placedAt: instantAnswer.nullable().openapi({
      description: 'Null while something else of the order is known, but not its placing.',
    }),
    currency: currencySchema.nullable(),
    couponCodes: z.array(couponCodeSchema.or(z.string())).readonly(),
    lines: z.array(orderLineSchema).readonly(),
    linesCents: centsSchema,
    refundsCents: centsSchema,
    baseCents: centsSchema.describe('What a commission is reckoned from.'),
    refunds: z
      .array(
        z.object({
          refundId: orderFactIdSchema,
          amountCents: centsSchema,
          occurredAt: instantAnswer,
        }),
      )
      .readonly(),
    completedAt: instantAnswer.nullable(),
    cancelledAt: instantAnswer.nullable(),
    shopId: z.string().nullable(),
    externalId: z.string().nullable(),
  })
  .openapi('Order');

export function orderAnswer({ orderId, currency, couponCodes, lines, ...view }: OrderView) {
  const { linesCents, refundsCents, baseCents, shopId, externalId } = view;
  const { placedAt, completedAt, cancelledAt } = inIso(view, [
    'placedAt',
    'completedAt',
    'cancelledAt',
  ]);
  const refunds = view.refunds.map((refund) => inIso(refund, ['occurredAt']));
  const amounts = { linesCents, refundsCents, baseCents };
  const moments = { placedAt, completedAt, cancelledAt };
  return {
    orderId,
    currency,
    couponCodes,
    lines,
    refunds,
    ...amounts,
    ...moments,
    shopId,
    externalId,
  };
}
