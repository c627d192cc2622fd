import { createRoute, z } from '@hono/zod-openapi';
import type { Endpoint } from '../api.ts';
import { jsonAnswer, readFailures } from '../route-parts.ts';
import { changesAnswer, changesQuery, changesSchema } from '../statements/statement-changes.ts';
import { statementAnswer, statementQuery, statementSchema } from '../statements/statement.ts';
import { ownPartnerId, ownTags } from './me.ts';

export const getOwnStatement: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/me/statement',
    tags: ownTags,
    summary: 'Read my account as a running statement',
    description: 'As of any moment, and as it was known at any: a statement can be made again.',
    ...api.reads('partner'),
    request: { query: z.strictObject(statementQuery) },
    responses: { 200: jsonAnswer('A page of the statement.', statementSchema), ...readFailures },
  });
  api.app.openapi(route, async (c) =>
    c.json(await statementAnswer(api, c, ownPartnerId(c), c.req.valid('query')), 200),
  );
};

export const getOwnStatementChanges: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/me/statement/changes',
    tags: ownTags,
    summary: 'Read why my account changed',
    description: 'What I saw at the end of March, what I see now, and every line between.',
    ...api.reads('partner'),
    request: { query: z.strictObject(changesQuery) },
    responses: { 200: jsonAnswer('A page of the lines.', changesSchema), ...readFailures },
  });
  api.app.openapi(route, async (c) =>
    c.json(await changesAnswer(api, c, ownPartnerId(c), c.req.valid('query')), 200),
  );
};
