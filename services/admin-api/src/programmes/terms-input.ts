import { z } from '@hono/zod-openapi';
import { DEFAULT_TERMS, payableCurrencySchema, termsSchema } from '@provisie/domain';

const { shape } = termsSchema;

/** The terms, and what the reference says of each. */
const described = {
  currency: payableCurrencySchema.describe('What the programme pays in; only orders in it earn.'),
  reward: shape.reward.describe(
    'What an order earns: a percentage of its base in hundredths of a percent (`rateBps`), or a fixed amount; and which of a customer’s orders earn it.',
  ),
  windowDays: shape.windowDays.describe('For how many days before the order a touch counts.'),
  precedence: shape.precedence.describe('Which wins when both a coupon and a link count.'),
  commissionBase: shape.commissionBase.describe(
    'Line amounts after discounts, without VAT and shipping, minus refunds of the same.',
  ),
  holdDays: shape.holdDays.describe('After how many days a commission is payable.'),
  holdFrom: shape.holdFrom.describe('Whether they begin when the order is placed or completed.'),
  payoutThresholdCents: shape.payoutThresholdCents.describe(
    'A lower balance isn’t paid: it stays and adds up.',
  ),
  payoutSchedule: shape.payoutSchedule.describe(
    'Paid by every payout run, or once a month from a day on; 31 is the last day of shorter months.',
  ),
  minimumCustomers: shape.minimumCustomers.describe(
    'Nothing is paid before the partner has brought as many customers.',
  ),
  consent: shape.consent.describe(
    '`required`: a touch counts only with consent given. `exempt`: it counts unless consent was denied. `off`: consent isn’t looked at. `countries`: where it differs, by ISO 3166-1 alpha-2 code.',
  ),
} satisfies typeof shape;

const whenPaid = {
  payoutSchedule: described.payoutSchedule.default(DEFAULT_TERMS.payoutSchedule),
  minimumCustomers: described.minimumCustomers.default(DEFAULT_TERMS.minimumCustomers),
};

/** Terms of which only what differs from the usual ones has to be said. */
export const firstTerms = z.strictObject({
  currency: described.currency.default(DEFAULT_TERMS.currency),
  reward: described.reward.default(DEFAULT_TERMS.reward),
  windowDays: described.windowDays.default(DEFAULT_TERMS.windowDays),
  precedence: described.precedence.default(DEFAULT_TERMS.precedence),
  commissionBase: described.commissionBase.default(DEFAULT_TERMS.commissionBase),
  holdDays: described.holdDays.default(DEFAULT_TERMS.holdDays),
  holdFrom: described.holdFrom.default(DEFAULT_TERMS.holdFrom),
  payoutThresholdCents: described.payoutThresholdCents.default(DEFAULT_TERMS.payoutThresholdCents),
  consent: described.consent.default(DEFAULT_TERMS.consent),
  ...whenPaid,
});

/** Later terms are said in full, but for when they are paid: on demand and from the first customer on. */
export const laterTerms = z.strictObject({ ...described, ...whenPaid });
