import { z } from '@hono/zod-openapi';
import { partnerIdSchema, partnerState, streams, taxProfileSchema } from '@provisie/domain';
import type { Fact } from '@provisie/domain';
import type { EventStore } from '@provisie/event-store';
import type { PartnerView } from '@provisie/read-model';
import { readFacts } from '../change-stream.ts';
import { inIso, instantAnswer, iso } from '../instants.ts';
import { problem } from '../problems.ts';
import type { Profile } from './profile.ts';
import { profileSchema } from './profile.ts';

export const partnerStatusSchema = z.enum(['applied', 'approved', 'suspended']);

export const partnerSchema = z
  .object({
    partnerId: partnerIdSchema,
    status: partnerStatusSchema,
    profile: profileSchema.nullable().openapi({ description: 'Null once it was erased.' }),
    appliedAt: instantAnswer,
    approvedAt: instantAnswer.nullable(),
    suspendedAt: instantAnswer.nullable(),
    suspensionReason: z.string().nullable(),
    review: z
      .object({ openedAt: instantAnswer, reason: z.string() })
      .nullable()
      .openapi({ description: 'While one is open, nothing is paid.' }),
    selfBilling: z
      .object({ agreement: z.string(), agreedAt: instantAnswer })
      .nullable()
      .openapi({ description: 'The agreement in force to issue the partner’s invoices.' }),
    payoutDetails: z
      .object({ taxProfile: taxProfileSchema, changedAt: instantAnswer })
      .nullable()
      .openapi({ description: 'That they are there; what they say is in `…/payout-details`.' }),
  })
  .openapi('Partner');

/** What partners read of themselves: that they are reviewed, but not why. */
export const ownPartnerSchema = partnerSchema
  .extend({ review: z.object({ openedAt: instantAnswer }).nullable() })
  .openapi('OwnPartner');

export const partnerParams = z.object({ partnerId: partnerIdSchema });

export function partnerAnswer(partner: PartnerView, profile: Profile | null) {
  const { partnerId, status, suspensionReason } = partner;
  const { appliedAt, approvedAt, suspendedAt } = inIso(partner, [
    'appliedAt',
    'approvedAt',
    'suspendedAt',
  ]);
  const moments = { appliedAt, approvedAt, suspendedAt };
  const payouts = {
    review: partner.review === null ? null : inIso(partner.review, ['openedAt']),
    selfBilling: partner.selfBilling === null ? null : inIso(partner.selfBilling, ['agreedAt']),
    payoutDetails: payoutDetailsThere(partner),
  };
  return { partnerId, status, profile, ...moments, suspensionReason, ...payouts };
}

function payoutDetailsThere({ payoutDetails }: PartnerView) {
  if (payoutDetails === null) return null;
  return { taxProfile: payoutDetails.taxProfile, changedAt: iso(payoutDetails.changedAt) };
}

export function ownPartnerAnswer(partner: PartnerView, profile: Profile | null) {
  const { review, ...answer } = partnerAnswer(partner, profile);
  return { ...answer, review: review === null ? null : { openedAt: review.openedAt } };
}

/** Throws `not_found`: the partner is what the request is about. */
export function knownPartner(facts: readonly Fact[]): PartnerView {
  const partner = partnerState(facts);
  if (partner === null) throw problem('not_found', 'There is no such partner.');
  return partner;
}

/** For something that is to belong to the partner. Throws `partner_unknown` or `partner_not_approved`. */
export async function approvedPartner(store: EventStore, partnerId: string): Promise<PartnerView> {
  const partner = partnerState(await readFacts(store, streams.partner(partnerId)));
  if (partner === null) {
    throw problem('partner_unknown', `There is no partner ${partnerId}; let it apply first.`);
  }
  if (partner.status !== 'approved') {
    throw problem(
      'partner_not_approved',
      `The partner ${partnerId} is ${partner.status}: nothing it brought would count. Approve or reinstate it first.`,
    );
  }
  return partner;
}
