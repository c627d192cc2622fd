import { createRoute, z } from '@hono/zod-openapi';
import { explain } from '@provisie/domain';
import { circumstancesOf } from '@provisie/read-model';
import type { Endpoint } from '../api.ts';
import { partnerNames } from '../partners/read-partners.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, readFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { decisionAnswer, decisionSchema } from './decision.ts';
import { orderParams } from './order.ts';

/** Why did A get this, and not B? */
export const getDecision: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/orders/{orderId}/decision',
    tags: ['Orders'],
    summary: 'Read why an order earned what it earned',
    description:
      'Every candidate with the reason why it won or did not, the terms, the arithmetic, and the same in words. An order that earns nothing has a decision too.',
    ...api.reads('admin', 'finance'),
    request: { params: orderParams, query: z.strictObject(waitQuery) },
    responses: { 200: jsonAnswer('The decision.', decisionSchema), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const decision = await api.readModel.decision(c.req.valid('param').orderId);
    if (decision === null) {
      throw problem('not_found', 'There is no decision: no such order has been placed.');
    }
    const names = await partnerNames(
      api,
      decision.candidates.map(({ partnerId }) => partnerId),
    );
    const explanation = explain(decision, {
      names: (partnerId) => names.get(partnerId) ?? partnerId,
      at: api.now(),
      circumstances: await circumstancesOf(api.readModel, decision),
    });
    return c.json(decisionAnswer(decision, explanation, names), 200);
  });
};
