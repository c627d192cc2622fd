import { createRoute, z } from '@hono/zod-openapi';
import {
  partnerIdSchema,
  payoutRunIdSchema,
  SKIP_REASONS,
  type SkipReason,
} from '@provisie/domain';
import { pageAnswer, pageQuery, pageRequest, pageSchema } from '@provisie/http';
import type { SkippedPayout } from '@provisie/read-model';
import type { Endpoint } from '../api.ts';
import { given } from '../given.ts';
import { inIso, instantAnswer } from '../instants.ts';
import { jsonAnswer, readFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';

const skippedSchema = z
  .object({
    payoutId: z.string(),
    runId: z.string(),
    partnerId: partnerIdSchema,
    currency: z.string(),
    amountCents: z.int().openapi({ description: 'As approved, without VAT.' }),
    totalCents: z.int().openapi({ description: 'As approved.' }),
    reason: z.enum(SKIP_REASONS),
    text: z.string().openapi({ description: 'The reason in words, and what to do.' }),
    skippedAt: instantAnswer,
  })
  .openapi('SkippedPayout');

/** Why an approved payout wasn't made. */
export const listSkippedPayouts: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/skipped-payouts',
    tags: ['Payouts'],
    summary: 'List payouts that were approved and not made, and why, newest first',
    description:
      'What is owed waits for the next run. A partner who wasn’t due when the run was approved isn’t here: `/v1/payout-preview/partners` tells why.',
    ...api.reads('admin', 'finance'),
    request: {
      query: z.strictObject({
        partnerId: partnerIdSchema.optional(),
        runId: payoutRunIdSchema.optional(),
        ...pageQuery,
        ...waitQuery,
      }),
    },
    responses: { 200: jsonAnswer('A page.', pageSchema(skippedSchema)), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const { partnerId, runId, ...query } = c.req.valid('query');
    const page = await api.readModel.skippedPayouts(
      given({ partnerId, runId }),
      pageRequest(query),
    );
    return c.json(pageAnswer(c, page, skippedAnswer), 200);
  });
};

function skippedAnswer(skipped: SkippedPayout) {
  return { ...inIso(skipped, ['skippedAt']), text: TEXTS[skipped.reason] };
}

const TEXTS: Readonly<Record<SkipReason, string>> = {
  settled_meanwhile: 'Another payout, its end or a write-off came in between.',
  not_approved: 'The partner isn’t approved any more.',
  suspended: 'The partner was suspended after the approval.',
  under_review: 'A review of the partner was opened after the approval.',
  no_payout_details: 'The partner’s payout details were removed.',
  details_cooling: 'The payout details changed after the approval.',
  no_self_billing_agreement: 'The partner ended the agreement on self-billing.',
  no_terms: 'The partner has no link or coupon in a programme of this currency.',
  too_few_customers: 'Too few customers are left.',
  not_scheduled: 'The partner was paid since the last payday.',
  too_many_orders: 'More orders than stand in one payout. Pay with an earlier cut-off first.',
  vat_not_in_euros:
    'The partner has become a Dutch business, whose invoice must say its VAT in euros, at a rate that isn’t known here.',
  below_threshold: 'Refunds or verdicts left less than the threshold.',
  changed_since_approval: 'Other orders or amounts were due than those that were approved.',
  too_large:
    'The payout names more orders than the event store takes in one event. Pay with an earlier cut-off first, or raise the limit of the store.',
};
