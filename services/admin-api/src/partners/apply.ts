import { createRoute, z } from '@hono/zod-openapi';
import { newFact, partnerIdSchema, streams } from '@provisie/domain';
import { change, written } from '../api.ts';
import type { Endpoint } from '../api.ts';
import { instantInput } from '../instants.ts';
import { notInFuture } from '../moments.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, jsonBody, writeFailures } from '../route-parts.ts';
import { answerOf, writtenPartner } from './partner-answer.ts';
import { customerKeysOf, ownEmails, profileSchema, sealProfile } from './profile.ts';

const body = z.strictObject({
  partnerId: partnerIdSchema,
  profile: profileSchema,
  ownEmails: ownEmails.default([]).openapi({
    description: 'Further addresses the partner orders under; its own orders earn it nothing.',
  }),
  appliedAt: instantInput.optional().openapi({ description: 'Default now.' }),
});

/** Records that somebody wants to be a partner. */
export const applyAsPartner: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/partners',
    tags: ['Partners'],
    summary: 'Record a partner’s application',
    ...api.writes('admin'),
    request: { body: jsonBody(body) },
    responses: { 201: jsonAnswer('The partner.', writtenPartner), ...writeFailures },
  });
  api.app.openapi(route, async (c) => {
    const { partnerId, profile, ownEmails: more, appliedAt } = c.req.valid('json');
    const occurredAt = notInFuture(appliedAt, api.now(), '/appliedAt');
    const customerKeys = await customerKeysOf(api.customerKeys, [profile.email, ...more]);
    const changed = await change(api, c, {
      stream: streams.partner(partnerId),
      decide: async (facts, newId) => {
        if (facts.length > 0) {
          throw problem('already_exists', `There is a partner ${partnerId} already.`);
        }
        const sealed = await sealProfile(api.vault, partnerId, profile);
        return [
          newFact('PartnerApplied', {
            id: newId(),
            occurredAt,
            data: { partnerId, profile: sealed, customerKeys: [...customerKeys] },
          }),
        ];
      },
    });
    return c.json(written(c, changed, await answerOf(api, changed)), 201);
  });
};
