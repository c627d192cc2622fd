import * as z from 'zod';
import { basisPointsSchema, centsSchema, currencySchema } from './money.ts';

/** Which of a customer's orders earn the reward. */
const rewardScopeSchema = z.discriminatedUnion('orders', [
  z.strictObject({ orders: z.literal('first_order') }),
  z.strictObject({ orders: z.literal('every_order') }),
  z.strictObject({ orders: z.literal('first_n_orders'), count: z.int().min(1).max(1000) }),
]);
export type RewardScope = z.infer<typeof rewardScopeSchema>;

export const rewardSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('percentage'),
    rateBps: basisPointsSchema,
    scope: rewardScopeSchema,
  }),
  z.strictObject({ kind: z.literal('fixed'), amountCents: centsSchema, scope: rewardScopeSchema }),
]);
export type Reward = z.infer<typeof rewardSchema>;

/**
 * `required`: a touch counts only with consent given. `exempt`: it counts unless consent was denied.
 * `off`: the consent signal is not looked at.
 */
const consentModeSchema = z.enum(['required', 'exempt', 'off']);
export type ConsentMode = z.infer<typeof consentModeSchema>;

/**
 * When a partner's balance is paid: whenever a run is made, or once a month from a day on (`31`: the last day of
 * shorter months), which begins at midnight in `timeZone` (IANA name).
 */
const payoutScheduleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('on_demand') }),
  z.strictObject({
    kind: z.literal('monthly'),
    dayOfMonth: z.int().min(1).max(31),
    timeZone: z.string().refine(isTimeZone, 'an IANA time zone such as Europe/Amsterdam'),
  }),
]);
export type PayoutSchedule = z.infer<typeof payoutScheduleSchema>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** A term of a name that isn't known here is refused, never left out: without it, other amounts would be worked out. */
export const termsSchema = z.strictObject({
  currency: currencySchema,
  reward: rewardSchema,
  windowDays: z.int().min(1).max(3650),
  /** Which wins when both a coupon and a link count. */
  precedence: z.enum(['coupon', 'link']),
  /** Line amounts after discounts, without VAT and shipping, minus refunds of the same. */
  commissionBase: z.literal('net_lines'),
  holdDays: z.int().min(0).max(3650),
  holdFrom: z.enum(['placed', 'completed']),
  payoutThresholdCents: centsSchema,
  payoutSchedule: payoutScheduleSchema,
  /** Nothing is paid before the partner has brought as many customers; 0: paid from the first. */
  minimumCustomers: z.int().min(0).max(1000),
  consent: z.strictObject({
    default: consentModeSchema,
    /** By ISO 3166-1 alpha-2 country of the touch. */
    countries: z.record(z.string().regex(/^[A-Z]{2}$/), consentModeSchema),
  }),
});
export type Terms = z.infer<typeof termsSchema>;

/** Some of the terms, which are to take the place of others. */
export const changedTermsSchema = termsSchema.partial();
export type ChangedTerms = z.infer<typeof changedTermsSchema>;

/** The first programme's: 10 % of a first order, 90 days, coupon before link, 14 days' hold, €50. */
export const DEFAULT_TERMS: Terms = {
  currency: 'EUR',
  reward: { kind: 'percentage', rateBps: 1000, scope: { orders: 'first_order' } },
  windowDays: 90,
  precedence: 'coupon',
  commissionBase: 'net_lines',
  holdDays: 14,
  holdFrom: 'placed',
  payoutThresholdCents: 5000,
  payoutSchedule: { kind: 'on_demand' },
  minimumCustomers: 0,
  consent: { default: 'exempt', countries: {} },
};
