import { createRoute, z } from '@hono/zod-openapi';
import {
  centsSchema,
  orderFactIdSchema,
  orderIdSchema,
  payableCurrencySchema,
  shopIdSchema,
  visitorIdSchema,
} from '@provisie/domain';
import type { Api, Endpoint } from '../api.ts';
import { clickIdOf } from '../fact-ids.ts';
import { given } from '../given.ts';
import { instantInput } from '../instants.ts';
import { notInFuture } from '../moments.ts';
import { jsonBody } from '../route-parts.ts';
import { customerKeyOf, customerSchema } from './customer.ts';
import { createOrderCommands } from './order-commands.ts';
import { createLockReader } from './order-lock.ts';
import { reportAnswer, reportAnswers } from './order-report-answer.ts';
import { API_SHOP, couponCodesSchema, linesSchema, orderParams } from './order.ts';

const reason = z.string().min(1).max(500).optional();
const occurredAt = instantInput.optional().openapi({
  description: 'When it happened. Without it, when we heard of it first.',
});

/** The commands with everything that this API has. */
function ordersOf(api: Api) {
  const lockOf = createLockReader(api.store, api.readModel, api.allLimits.waitMs);
  return createOrderCommands({ store: api.store, now: api.now, lockOf });
}

const when = (api: Api, at: number | undefined) =>
  at === undefined ? null : notInFuture(at, api.now(), '/occurredAt');

const placing = z.strictObject({
  orderId: orderIdSchema,
  placedAt: instantInput.openapi({ description: 'When the customer placed it: decides the rest.' }),
  customer: customerSchema,
  currency: payableCurrencySchema,
  lines: linesSchema,
  couponCodes: couponCodesSchema,
  visitorId: visitorIdSchema.optional(),
  clickId: z.string().min(1).max(500).optional().openapi({
    description: '`click_id` of the landing page; one of another system is taken too.',
  }),
  shopId: shopIdSchema.optional(),
  externalId: z.string().min(1).max(128).optional().openapi({
    description: 'The order’s id in the shop. Default the `orderId`.',
  }),
});

export const placeOrder: Endpoint = (api) => {
  const orders = ordersOf(api);
  const route = createRoute({
    method: 'post',
    path: '/v1/orders',
    tags: ['Orders'],
    summary: 'Report that an order was placed',
    description:
      'Safe to repeat: the same order again gives the same answer, other content under the same `orderId` is refused with the differences.',
    ...api.writes('admin', 'orders'),
    request: { body: jsonBody(placing) },
    responses: reportAnswers,
  });
  api.app.openapi(route, async (c) => {
    const { placedAt, customer, clickId, shopId, externalId, visitorId, ...order } =
      c.req.valid('json');
    const { orderId } = order;
    const key = await customerKeyOf(api.customerKeys, {
      email: customer.email ?? null,
      customerId: customer.id ?? null,
      shopId: shopId ?? API_SHOP,
      orderId,
    });
    const source =
      shopId === undefined && externalId === undefined
        ? undefined
        : { shopId: shopId ?? API_SHOP, externalId: externalId ?? orderId };
    const data = {
      ...order,
      customer: key,
      ...given({
        visitorId,
        clickId: clickId === undefined ? undefined : clickIdOf(clickId),
        source,
      }),
    };
    const at = notInFuture(placedAt, api.now(), '/placedAt');
    return reportAnswer(c, await orders.place(at, data, c.get('principal').keyId));
  });
};

export const amendOrder: Endpoint = (api) => {
  const orders = ordersOf(api);
  const route = createRoute({
    method: 'post',
    path: '/v1/orders/{orderId}/amendments',
    tags: ['Orders'],
    summary: 'Report that an order’s lines were replaced',
    description: 'Refused once a payout has fixed the order.',
    ...api.writes('admin', 'orders'),
    request: {
      params: orderParams,
      body: jsonBody(
        z.strictObject({ amendmentId: orderFactIdSchema, lines: linesSchema, occurredAt }),
      ),
    },
    responses: reportAnswers,
  });
  api.app.openapi(route, async (c) => {
    const { occurredAt: at, ...amendment } = c.req.valid('json');
    const data = { ...c.req.valid('param'), ...amendment };
    return reportAnswer(c, await orders.amend(when(api, at), data, c.get('principal').keyId));
  });
};

export const refundOrder: Endpoint = (api) => {
  const orders = ordersOf(api);
  const route = createRoute({
    method: 'post',
    path: '/v1/orders/{orderId}/refunds',
    tags: ['Orders'],
    summary: 'Report that something of an order was refunded',
    ...api.writes('admin', 'orders'),
    request: {
      params: orderParams,
      body: jsonBody(
        z.strictObject({
          refundId: orderFactIdSchema,
          amountCents: centsSchema.describe('Of line amounts only: without VAT and shipping.'),
          occurredAt,
        }),
      ),
    },
    responses: reportAnswers,
  });
  api.app.openapi(route, async (c) => {
    const { occurredAt: at, ...refund } = c.req.valid('json');
    const data = { ...c.req.valid('param'), ...refund };
    return reportAnswer(c, await orders.refund(when(api, at), data, c.get('principal').keyId));
  });
};

export const cancelOrder: Endpoint = (api) => {
  const orders = ordersOf(api);
  const route = createRoute({
    method: 'post',
    path: '/v1/orders/{orderId}/cancellation',
    tags: ['Orders'],
    summary: 'Report that an order was cancelled',
    ...api.writes('admin', 'orders'),
    request: { params: orderParams, body: jsonBody(z.strictObject({ occurredAt, reason })) },
    responses: reportAnswers,
  });
  api.app.openapi(route, async (c) => {
    const { occurredAt: at, reason: why } = c.req.valid('json');
    const data = { ...c.req.valid('param'), ...given({ reason: why }) };
    return reportAnswer(c, await orders.cancel(when(api, at), data, c.get('principal').keyId));
  });
};

export const completeOrder: Endpoint = (api) => {
  const orders = ordersOf(api);
  const route = createRoute({
    method: 'post',
    path: '/v1/orders/{orderId}/completion',
    tags: ['Orders'],
    summary: 'Report that an order was completed',
    ...api.writes('admin', 'orders'),
    request: { params: orderParams, body: jsonBody(z.strictObject({ occurredAt })) },
    responses: reportAnswers,
  });
  api.app.openapi(route, async (c) => {
    const at = when(api, c.req.valid('json').occurredAt);
    const data = c.req.valid('param');
    return reportAnswer(c, await orders.complete(at, data, c.get('principal').keyId));
  });
};
