import { z } from '@hono/zod-openapi';
import { partnerIdSchema } from '@provisie/domain';

const missing =
  'What is missing to the threshold; 0 when a payout is due; null without a threshold.';

export const balanceSchema = z
  .object({
    partnerId: partnerIdSchema,
    currency: z.string(),
    pendingCents: z.int().openapi({ description: 'Earned, still in hold.' }),
    payableCents: z.int().openapi({
      description:
        'The balance, without VAT. May be negative: what is to be taken back is taken off already.',
    }),
    clawbackCents: z.int().openapi({
      description:
        'What payouts paid of orders above what those are worth now; the next payout takes it back.',
    }),
    scheduledCents: z.int().openapi({ description: 'On its way through the bank, VAT included.' }),
    paidCents: z.int().openapi({ description: 'Gone through the bank, VAT included.' }),
    vatCents: z.int().openapi({ description: 'The VAT in what is scheduled or paid.' }),
    writtenOffCents: z.int(),
    thresholdCents: z.int().nullable(),
    missingCents: z.int().nullable().openapi({ description: missing }),
    payoutDue: z.boolean(),
  })
  .openapi('Balance');
