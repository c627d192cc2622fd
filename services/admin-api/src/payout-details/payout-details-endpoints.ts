import { createRoute, z } from '@hono/zod-openapi';
import { partnerIdSchema } from '@provisie/domain';
import { payoutDetailsSchema } from '@provisie/payouts';
import type { PartnerView } from '@provisie/read-model';
import { written, writtenPosition } from '../api.ts';
import type { Api, Endpoint } from '../api.ts';
import { instantInput } from '../instants.ts';
import { knownPartner, partnerParams } from '../partners/partner.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, jsonBodyLike, readFailures, writeFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { changePayoutDetails } from './change-payout-details.ts';
import {
  PAYOUT_DETAILS_EXAMPLE,
  payoutDetailsAnswer,
  payoutDetailsAnswerSchema,
} from './payout-details.ts';

const answerSchema = payoutDetailsAnswerSchema
  .extend({
    sharedWith: z.array(partnerIdSchema).readonly().openapi({
      description: 'Other partners whose money goes to the same account.',
    }),
  })
  .openapi('PartnerPayoutDetails');

const body = payoutDetailsSchema.safeExtend({
  changedAt: instantInput.optional().openapi({
    description:
      'Default now. Earlier only for the first details of a partner, when you move in with history.',
  }),
});

const inFull = 'Finance and admins see them in full, partners see their own with a masked IBAN.';

export const putPayoutDetails: Endpoint = (api) => {
  const route = createRoute({
    method: 'put',
    path: '/v1/partners/{partnerId}/payout-details',
    tags: ['Partners'],
    summary: 'Say where a partner’s money goes',
    description: `Kept sealed under a key of the partner. Every change blocks payouts for a while, against theft; the same again changes nothing. ${inFull}`,
    ...api.writes('admin', 'finance'),
    request: { params: partnerParams, body: jsonBodyLike(body, PAYOUT_DETAILS_EXAMPLE) },
    responses: {
      200: jsonAnswer(
        'The payout details.',
        z.object({ payoutDetails: answerSchema, position: writtenPosition }),
      ),
      ...writeFailures,
    },
  });
  api.app.openapi(route, async (c) => {
    const { partnerId } = c.req.valid('param');
    const { changedAt, ...details } = c.req.valid('json');
    const changed = await changePayoutDetails(api, c, { partnerId, details, changedAt });
    const payoutDetails = await answerOf(api, knownPartner(changed.facts));
    return c.json(written(c, changed, { payoutDetails }), 200);
  });
};

export const getPayoutDetails: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/partners/{partnerId}/payout-details',
    tags: ['Partners'],
    summary: 'Read where a partner’s money goes',
    description: inFull,
    ...api.reads('admin', 'finance'),
    request: { params: partnerParams, query: z.strictObject(waitQuery) },
    responses: { 200: jsonAnswer('The payout details.', answerSchema), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const partner = await api.readModel.partner(c.req.valid('param').partnerId);
    if (partner === null) throw problem('not_found', 'There is no such partner.');
    return c.json(await answerOf(api, partner), 200);
  });
};

async function answerOf(api: Api, partner: PartnerView) {
  const answer = await payoutDetailsAnswer(api, partner);
  return { ...answer, sharedWith: await sharedWith(api, partner) };
}

async function sharedWith({ readModel }: Api, { partnerId, payoutDetails }: PartnerView) {
  if (payoutDetails === null) return [];
  const partnerIds = await readModel.partnersWithAccount(payoutDetails.accountKey);
  return partnerIds.filter((other) => other !== partnerId);
}
