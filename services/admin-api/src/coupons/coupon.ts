import { z } from '@hono/zod-openapi';
import {
  couponState,
  normaliseCouponCode,
  partnerIdSchema,
  programmeIdSchema,
} from '@provisie/domain';
import type { Fact } from '@provisie/domain';
import type { CouponView } from '@provisie/read-model';
import { writtenPosition } from '../api.ts';
import { inIso, instantAnswer } from '../instants.ts';
import { problem } from '../problems.ts';

/** As a person types it; kept in upper case, as shops compare it. */
export const typedCouponCode = z
  .string()
  .max(200)
  .transform((typed, context) => {
    const code = normaliseCouponCode(typed);
    if (code !== null) return code;
    context.addIssue({ code: 'custom', message: 'not a coupon code, such as WOONBLOG10' });
    return z.NEVER;
  })
  .openapi({ type: 'string', example: 'WOONBLOG10' });

export const couponSchema = z
  .object({
    code: z.string(),
    programmeId: programmeIdSchema,
    partnerId: partnerIdSchema,
    issuedAt: instantAnswer,
    validFrom: instantAnswer,
    validUntil: instantAnswer.nullable().openapi({ description: 'Inclusive.' }),
    withdrawnAt: instantAnswer.nullable(),
  })
  .openapi('Coupon');

export const writtenCoupon = z.object({ coupon: couponSchema, position: writtenPosition });
export const couponParams = z.object({ code: typedCouponCode });

export function couponAnswer(coupon: CouponView) {
  return inIso(coupon, ['issuedAt', 'validFrom', 'validUntil', 'withdrawnAt']);
}

/** Throws `not_found`: the coupon is what the request is about. */
export function knownCoupon(facts: readonly Fact[]): CouponView {
  const coupon = couponState(facts);
  if (coupon === null) throw problem('not_found', 'There is no such coupon.');
  return coupon;
}
