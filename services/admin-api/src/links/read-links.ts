import { createRoute, z } from '@hono/zod-openapi';
import { partnerIdSchema, programmeIdSchema } from '@provisie/domain';
import { pageAnswer, pageQuery, pageRequest, pageSchema } from '@provisie/http';
import type { Endpoint } from '../api.ts';
import { given } from '../given.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, readFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { linkAnswer, linkParams, linkSchema } from './link.ts';

export const listLinks: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/links',
    tags: ['Links'],
    summary: 'List links',
    ...api.reads('admin', 'finance'),
    request: {
      query: z.strictObject({
        partnerId: partnerIdSchema.optional(),
        programmeId: programmeIdSchema.optional(),
        ...pageQuery,
        ...waitQuery,
      }),
    },
    responses: { 200: jsonAnswer('A page.', pageSchema(linkSchema)), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const { partnerId, programmeId, ...query } = c.req.valid('query');
    const page = await api.readModel.links(given({ partnerId, programmeId }), pageRequest(query));
    return c.json(pageAnswer(c, page, linkAnswer(api.trackerBaseUrl)), 200);
  });
};

export const getLink: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/links/{code}',
    tags: ['Links'],
    summary: 'Read a link',
    ...api.reads('admin', 'finance'),
    request: { params: linkParams, query: z.strictObject(waitQuery) },
    responses: { 200: jsonAnswer('The link.', linkSchema), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const link = await api.readModel.link(c.req.valid('param').code);
    if (link === null) throw problem('not_found', 'There is no such link.');
    return c.json(linkAnswer(api.trackerBaseUrl)(link), 200);
  });
};
