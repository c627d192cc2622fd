import * as z from 'zod';
import { defineEvent } from '../event-definition.ts';
import {
  orderIdSchema,
  partnerIdSchema,
  payoutIdSchema,
  programmeIdSchema,
} from '../identifiers.ts';
import { payoutRunIdSchema } from '../identifiers.ts';
import { currencySchema, signedCentsSchema, sumCentsSchema } from '../money.ts';
import { taxProfileSchema, vatPartSchema } from '../payout/tax.ts';

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

/** Of one payout: as many as an event holds, however long their ids. */
export const MOST_PAYOUT_LINES = 30_000;

export const PayoutScheduled = defineEvent(
  'PayoutScheduled',
  z.object({
    payoutId: payoutIdSchema,
    runId: payoutRunIdSchema,
    partnerId: partnerIdSchema,
    currency: currencySchema,
    /** The sum of the lines, without VAT. */
    amountCents: sumCentsSchema,
    /** What is invoiced and what is credited, per rate. */
    vat: z.array(vatPartSchema),
    /** What the bank transfers: `amountCents` and the VAT. */
    totalCents: sumCentsSchema,
    taxProfile: taxProfileSchema,
    /** The `PayoutDetailsChanged` event that holds the account it goes to. */
    payoutDetailsId: z.guid(),
    lines: z.array(payoutLineSchema).min(1).max(MOST_PAYOUT_LINES),
  }),
);

const payout = z.object({ payoutId: payoutIdSchema, partnerId: partnerIdSchema });

/** It stands in a payment file. `attempt`: of the run's files, from 1. */
export const PayoutExported = defineEvent(
  'PayoutExported',
  payout.extend({ attempt: z.int().min(1) }),
);
export const PayoutPaid = defineEvent(
  'PayoutPaid',
  payout.extend({
    /** Of the bank, where it gave one. */
    reference: z.string().min(1).max(140).optional(),
  }),
);
export const PayoutFailed = defineEvent(
  'PayoutFailed',
  payout.extend({
    reason: z.string().max(500),
    /** The money had left the account and came back; else it is only known that the payment isn't carried out. */
    returned: z.literal(true).optional(),
  }),
);
export const PayoutCancelled = defineEvent(
  'PayoutCancelled',
  payout.extend({ reason: z.string().max(500) }),
);

/** Settles what can't or needn't be paid any more; a positive line lowers the balance, a negative one raises it. */
export const BalanceWrittenOff = defineEvent(
  'BalanceWrittenOff',
  z.object({
    writeOffId: z.string().min(1).max(64),
    partnerId: partnerIdSchema,
    currency: currencySchema,
    lines: z.array(z.object({ orderId: orderIdSchema, amountCents: signedCentsSchema })).min(1),
    reason: z.string().min(1).max(500),
    /** The access key of the person. */
    by: z.string().min(1).max(64),
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
