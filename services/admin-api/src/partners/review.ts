import { createRoute, z } from '@hono/zod-openapi';
import { newFact } from '@provisie/domain';
import type { Endpoint } from '../api.ts';
import { given } from '../given.ts';
import { momentAfter } from '../moments.ts';
import { jsonAnswer, jsonBody, optionalBody, writeFailures } from '../route-parts.ts';
import { changePartner, writtenPartner } from './partner-answer.ts';
import { knownPartner, partnerParams } from './partner.ts';

const reasonSchema = z.string().min(1).max(500);
const answers = { 200: jsonAnswer('The partner.', writtenPartner), ...writeFailures };

/** Nothing is paid while a review is open; what the partner brings counts as ever. */
export const openReview: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/partners/{partnerId}/review',
    tags: ['Partners'],
    summary: 'Hold a partner’s payouts back to look into something',
    description:
      'Orders go on counting. The partner reads that a review is open, never why. One that is open stays as it is.',
    ...api.writes('admin', 'finance'),
    request: {
      params: partnerParams,
      body: jsonBody(
        z
          .strictObject({ reason: reasonSchema })
          .openapi({ example: { reason: 'Forty orders from one address' } }),
      ),
    },
    responses: answers,
  });
  api.app.openapi(route, async (c) => {
    const { partnerId } = c.req.valid('param');
    const { reason } = c.req.valid('json');
    const answer = await changePartner(api, c, partnerId, (facts, newId) => {
      if (knownPartner(facts).review !== null) return [];
      const occurredAt = momentAfter(facts, api.now());
      const data = { partnerId, reason };
      return [newFact('PartnerReviewOpened', { id: newId(), occurredAt, data })];
    });
    return c.json(answer, 200);
  });
};

/** Ends a review; without one nothing happens. */
export const closeReview: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/partners/{partnerId}/review/close',
    tags: ['Partners'],
    summary: 'Close a review, so that the partner is paid again',
    ...api.writes('admin', 'finance'),
    request: {
      params: partnerParams,
      body: optionalBody(z.strictObject({ reason: reasonSchema.optional() })),
    },
    responses: answers,
  });
  api.app.openapi(route, async (c) => {
    const { partnerId } = c.req.valid('param');
    const { reason } = c.req.valid('json');
    const answer = await changePartner(api, c, partnerId, (facts, newId) => {
      if (knownPartner(facts).review === null) return [];
      const occurredAt = momentAfter(facts, api.now());
      const data = { partnerId, ...given({ reason }) };
      return [newFact('PartnerReviewClosed', { id: newId(), occurredAt, data })];
    });
    return c.json(answer, 200);
  });
};
