import { z } from 'zod';
import { defineEvent } from '../event-definition.ts';
import { orderIdSchema, partnerIdSchema, programmeIdSchema } from '../identifiers.ts';
import { centsSchema, currencySchema, signedCentsSchema } from '../money.ts';

const payoutId = z.string().min(1).max(64);

/** What a payout pays of one order; negative when it takes back what an earlier payout paid too much. */
export const payoutLineSchema = z.object({
  orderId: orderIdSchema,
  programmeId: programmeIdSchema,
  termsVersion: z.int().min(1),
  /** The candidate that won: a touch id, or `coupon:CODE` for a code on the order. */
  touchId: z.string().min(1).max(140),
  amountCents: signedCentsSchema,
});
export type PayoutLine = z.infer<typeof payoutLineSchema>;

export const PayoutScheduled = defineEvent(
  'PayoutScheduled',
  z.object({
    payoutId,
    partnerId: partnerIdSchema,
    currency: currencySchema,
    amountCents: centsSchema,
    lines: z.array(payoutLineSchema).min(1),
  }),
);
const payout = z.object({ payoutId, partnerId: partnerIdSchema });
export const PayoutExported = defineEvent('PayoutExported', payout);
export const PayoutPaid = defineEvent('PayoutPaid', payout);
export const PayoutFailed = defineEvent(
  'PayoutFailed',
  payout.extend({ reason: z.string().max(500) }),
);
export const PayoutCancelled = defineEvent(
  'PayoutCancelled',
  payout.extend({ reason: z.string().max(500) }),
);

/** Settles what can't or needn't be paid any more; positive lowers the balance, negative raises it. */
export const BalanceWrittenOff = defineEvent(
  'BalanceWrittenOff',
  z.object({
    writeOffId: z.string().min(1).max(64),
    partnerId: partnerIdSchema,
    currency: currencySchema,
    amountCents: signedCentsSchema,
    orderIds: z.array(orderIdSchema).min(1),
    reason: z.string().min(1).max(500),
  }),
);

export const payoutEvents = {
  PayoutScheduled,
  PayoutExported,
  PayoutPaid,
  PayoutFailed,
  PayoutCancelled,
  BalanceWrittenOff,
};
