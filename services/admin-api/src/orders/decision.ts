import { z } from '@hono/zod-openapi';
import { EXCLUSION_REASONS, rewardSchema } from '@provisie/domain';
import type { Candidate, Commission, Decision } from '@provisie/domain';
import { inIso, instantAnswer } from '../instants.ts';

const names = z.string().nullable();
const kind = z.enum(['order_coupon', 'entered_coupon', 'click', 'visit']);

const candidateSchema = z.object({
  touchId: z.string(),
  kind,
  occurredAt: instantAnswer,
  visitorId: names,
  linkCode: names,
  couponCode: names,
  partnerId: z.string(),
  partnerName: names,
  programmeId: z.string(),
  termsVersion: z.int().nullable(),
  windowOpensAt: instantAnswer.nullable(),
  result: z
    .enum([
      'won',
      ...EXCLUSION_REASONS,
      'superseded_by_coupon',
      'superseded_by_link',
      'superseded_by_later_touch',
      'superseded_by_lock',
    ])
    .openapi({ description: '`won`, or the first reason why it did not.' }),
});

const commissionSchema = z.object({
  amountCents: z.int(),
  payableFrom: instantAnswer.nullable(),
  rejection: z.object({ occurredAt: instantAnswer, reason: z.string(), by: z.string() }).nullable(),
  writtenOffCents: z.int().openapi({ description: 'What of it will not be paid any more.' }),
  payouts: z
    .array(
      z.object({
        payoutId: z.string(),
        state: z.enum(['scheduled', 'paid']),
        amountCents: z.int(),
      }),
    )
    .readonly(),
});

export const decisionSchema = z
  .object({
    orderId: z.string(),
    placedAt: instantAnswer,
    customer: z.string().openapi({ description: 'A key that stands for the customer.' }),
    currency: z.string(),
    couponCodes: z.array(z.string()).readonly(),
    cancelledAt: instantAnswer.nullable(),
    completedAt: instantAnswer.nullable(),
    base: z.object({
      linesCents: z.int(),
      refundsCents: z.int(),
      baseCents: z.int(),
      amendmentId: names,
      refusedAmendmentIds: z.array(z.string()).readonly(),
      refundIds: z.array(z.string()).readonly(),
    }),
    candidates: z
      .array(candidateSchema)
      .readonly()
      .openapi({ description: 'Latest first, at most fifty, the winner always among them.' }),
    omittedCandidates: z.int(),
    outcome: z.enum(['awarded', 'no_touch', 'no_counting_touch']),
    award: z
      .object({
        partnerId: z.string(),
        partnerName: names,
        programmeId: z.string(),
        termsVersion: z.int(),
        touchId: z.string(),
        kind,
        linkCode: names,
        couponCode: names,
        lockedByPayoutId: names,
      })
      .nullable(),
    reward: z
      .object({
        result: z.enum([
          'earned',
          'order_cancelled',
          'zero_base',
          'not_first_order',
          'superseded_by_lock',
        ]),
        reward: rewardSchema,
        rateBps: z.int().nullable(),
        rank: z.int().nullable(),
        earlierOrderIds: z.array(z.string()).readonly(),
        amountCents: z.int(),
        arithmetic: z.string().openapi({ example: '10.00 % of €1,234.50 = €123.45' }),
      })
      .nullable(),
    commission: commissionSchema.nullable(),
    explanation: z.string().openapi({ description: 'The same in words, fit to be read out.' }),
  })
  .openapi('Decision');

type Names = ReadonlyMap<string, string>;

/** `names`: of partners, by id. */
export function decisionAnswer(decision: Decision, explanation: string, names: Names) {
  const { award, commission, candidates } = decision;
  return {
    ...inIso(decision, ['placedAt', 'cancelledAt', 'completedAt']),
    candidates: candidates.map((candidate) => candidateAnswer(candidate, names)),
    award: award === null ? null : { ...award, partnerName: names.get(award.partnerId) ?? null },
    commission: commission === null ? null : commissionAnswer(commission),
    explanation,
  };
}

function candidateAnswer(candidate: Candidate, names: Names) {
  const partnerName = names.get(candidate.partnerId) ?? null;
  return { ...inIso(candidate, ['occurredAt', 'windowOpensAt']), partnerName };
}

function commissionAnswer(commission: Commission) {
  const { rejection } = commission;
  return {
    ...inIso(commission, ['payableFrom']),
    rejection: rejection === null ? null : inIso(rejection, ['occurredAt']),
  };
}
