import { createRoute, z } from '@hono/zod-openapi';
import { partnerIdSchema, programmeIdSchema } from '@provisie/domain';
import { pageAnswer, pageQuery, pageRequest, pageSchema } from '@provisie/http';
import type { Endpoint } from '../api.ts';
import { given } from '../given.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, readFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { couponAnswer, couponParams, couponSchema } from './coupon.ts';

export const listCoupons: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/coupons',
    tags: ['Coupons'],
    summary: 'List coupons',
    ...api.reads('admin', 'finance'),
    request: {
      query: z.strictObject({
        partnerId: partnerIdSchema.optional(),
        programmeId: programmeIdSchema.optional(),
        ...pageQuery,
        ...waitQuery,
      }),
    },
    responses: { 200: jsonAnswer('A page.', pageSchema(couponSchema)), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const { partnerId, programmeId, ...query } = c.req.valid('query');
    const page = await api.readModel.coupons(given({ partnerId, programmeId }), pageRequest(query));
    return c.json(pageAnswer(c, page, couponAnswer), 200);
  });
};

export const getCoupon: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/coupons/{code}',
    tags: ['Coupons'],
    summary: 'Read a coupon',
    ...api.reads('admin', 'finance'),
    request: { params: couponParams, query: z.strictObject(waitQuery) },
    responses: { 200: jsonAnswer('The coupon.', couponSchema), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const coupon = await api.readModel.coupon(c.req.valid('param').code);
    if (coupon === null) throw problem('not_found', 'There is no such coupon.');
    return c.json(couponAnswer(coupon), 200);
  });
};
