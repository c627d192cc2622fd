import { z } from '@hono/zod-openapi';
import { partnerIdSchema, programmeIdSchema } from '@provisie/domain';
import type { CommissionView } from '@provisie/read-model';
import { inIso, instantAnswer, instantInput } from '../instants.ts';

const commissionStatusSchema = z.enum([
  'rejected',
  'reversed',
  'paid',
  'scheduled',
  'written_off',
  'payable',
  'pending',
]);

export const commissionSchema = z
  .object({
    orderId: z.string(),
    partnerId: partnerIdSchema,
    programmeId: programmeIdSchema,
    termsVersion: z.int(),
    currency: z.string(),
    placedAt: instantAnswer,
    kind: z.enum(['order_coupon', 'entered_coupon', 'click', 'visit']),
    linkCode: z.string().nullable(),
    couponCode: z.string().nullable(),
    baseCents: z.int(),
    amountCents: z.int(),
    payableFrom: instantAnswer.nullable().openapi({
      description: 'Null while the order it waits for is not completed.',
    }),
    status: commissionStatusSchema.openapi({
      description:
        'The first that applies. `written_off`: it was earned, and nothing of it will be paid any more.',
    }),
    rejectionReason: z.string().nullable(),
    writtenOffCents: z.int().openapi({
      description:
        'What of `amountCents` will not be paid any more, as finance wrote it off; of a `payable` one the rest is paid.',
    }),
  })
  .openapi('Commission');

export function commissionAnswer(commission: CommissionView) {
  return inIso(commission, ['placedAt', 'payableFrom']);
}

/** What commissions can be filtered by, apart from whose they are. */
export const commissionQuery = {
  programmeId: programmeIdSchema.optional(),
  status: commissionStatusSchema.optional(),
  placedFrom: instantInput.optional(),
  placedBefore: instantInput.optional().openapi({ description: 'Exclusive.' }),
  at: instantInput.optional().openapi({ description: 'Statuses at this moment. Default now.' }),
};
