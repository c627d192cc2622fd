import { createRoute, z } from '@hono/zod-openapi';
import { partnerIdSchema } from '@provisie/domain';
import { pageAnswer, pageQuery, pageRequest, pageSchema } from '@provisie/http';
import type { Endpoint } from '../api.ts';
import { given } from '../given.ts';
import { instantInput } from '../instants.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, readFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { orderAnswer, orderParams, orderSchema } from './order.ts';

export const listOrders: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/orders',
    tags: ['Orders'],
    summary: 'List orders',
    ...api.reads('admin', 'finance'),
    request: {
      query: z.strictObject({
        partnerId: partnerIdSchema.optional().openapi({ description: 'Who it is awarded to.' }),
        placedFrom: instantInput.optional(),
        placedBefore: instantInput.optional().openapi({ description: 'Exclusive.' }),
        ...pageQuery,
        ...waitQuery,
      }),
    },
    responses: { 200: jsonAnswer('A page.', pageSchema(orderSchema)), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const { partnerId, placedFrom, placedBefore, ...query } = c.req.valid('query');
    const filter = given({ partnerId, placedFrom, placedBefore });
    const page = await api.readModel.orders(filter, pageRequest(query));
    return c.json(pageAnswer(c, page, orderAnswer), 200);
  });
};

export const getOrder: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/orders/{orderId}',
    tags: ['Orders'],
    summary: 'Read an order',
    ...api.reads('admin', 'finance', 'orders'),
    request: { params: orderParams, query: z.strictObject(waitQuery) },
    responses: { 200: jsonAnswer('The order.', orderSchema), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const order = await api.readModel.order(c.req.valid('param').orderId);
    if (order === null) throw problem('not_found', 'There is no such order.');
    return c.json(orderAnswer(order), 200);
  });
};
