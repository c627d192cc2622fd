import { createRoute, z } from '@hono/zod-openapi';
import { payoutDetailsSchema } from '@provisie/payouts';
import { written, writtenPosition } from '../api.ts';
import type { Endpoint } from '../api.ts';
import { knownPartner } from '../partners/partner.ts';
import { changePayoutDetails } from '../payout-details/change-payout-details.ts';
import {
  maskedDetailsAnswer,
  PAYOUT_DETAILS_EXAMPLE,
  payoutDetailsAnswerSchema,
} from '../payout-details/payout-details.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, jsonBodyLike, readFailures, writeFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { ownPartnerId, ownTags } from './me.ts';

const answerSchema = payoutDetailsAnswerSchema.openapi('OwnPayoutDetails', {
  description: 'The IBAN is masked: NL•• •••• •••• ••43 00.',
});

export const putOwnPayoutDetails: Endpoint = (api) => {
  const route = createRoute({
    method: 'put',
    path: '/v1/me/payout-details',
    tags: ownTags,
    summary: 'Say where my money goes',
    description:
      'Every change blocks payouts until `blockedUntil`, in case it wasn’t you; the same again changes nothing.',
    ...api.writes('partner'),
    request: {
      body: jsonBodyLike(payoutDetailsSchema, PAYOUT_DETAILS_EXAMPLE),
    },
    responses: {
      200: jsonAnswer(
        'The payout details.',
        z.object({ payoutDetails: answerSchema, position: writtenPosition }),
      ),
      ...writeFailures,
    },
  });
  api.app.openapi(route, async (c) => {
    const details = c.req.valid('json');
    const changed = await changePayoutDetails(api, c, { partnerId: ownPartnerId(c), details });
    const payoutDetails = await maskedDetailsAnswer(api, knownPartner(changed.facts));
    return c.json(written(c, changed, { payoutDetails }), 200);
  });
};

export const getOwnPayoutDetails: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/me/payout-details',
    tags: ownTags,
    summary: 'Read where my money goes',
    ...api.reads('partner'),
    request: { query: z.strictObject(waitQuery) },
    responses: { 200: jsonAnswer('The payout details.', answerSchema), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const partner = await api.readModel.partner(ownPartnerId(c));
    if (partner === null) throw problem('not_found', 'There is no such partner (yet).');
    return c.json(await maskedDetailsAnswer(api, partner), 200);
  });
};
