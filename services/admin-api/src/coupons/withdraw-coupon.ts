import { createRoute, z } from '@hono/zod-openapi';
import { newFact, streams } from '@provisie/domain';
import { change, written } from '../api.ts';
import type { Endpoint } from '../api.ts';
import { DECIDED_ANEW, momentOfChange, pastMoment } from '../moments.ts';
import { jsonAnswer, optionalBody, writeFailures } from '../route-parts.ts';
import { couponAnswer, couponParams, knownCoupon, writtenCoupon } from './coupon.ts';

/** Orders placed from then on earn nothing by it. A withdrawn coupon stays so. */
export const withdrawCoupon: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/coupons/{code}/withdraw',
    tags: ['Coupons'],
    summary: 'Withdraw a coupon',
    ...api.writes('admin'),
    request: {
      params: couponParams,
      body: optionalBody(
        z.strictObject({
          reason: z.string().max(500).optional(),
          withdrawnAt: pastMoment(DECIDED_ANEW),
        }),
      ),
    },
    responses: { 200: jsonAnswer('The coupon.', writtenCoupon), ...writeFailures },
  });
  api.app.openapi(route, async (c) => {
    const { code } = c.req.valid('param');
    const { withdrawnAt: told, ...more } = c.req.valid('json');
    const changed = await change(api, c, {
      stream: streams.coupon(code),
      decide: (facts, newId) => {
        const { withdrawnAt, issuedAt: since } = knownCoupon(facts);
        if (withdrawnAt !== null) return [];
        const moment = { told, now: api.now(), since, path: '/withdrawnAt' };
        const occurredAt = momentOfChange(facts, moment);
        return [newFact('CouponWithdrawn', { id: newId(), occurredAt, data: { code, ...more } })];
      },
    });
    const coupon = couponAnswer(knownCoupon(changed.facts));
    return c.json(written(c, changed, { coupon }), 200);
  });
};
