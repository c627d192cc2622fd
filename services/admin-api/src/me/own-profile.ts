import { createRoute, z } from '@hono/zod-openapi';
import type { Endpoint } from '../api.ts';
import { ownPartnerAnswer, ownPartnerSchema } from '../partners/partner.ts';
import { openProfile } from '../partners/profile.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, readFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { ownPartnerId, ownTags } from './me.ts';

export const getMe: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/me',
    tags: ownTags,
    summary: 'Read who I am here',
    ...api.reads('partner'),
    request: { query: z.strictObject(waitQuery) },
    responses: { 200: jsonAnswer('The partner.', ownPartnerSchema), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const partner = await api.readModel.partner(ownPartnerId(c));
    if (partner === null) throw problem('not_found', 'There is no such partner (yet).');
    return c.json(ownPartnerAnswer(partner, await openProfile(api.vault, partner.profile)), 200);
  });
};
