import { merchantDetailsSchema } from '@provisie/domain';
import { payoutDetailsShape } from '@provisie/payouts';
import { z } from 'zod';

/** A moment as ISO 8601 text in UTC. */
const moment = z.iso.datetime();

const scope = z.discriminatedUnion('orders', [
  z.object({ orders: z.literal('first_order') }),
  z.object({ orders: z.literal('every_order') }),
  z.object({ orders: z.literal('first_n_orders'), count: z.int() }),
]);

const utm = z.record(z.enum(['source', 'medium', 'campaign']), z.string());

/** `examples/quarter/setup.json`: what an office that moves in brings along, with the dates it had. */
export const setupSchema = z.object({
  office: z.string(),
  /** The first and the last UTC day of the quarter. */
  fromDay: z.iso.date(),
  toDay: z.iso.date(),
  /** The moment at which the balances are stated. */
  balanceAt: moment,
  shop: z.object({ shopId: z.string(), name: z.string(), url: z.url() }),
  merchant: merchantDetailsSchema,
  programmes: z.array(
    z.object({
      programmeId: z.string(),
      name: z.string(),
      hosts: z.array(z.string()),
      openedAt: moment,
      terms: z.object({
        currency: z.string(),
        reward: z.discriminatedUnion('kind', [
          z.object({
            kind: z.literal('percentage'),
            rateBps: z.int(),
            scope,
          }),
          z.object({
            kind: z.literal('fixed'),
            amountCents: z.int(),
            scope,
          }),
        ]),
        windowDays: z.int(),
        precedence: z.enum(['coupon', 'link']),
        commissionBase: z.literal('net_lines'),
        holdDays: z.int(),
        holdFrom: z.enum(['placed', 'completed']),
        payoutThresholdCents: z.int(),
        consent: z.object({
          default: z.enum(['required', 'exempt', 'off']),
          countries: z.record(z.string(), z.enum(['required', 'exempt', 'off'])),
        }),
      }),
    }),
  ),
  partners: z.array(
    z.object({
      partnerId: z.string(),
      name: z.string(),
      email: z.email(),
      website: z.url(),
      appliedAt: moment,
      approvedAt: moment,
      suspensions: z.array(
        z.object({ from: moment, reason: z.string(), until: moment.optional() }),
      ),
      /** Where the money goes, since `payableSince`; left out by who never told. */
      payee: payoutDetailsShape.optional(),
      payableSince: moment,
    }),
  ),
  links: z.array(
    z.object({
      code: z.string(),
      programmeId: z.string(),
      partnerId: z.string(),
      destination: z.url(),
      label: z.string(),
      utm: utm.optional(),
      createdAt: moment,
      disabledAt: moment.optional(),
    }),
  ),
  coupons: z.array(
    z.object({
      code: z.string(),
      programmeId: z.string(),
      partnerId: z.string(),
      issuedAt: moment,
      validUntil: moment.optional(),
      withdrawnAt: moment.optional(),
    }),
  ),
});

export type Setup = z.infer<typeof setupSchema>;

/** One delivery of the shop, as `examples/quarter/webhooks.jsonl.gz` holds it, a line each. */
export const deliverySchema = z.object({
  topic: z.enum(['order.created', 'order.updated']),
  deliveryId: z.string(),
  /** As WooCommerce sends them, but for the signature: that needs the shop's secret. */
  headers: z.record(z.string(), z.string()),
  /** The exact bytes that were signed. */
  body: z.string(),
});

export type Delivery = z.infer<typeof deliverySchema>;
