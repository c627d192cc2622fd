import { createRoute, z } from '@hono/zod-openapi';
import { newFact } from '@provisie/domain';
import type { Fact, Instant } from '@provisie/domain';
import type { Endpoint } from '../api.ts';
import { DECIDED_ANEW, momentOfChange, notInFuture, pastMoment } from '../moments.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, jsonBody, optionalBody, writeFailures } from '../route-parts.ts';
import { changePartner, writtenPartner } from './partner-answer.ts';
import { knownPartner, partnerParams } from './partner.ts';

const reasonSchema = z.string().min(1).max(500);
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
      body: optionalBody(z.strictObject({ approvedAt: pastMoment(DECIDED_ANEW) })),
    },
    responses: answers,
  });
  api.app.openapi(route, async (c) => {
    const { partnerId } = c.req.valid('param');
    const { approvedAt } = c.req.valid('json');
    const answer = await changePartner(api, c, partnerId, (facts, newId) => {
      const { status } = knownPartner(facts);
      if (status === 'approved') return [];
      if (status === 'suspended') {
        throw problem('partner_not_approved', 'A suspended partner is reinstated, not approved.');
      }
      const occurredAt = notInFuture(approvedAt, api.now(), '/approvedAt');
      return [newFact('PartnerApproved', { id: newId(), occurredAt, data: { partnerId } })];
    });
    return c.json(answer, 200);
  });
};

/** From then on nothing the partner brings counts, and it is not paid; what it earned stays. */
export const suspendPartner: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/partners/{partnerId}/suspend',
    tags: ['Partners'],
    summary: 'Suspend a partner',
    ...api.writes('admin'),
    request: {
      params: partnerParams,
      body: jsonBody(
        z.strictObject({ reason: reasonSchema, suspendedAt: pastMoment(DECIDED_ANEW) }),
      ),
    },
    responses: answers,
  });
  api.app.openapi(route, async (c) => {
    const { partnerId } = c.req.valid('param');
    const { suspendedAt: told, reason } = c.req.valid('json');
    const answer = await changePartner(api, c, partnerId, (facts, newId) => {
      const { status, appliedAt } = knownPartner(facts);
      if (status === 'suspended') return [];
      const since = lastAdmitted(facts, appliedAt);
      const moment = { told, now: api.now(), since, path: '/suspendedAt' };
      const occurredAt = momentOfChange(facts, moment);
      const data = { partnerId, reason };
      return [newFact('PartnerSuspended', { id: newId(), occurredAt, data })];
    });
    return c.json(answer, 200);
  });
};

/** A suspension before this would be over already. */
function lastAdmitted(facts: readonly Fact[], appliedAt: Instant): Instant {
  const moments = facts.filter(
    ({ type }) => type === 'PartnerApproved' || type === 'PartnerReinstated',
  );
  return Math.max(appliedAt, ...moments.map(({ occurredAt }) => occurredAt));
}

/** Ends a suspension. */
export const reinstatePartner: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/partners/{partnerId}/reinstate',
    tags: ['Partners'],
    summary: 'Reinstate a suspended partner',
    ...api.writes('admin'),
    request: {
      params: partnerParams,
      body: jsonBody(
        z.strictObject({ reason: reasonSchema, reinstatedAt: pastMoment(DECIDED_ANEW) }),
      ),
    },
    responses: answers,
  });
  api.app.openapi(route, async (c) => {
    const { partnerId } = c.req.valid('param');
    const { reinstatedAt: told, reason } = c.req.valid('json');
    const answer = await changePartner(api, c, partnerId, (facts, newId) => {
      const { status, suspendedAt } = knownPartner(facts);
      if (status === 'approved') return [];
      if (status === 'applied' || suspendedAt === null) {
        throw problem('partner_not_approved', 'It was never approved: approve it instead.');
      }
      // At one millisecond the suspension would win (rule 14).
      const moment = { told, now: api.now(), since: suspendedAt + 1, path: '/reinstatedAt' };
      const occurredAt = momentOfChange(facts, moment);
      const data = { partnerId, reason };
      return [newFact('PartnerReinstated', { id: newId(), occurredAt, data })];
    });
    return c.json(answer, 200);
  });
};
