import { z } from '@hono/zod-openapi';
import {
  documentKindSchema,
  partnerIdSchema,
  payoutLineSchema,
  taxProfileSchema,
  vatPartSchema,
} from '@provisie/domain';
import type { PayoutSummary, PayoutView } from '@provisie/read-model';
import { inIso, instantAnswer } from '../instants.ts';

/** What everybody may see of a payout who may see it at all. */
export const payoutSummarySchema = z
  .object({
    payoutId: z.string(),
    runId: z.string(),
    partnerId: partnerIdSchema,
    currency: z.string(),
    status: z.enum(['scheduled', 'exported', 'paid', 'failed', 'cancelled']).openapi({
      description:
        '`scheduled`: it will be paid. `exported`: it is in a payment file for the bank. What `failed` or was `cancelled` is in the balance again.',
    }),
    amountCents: z.int().openapi({ description: 'Without VAT.' }),
    vat: z.array(vatPartSchema).readonly(),
    totalCents: z.int().openapi({ description: 'What the bank transfers, VAT included.' }),
    taxProfile: taxProfileSchema,
    scheduledAt: instantAnswer,
    exportedAt: instantAnswer.nullable(),
    paidAt: instantAnswer.nullable(),
    reference: z.string().nullable().openapi({ description: 'Of the bank, where it gave one.' }),
    endedAt: instantAnswer.nullable().openapi({ description: 'When it failed or was cancelled.' }),
    reason: z.string().nullable(),
    documents: z
      .array(z.object({ documentId: z.string(), number: z.string(), kind: documentKindSchema }))
      .readonly(),
    lineCount: z.int(),
  })
  .openapi('PayoutSummary');

export const payoutSchema = payoutSummarySchema
  .extend({
    lines: z
      .array(payoutLineSchema)
      .readonly()
      .openapi({ description: 'What it pays of each order; negative: takes back.' }),
  })
  .openapi('Payout');

export function payoutSummaryAnswer(payout: PayoutSummary) {
  const { payoutDetailsId: _, attempt: __, returned: ___, ...shown } = payout;
  return inIso(shown, ['scheduledAt', 'exportedAt', 'paidAt', 'endedAt']);
}

export function payoutAnswer({ lines, ...payout }: PayoutView) {
  return { ...payoutSummaryAnswer({ ...payout, lineCount: lines.length }), lines };
}
