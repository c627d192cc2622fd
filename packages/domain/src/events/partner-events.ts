import { z } from 'zod';
import { defineEvent } from '../event-definition.ts';
import { customerKeySchema, partnerIdSchema } from '../identifiers.ts';
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

export const partnerEvents = {
  PartnerApplied,
  PartnerApproved,
  PartnerSuspended,
  PartnerReinstated,
  PartnerProfileChanged,
};
