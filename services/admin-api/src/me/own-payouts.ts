import { createRoute, z } from '@hono/zod-openapi';
import { payoutIdSchema } from '@provisie/domain';
import { pageAnswer, pageQuery, pageRequest, pageSchema } from '@provisie/http';
import type { Endpoint } from '../api.ts';
import { documentSchema } from '../payouts/document.ts';
import {
  payoutAnswer,
  payoutSchema,
  payoutSummaryAnswer,
  payoutSummarySchema,
} from '../payouts/payout.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, readFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { ownPartnerId, ownTags } from './me.ts';

export const listOwnPayouts: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/me/payouts',
    tags: ownTags,
    summary: 'List my payouts, newest first',
    ...api.reads('partner'),
    request: { query: z.strictObject({ ...pageQuery, ...waitQuery }) },
    responses: { 200: jsonAnswer('A page.', pageSchema(payoutSummarySchema)), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const filter = { partnerId: ownPartnerId(c) };
    const page = await api.readModel.payouts(filter, pageRequest(c.req.valid('query')));
    return c.json(pageAnswer(c, page, payoutSummaryAnswer), 200);
  });
};

export const getOwnPayout: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/me/payouts/{payoutId}',
    tags: ownTags,
    summary: 'Read a payout of mine, order by order',
    ...api.reads('partner'),
    request: { params: z.object({ payoutId: payoutIdSchema }), query: z.strictObject(waitQuery) },
    responses: { 200: jsonAnswer('The payout.', payoutSchema), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const payout = await api.readModel.payout(c.req.valid('param').payoutId);
    // Whether another partner's payout exists is nobody's business either.
    if (payout === null || payout.partnerId !== ownPartnerId(c)) {
      throw problem('not_found', 'You have no such payout.');
    }
    return c.json(payoutAnswer(payout), 200);
  });
};

export const listOwnDocuments: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/me/documents',
    tags: ownTags,
    summary: 'List my invoices, credit notes and payout statements, newest first',
    ...api.reads('partner'),
    request: { query: z.strictObject({ ...pageQuery, ...waitQuery }) },
    responses: { 200: jsonAnswer('A page.', pageSchema(documentSchema)), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const filter = { partnerId: ownPartnerId(c) };
    const page = await api.readModel.documents(filter, pageRequest(c.req.valid('query')));
    return c.json(
      pageAnswer(c, page, (row) => row),
      200,
    );
  });
};
