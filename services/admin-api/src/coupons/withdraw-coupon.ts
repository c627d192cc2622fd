import { createRoute, z } from '@hono/zod-openapi';
import { newFact, streams } from '@provisie/domain';
import { change, written } from '../api.ts';
import type { Endpoint } from '../api.ts';
import { jsonAnswer, writeFailures } from '../route-parts.ts';
import { couponAnswer, couponParams, knownCoupon, writtenCoupon } from './coupon.ts';

/** Orders placed from now on earn nothing by it. A withdrawn coupon stays so. */
export const withdrawCoupon: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/coupons/{code}/withdraw',
    tags: ['Coupons'],
    summary: 'Withdraw a coupon',
    ...api.writes('admin'),
    request: {
      params: couponParams,
      body: {
        content: {
          'application/json': {
            schema: z.strictObject({ reason: z.string().max(500).optional() }),
          },
        },
      },
    },
    responses: { 200: jsonAnswer('The coupon.', writtenCoupon), ...writeFailures },
  });
  api.app.openapi(route, async (c) => {
    const { code } = c.req.valid('param');
    const data = { code, ...c.req.valid('json') };
    const changed = await change(api, c, {
      stream: streams.coupon(code),
      decide: (facts, newId) =>
        knownCoupon(facts).withdrawnAt === null
          ? [newFact('CouponWithdrawn', { id: newId(), occurredAt: api.now(), data })]
          : [],
    });
    const coupon = couponAnswer(knownCoupon(changed.facts));
    return c.json(written(c, changed, { coupon }), 200);
  });
};
