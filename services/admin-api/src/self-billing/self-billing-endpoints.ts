import { createRoute, z } from '@hono/zod-openapi';
import { newFact } from '@provisie/domain';
import { written } from '../api.ts';
import type { Endpoint } from '../api.ts';
import { momentAfter, pastMoment } from '../moments.ts';
import { answerOf, changePartner, writtenPartner } from '../partners/partner-answer.ts';
import { knownPartner, partnerParams } from '../partners/partner.ts';
import { jsonAnswer, jsonBody, optionalBody, writeFailures } from '../route-parts.ts';
import { agreeToSelfBilling } from './agree.ts';
import { SELF_BILLING_AGREEMENT } from './agreement.ts';

const answers = { 200: jsonAnswer('The partner.', writtenPartner), ...writeFailures };

export const recordSelfBilling: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/partners/{partnerId}/self-billing',
    tags: ['Partners'],
    summary: 'Record that a partner agreed that you issue its invoices',
    description:
      'For a signed agreement that you hold; partners agree by themselves at `/v1/me/self-billing`. Businesses are not paid without (Directive 2006/112 Art. 224).',
    ...api.writes('admin', 'finance'),
    request: {
      params: partnerParams,
      body: optionalBody(
        z.strictObject({
          agreement: z.string().min(1).max(64).optional().openapi({
            description: 'Which text was signed, where it is one of your own. Default ours.',
          }),
          agreedAt: pastMoment('Invoices are issued from then on.'),
        }),
      ),
    },
    responses: answers,
  });
  api.app.openapi(route, async (c) => {
    const { partnerId } = c.req.valid('param');
    const { agreement = SELF_BILLING_AGREEMENT, agreedAt } = c.req.valid('json');
    const agreeing = { partnerId, recordedFor: 'merchant', agreement, agreedAt } as const;
    const changed = await agreeToSelfBilling(api, c, agreeing);
    return c.json(written(c, changed, await answerOf(api, changed)), 200);
  });
};

export const endSelfBilling: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/partners/{partnerId}/self-billing/end',
    tags: ['Partners'],
    summary: 'Record that a self-billing agreement ended',
    description: 'A business is not paid from then on; documents that were issued stay.',
    ...api.writes('admin', 'finance'),
    request: {
      params: partnerParams,
      body: jsonBody(
        z
          .strictObject({ reason: z.string().min(1).max(500) })
          .openapi({ example: { reason: 'Ended by the partner in a letter' } }),
      ),
    },
    responses: answers,
  });
  api.app.openapi(route, async (c) => {
    const { partnerId } = c.req.valid('param');
    const { reason } = c.req.valid('json');
    const answer = await changePartner(api, c, partnerId, (facts, newId) => {
      if (knownPartner(facts).selfBilling === null) return [];
      const occurredAt = momentAfter(facts, api.now());
      const data = { partnerId, reason };
      return [newFact('SelfBillingEnded', { id: newId(), occurredAt, data })];
    });
    return c.json(answer, 200);
  });
};
