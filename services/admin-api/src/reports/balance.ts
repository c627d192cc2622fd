import { z } from '@hono/zod-openapi';
import { partnerIdSchema } from '@provisie/domain';

const missing =
  'What is missing to the threshold; 0 when a payout is due; null without a threshold.';

export const balanceSchema = z
  .object({
    partnerId: partnerIdSchema,
    currency: z.string(),
    pendingCents: z.int().openapi({ description: 'Earned, still in hold.' }),
    payableCents: z.int().openapi({ description: 'The balance. May be negative.' }),
    scheduledCents: z.int(),
    paidCents: z.int(),
    writtenOffCents: z.int(),
    thresholdCents: z.int().nullable(),
    missingCents: z.int().nullable().openapi({ description: missing }),
    payoutDue: z.boolean(),
  })
  .openapi('Balance');
