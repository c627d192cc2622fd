import { createRoute, z } from '@hono/zod-openapi';
import { newFact, streams } from '@provisie/domain';
import { change, written } from '../api.ts';
import type { Endpoint } from '../api.ts';
import { instantInput } from '../instants.ts';
import { momentAfter, notInFuture } from '../moments.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, jsonBody, writeFailures } from '../route-parts.ts';
import { answerOf, writtenPartner } from './partner-answer.ts';
import { knownPartner, partnerParams } from './partner.ts';

const reason = z.string().min(1).max(500);
const answers = { 200: jsonAnswer('The partner.', writtenPartner), ...writeFailures };

/** From the approval on, what the partner brings counts. */
export const approvePartner: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/partners/{partnerId}/approve',
    tags: ['Partners'],
    summary: 'Approve a partner',
    ...api.writes('admin'),
    request: {
      params: partnerParams,
      body: {
        content: {
          'application/json': {
            schema: z.strictObject({
              approvedAt: instantInput.optional().openapi({
                description: 'Default now; earlier when you move in with history.',
              }),
            }),
          },
        },
      },
    },
    responses: answers,
  });
  api.app.openapi(route, async (c) => {
    const { partnerId } = c.req.valid('param');
    const { approvedAt } = c.req.valid('json');
    const changed = await change(api, c, {
      stream: streams.partner(partnerId),
      decide: (facts, newId) => {
        const { status } = knownPartner(facts);
        if (status === 'approved') return [];
        if (status === 'suspended') {
          throw problem('partner_not_approved', 'A suspended partner is reinstated, not approved.');
        }
        const occurredAt = notInFuture(approvedAt, api.now(), '/approvedAt');
        return [newFact('PartnerApproved', { id: newId(), occurredAt, data: { partnerId } })];
      },
    });
    return c.json(written(c, changed, await answerOf(api, changed)), 200);
  });
};

/** From now on nothing the partner brings counts, and it is not paid; what it earned stays. */
export const suspendPartner: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/partners/{partnerId}/suspend',
    tags: ['Partners'],
    summary: 'Suspend a partner',
    ...api.writes('admin'),
    request: { params: partnerParams, body: jsonBody(z.strictObject({ reason })) },
    responses: answers,
  });
  api.app.openapi(route, async (c) => {
    const { partnerId } = c.req.valid('param');
    const data = { partnerId, reason: c.req.valid('json').reason };
    const changed = await change(api, c, {
      stream: streams.partner(partnerId),
      decide: (facts, newId) => {
        if (knownPartner(facts).status === 'suspended') return [];
        return [
          newFact('PartnerSuspended', {
            id: newId(),
            occurredAt: momentAfter(facts, api.now()),
            data,
          }),
        ];
      },
    });
    return c.json(written(c, changed, await answerOf(api, changed)), 200);
  });
};

/** Ends a suspension. */
export const reinstatePartner: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/partners/{partnerId}/reinstate',
    tags: ['Partners'],
    summary: 'Reinstate a suspended partner',
    ...api.writes('admin'),
    request: { params: partnerParams, body: jsonBody(z.strictObject({ reason })) },
    responses: answers,
  });
  api.app.openapi(route, async (c) => {
    const { partnerId } = c.req.valid('param');
    const data = { partnerId, reason: c.req.valid('json').reason };
    const changed = await change(api, c, {
      stream: streams.partner(partnerId),
      decide: (facts, newId) => {
        const { status } = knownPartner(facts);
        if (status === 'approved') return [];
        if (status === 'applied') {
          throw problem('partner_not_approved', 'It was never approved: approve it instead.');
        }
        return [
          newFact('PartnerReinstated', {
            id: newId(),
            occurredAt: momentAfter(facts, api.now()),
            data,
          }),
        ];
      },
    });
    return c.json(written(c, changed, await answerOf(api, changed)), 200);
  });
};
