import { createRoute, z } from '@hono/zod-openapi';
import { newFact } from '@provisie/domain';
import type { Fact } from '@provisie/domain';
import type { Endpoint } from '../api.ts';
import { momentAfter } from '../moments.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, jsonBody, writeFailures } from '../route-parts.ts';
import { changePartner, writtenPartner } from './partner-answer.ts';
import { knownPartner, partnerParams } from './partner.ts';
import { customerKeysOf, openProfile, ownEmails, profileSchema, sealProfile } from './profile.ts';

/** As many keys as the event holds. */
const MAX_CUSTOMER_KEYS = 20;

const body = z
  .strictObject({
    ...profileSchema.partial().shape,
    ownEmails: ownEmails.optional().openapi({
      description: 'Further addresses the partner orders under; added to those known.',
    }),
  })
  .openapi({ example: { email: 'nieuw@woonblog.example' } });

/** Changes the details that are given and leaves the others. */
export const changeProfile: Endpoint = (api) => {
  const route = createRoute({
    method: 'patch',
    path: '/v1/partners/{partnerId}/profile',
    tags: ['Partners'],
    summary: 'Change a partner’s details',
    ...api.writes('admin'),
    request: { params: partnerParams, body: jsonBody(body) },
    responses: { 200: jsonAnswer('The partner.', writtenPartner), ...writeFailures },
  });
  api.app.openapi(route, async (c) => {
    const { partnerId } = c.req.valid('param');
    const { ownEmails: more = [], ...given } = c.req.valid('json');
    const answer = await changePartner(api, c, partnerId, async (facts, newId) => {
      const old = await openProfile(api.vault, knownPartner(facts).profile);
      const complete = profileSchema.safeParse({ ...old, ...given });
      if (!complete.success) {
        throw problem('profile_erased', 'Give `name` and `email`: the former ones were erased.');
      }
      const profile = complete.data;
      const fresh = await customerKeysOf(api.customerKeys, [profile.email, ...more]);
      // A former address still tells an order of the partner's own, so its key stays.
      const customerKeys = [...new Set([...fresh, ...knownKeys(facts)])];
      return [
        newFact('PartnerProfileChanged', {
          id: newId(),
          occurredAt: momentAfter(facts, api.now()),
          data: {
            partnerId,
            profile: await sealProfile(api.vault, partnerId, profile),
            customerKeys: customerKeys.slice(0, MAX_CUSTOMER_KEYS),
          },
        }),
      ];
    });
    return c.json(answer, 200);
  });
};

function knownKeys(facts: readonly Fact[]): readonly string[] {
  return facts
    .toReversed()
    .flatMap((fact) =>
      fact.type === 'PartnerApplied' || fact.type === 'PartnerProfileChanged'
        ? fact.data.customerKeys
        : [],
    );
}
