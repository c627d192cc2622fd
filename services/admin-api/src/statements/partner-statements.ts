import { createRoute, z } from '@hono/zod-openapi';
import type { Api, Endpoint } from '../api.ts';
import { partnerParams } from '../partners/partner.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, readFailures } from '../route-parts.ts';
import { changesAnswer, changesQuery, changesSchema } from './statement-changes.ts';
import { statementAnswer, statementQuery, statementSchema } from './statement.ts';

export const getStatement: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/partners/{partnerId}/statement',
    tags: ['Partners'],
    summary: 'Read a partner’s account as a running statement',
    description: 'As of any moment, and as it was known at any: a statement can be made again.',
    ...api.reads('admin', 'finance'),
    request: { params: partnerParams, query: z.strictObject(statementQuery) },
    responses: { 200: jsonAnswer('A page of the statement.', statementSchema), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const { partnerId } = c.req.valid('param');
    await mustExist(api, partnerId);
    return c.json(await statementAnswer(api, c, partnerId, c.req.valid('query')), 200);
  });
};

export const getStatementChanges: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/partners/{partnerId}/statement/changes',
    tags: ['Partners'],
    summary: 'Read why a partner’s account changed',
    description:
      'What the partner saw at the end of March, what it sees now, and every line between, with what caused it.',
    ...api.reads('admin', 'finance'),
    request: { params: partnerParams, query: z.strictObject(changesQuery) },
    responses: { 200: jsonAnswer('A page of the lines.', changesSchema), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const { partnerId } = c.req.valid('param');
    await mustExist(api, partnerId);
    return c.json(await changesAnswer(api, c, partnerId, c.req.valid('query')), 200);
  });
};

async function mustExist({ readModel }: Api, partnerId: string): Promise<void> {
  if ((await readModel.partner(partnerId)) !== null) return;
  throw problem('not_found', 'There is no such partner.');
}
