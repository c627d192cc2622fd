import * as z from 'zod';
import { defineEvent } from '../event-definition.ts';
import { couponCodeSchema, partnerIdSchema, programmeIdSchema } from '../identifiers.ts';
import { instantSchema } from '../instant.ts';

/** `validFrom` (by default: when issued) and `validUntil` are both inclusive. */
export const CouponIssued = defineEvent(
  'CouponIssued',
  z.object({
    code: couponCodeSchema,
    programmeId: programmeIdSchema,
    partnerId: partnerIdSchema,
    validFrom: instantSchema.optional(),
    validUntil: instantSchema.optional(),
  }),
);
export const CouponWithdrawn = defineEvent(
  'CouponWithdrawn',
  z.object({ code: couponCodeSchema, reason: z.string().max(500).optional() }),
);

export const couponEvents = { CouponIssued, CouponWithdrawn };
