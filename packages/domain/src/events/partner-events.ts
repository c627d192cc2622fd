import * as z from 'zod';
import { defineEvent } from '../event-definition.ts';
import { customerKeySchema, partnerIdSchema } from '../identifiers.ts';
import { taxProfileSchema } from '../payout/tax.ts';
import { sealedSchema } from '../sealed.ts';

/**
 * `profile` holds name, e-mail and site, sealed. `customerKeys` are the keys the partner would have as a
 * customer: they show a self-referral, and stay outside so that erasing never changes a decision.
 */
const profile = {
  profile: sealedSchema,
  customerKeys: z.array(customerKeySchema).max(20),
};

export const PartnerApplied = defineEvent(
  'PartnerApplied',
  z.object({ partnerId: partnerIdSchema, ...profile }),
);
export const PartnerApproved = defineEvent(
  'PartnerApproved',
  z.object({ partnerId: partnerIdSchema }),
);
export const PartnerSuspended = defineEvent(
  'PartnerSuspended',
  z.object({ partnerId: partnerIdSchema, reason: z.string().max(500) }),
);
export const PartnerReinstated = defineEvent(
  'PartnerReinstated',
  z.object({ partnerId: partnerIdSchema, reason: z.string().max(500).optional() }),
);
export const PartnerProfileChanged = defineEvent(
  'PartnerProfileChanged',
  z.object({ partnerId: partnerIdSchema, ...profile }),
);

/**
 * Where the partner's money goes, and what they are to the tax office. `details` holds the legal name of the account
 * holder, IBAN, BIC, address and VAT id, sealed. `accountKey` is an HMAC of the IBAN: it shows two partners with
 * one account, and tells nothing else.
 */
export const PayoutDetailsChanged = defineEvent(
  'PayoutDetailsChanged',
  z.object({
    partnerId: partnerIdSchema,
    details: sealedSchema,
    accountKey: customerKeySchema,
    taxProfile: taxProfileSchema,
  }),
);
/** They are gone, or to be: nothing is paid until others are given. */
export const PayoutDetailsRemoved = defineEvent(
  'PayoutDetailsRemoved',
  z.object({ partnerId: partnerIdSchema }),
);
/** The prior agreement of Directive 2006/112 Art. 224: the partner lets the merchant issue its invoices. */
export const SelfBillingAgreed = defineEvent(
  'SelfBillingAgreed',
  z.object({
    partnerId: partnerIdSchema,
    /** Which text was agreed to. */
    agreement: z.string().min(1).max(64),
    /** The partner through their own key, or the merchant, who holds the signed paper. */
    recordedFor: z.enum(['partner', 'merchant']),
  }),
);
export const SelfBillingEnded = defineEvent(
  'SelfBillingEnded',
  z.object({ partnerId: partnerIdSchema, reason: z.string().max(500) }),
);
/** While a review is open the partner is not paid; what they bring counts as ever. */
export const PartnerReviewOpened = defineEvent(
  'PartnerReviewOpened',
  z.object({ partnerId: partnerIdSchema, reason: z.string().max(500) }),
);
export const PartnerReviewClosed = defineEvent(
  'PartnerReviewClosed',
  z.object({ partnerId: partnerIdSchema, reason: z.string().max(500).optional() }),
);

export const partnerEvents = {
  PartnerApplied,
  PartnerApproved,
  PartnerSuspended,
  PartnerReinstated,
  PartnerProfileChanged,
  PayoutDetailsChanged,
  PayoutDetailsRemoved,
  SelfBillingAgreed,
  SelfBillingEnded,
  PartnerReviewOpened,
  PartnerReviewClosed,
};
