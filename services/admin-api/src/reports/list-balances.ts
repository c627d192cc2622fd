import { createRoute, z } from '@hono/zod-openapi';
import { partnerIdSchema } from '@provisie/domain';
import { pageAnswer, pageQuery, pageRequest, pageSchema } from '@provisie/http';
import type { Endpoint } from '../api.ts';
import { given } from '../given.ts';
import { instantInput } from '../instants.ts';
import { heardBy } from '../moments.ts';
import { jsonAnswer, readFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { balanceSchema } from './balance.ts';

export const listBalances: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/balances',
    tags: ['Reports'],
    summary: 'List balances, now or as of a moment',
    ...api.reads('admin', 'finance'),
    request: {
      query: z.strictObject({
        partnerId: partnerIdSchema.optional(),
        asOf: instantInput
          .optional()
          .openapi({ description: 'What was true at this moment. Default now.' }),
        knownAt: instantInput.optional().openapi({
          description: 'What had been heard by this moment. Default everything heard so far.',
        }),
        ...pageQuery,
        ...waitQuery,
      }),
    },
    responses: { 200: jsonAnswer('A page.', pageSchema(balanceSchema)), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const { partnerId, asOf = api.now(), knownAt: told, ...query } = c.req.valid('query');
    const knownAt = heardBy(told, api.now(), 'query/knownAt');
    const page = await api.readModel.balances(
      given({ partnerId }),
      { asOf, knownAt },
      pageRequest(query),
    );
    return c.json(
      pageAnswer(c, page, (balance) => balance),
      200,
    );
  });
};
