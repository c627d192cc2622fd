import { z } from '@hono/zod-openapi';
import { DEFAULT_TERMS, payableCurrencySchema, termsSchema } from '@provisie/domain';

const { shape } = termsSchema;

const currency = payableCurrencySchema;

const whenPaid = {
  payoutSchedule: shape.payoutSchedule.default(DEFAULT_TERMS.payoutSchedule),
  minimumCustomers: shape.minimumCustomers.default(DEFAULT_TERMS.minimumCustomers),
};

/** Terms of which only what differs from the usual ones has to be said. */
export const firstTerms = z.strictObject({
  currency: currency.default(DEFAULT_TERMS.currency),
  reward: shape.reward.default(DEFAULT_TERMS.reward),
  windowDays: shape.windowDays.default(DEFAULT_TERMS.windowDays),
  precedence: shape.precedence.default(DEFAULT_TERMS.precedence),
  commissionBase: shape.commissionBase.default(DEFAULT_TERMS.commissionBase),
  holdDays: shape.holdDays.default(DEFAULT_TERMS.holdDays),
  holdFrom: shape.holdFrom.default(DEFAULT_TERMS.holdFrom),
  payoutThresholdCents: shape.payoutThresholdCents.default(DEFAULT_TERMS.payoutThresholdCents),
  consent: shape.consent.default(DEFAULT_TERMS.consent),
  ...whenPaid,
});

/** Later terms are said in full, but for when they are paid: on demand and from the first customer on. */
export const laterTerms = termsSchema.extend({ currency, ...whenPaid });
