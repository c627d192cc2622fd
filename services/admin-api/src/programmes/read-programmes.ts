import { createRoute, z } from '@hono/zod-openapi';
import { pageAnswer, pageQuery, pageRequest, pageSchema } from '@provisie/http';
import type { Endpoint } from '../api.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, readFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { programmeAnswer, programmeParams, programmeSchema } from './programme.ts';

export const listProgrammes: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/programmes',
    tags: ['Programmes'],
    summary: 'List programmes',
    ...api.reads('admin', 'finance'),
    request: { query: z.strictObject({ ...pageQuery, ...waitQuery }) },
    responses: { 200: jsonAnswer('A page.', pageSchema(programmeSchema)), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const page = await api.readModel.programmes(pageRequest(c.req.valid('query')));
    return c.json(pageAnswer(c, page, programmeAnswer), 200);
  });
};

export const getProgramme: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/programmes/{programmeId}',
    tags: ['Programmes'],
    summary: 'Read a programme and all its terms',
    ...api.reads('admin', 'finance'),
    request: { params: programmeParams, query: z.strictObject(waitQuery) },
    responses: { 200: jsonAnswer('The programme.', programmeSchema), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const programme = await api.readModel.programme(c.req.valid('param').programmeId);
    if (programme === null) throw problem('not_found', 'There is no such programme.');
    return c.json(programmeAnswer(programme), 200);
  });
};
