import { createRoute, z } from '@hono/zod-openapi';
import { partnerIdSchema } from '@provisie/domain';
import { pageAnswer, pageQuery, pageRequest, pageSchema } from '@provisie/http';
import type { Endpoint } from '../api.ts';
import { given } from '../given.ts';
import { jsonAnswer, readFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { commissionAnswer, commissionQuery, commissionSchema } from './commission.ts';

export const listCommissions: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/commissions',
    tags: ['Commissions'],
    summary: 'List commissions',
    ...api.reads('admin', 'finance'),
    request: {
      query: z.strictObject({
        partnerId: partnerIdSchema.optional(),
        ...commissionQuery,
        ...pageQuery,
        ...waitQuery,
      }),
    },
    responses: { 200: jsonAnswer('A page.', pageSchema(commissionSchema)), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const { limit, cursor, waitFor: _, at = api.now(), ...filter } = c.req.valid('query');
    const page = await api.readModel.commissions(
      { ...given(filter), at },
      pageRequest({ limit, cursor }),
    );
    return c.json(pageAnswer(c, page, commissionAnswer), 200);
  });
};
