import { createRoute, z } from '@hono/zod-openapi';
import { partnerIdSchema } from '@provisie/domain';
import type { PartnerView } from '@provisie/read-model';
import { written, writtenPosition } from '../api.ts';
import type { Endpoint } from '../api.ts';
import { inIso, instantAnswer } from '../instants.ts';
import { knownPartner } from '../partners/partner.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, jsonBody, readFailures, writeFailures } from '../route-parts.ts';
import { agreeToSelfBilling } from '../self-billing/agree.ts';
import { SELF_BILLING_AGREEMENT, SELF_BILLING_TEXT } from '../self-billing/agreement.ts';
import { waitQuery } from '../wait-for-position.ts';
import { ownPartnerId, ownTags } from './me.ts';

const textSchema = z.object({ title: z.string(), paragraphs: z.array(z.string()).readonly() });

const answerSchema = z
  .object({
    partnerId: partnerIdSchema,
    agreement: z.string().openapi({ description: 'The version of the text.' }),
    text: z.object({ nl: textSchema, en: textSchema }),
    agreed: z
      .object({ agreement: z.string(), agreedAt: instantAnswer })
      .nullable()
      .openapi({ description: 'What you agreed to, maybe an earlier version; null without.' }),
  })
  .openapi('SelfBilling');

export const getOwnSelfBilling: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/me/self-billing',
    tags: ownTags,
    summary: 'Read the self-billing agreement, and whether I agreed',
    ...api.reads('partner'),
    request: { query: z.strictObject(waitQuery) },
    responses: { 200: jsonAnswer('The agreement.', answerSchema), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const partner = await api.readModel.partner(ownPartnerId(c));
    if (partner === null) throw problem('not_found', 'There is no such partner (yet).');
    return c.json(agreementAnswer(partner), 200);
  });
};

export const agreeOwnSelfBilling: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/me/self-billing',
    tags: ownTags,
    summary: 'Agree that the merchant issues my invoices',
    description: 'Businesses are not paid without. Send the version of the text that you read.',
    ...api.writes('partner'),
    request: {
      body: jsonBody(
        z
          .strictObject({ agreement: z.literal(SELF_BILLING_AGREEMENT) })
          .openapi({ example: { agreement: SELF_BILLING_AGREEMENT } }),
      ),
    },
    responses: {
      200: jsonAnswer(
        'The agreement.',
        z.object({ selfBilling: answerSchema, position: writtenPosition }),
      ),
      ...writeFailures,
    },
  });
  api.app.openapi(route, async (c) => {
    const { agreement } = c.req.valid('json');
    const partnerId = ownPartnerId(c);
    const agreeing = { partnerId, agreement, recordedFor: 'partner' } as const;
    const changed = await agreeToSelfBilling(api, c, agreeing);
    const selfBilling = agreementAnswer(knownPartner(changed.facts));
    return c.json(written(c, changed, { selfBilling }), 200);
  });
};

function agreementAnswer({ partnerId, selfBilling }: PartnerView) {
  return {
    partnerId,
    agreement: SELF_BILLING_AGREEMENT,
    text: SELF_BILLING_TEXT,
    agreed: selfBilling === null ? null : inIso(selfBilling, ['agreedAt']),
  };
}
