import * as z from 'zod';
import { defineEvent } from '../event-definition.ts';
import { orderIdSchema, partnerIdSchema } from '../identifiers.ts';

/** A person's verdict. It names the partner: if the award moves to another, it stays behind. */
const verdict = z.object({
  orderId: orderIdSchema,
  partnerId: partnerIdSchema,
  reason: z.string().min(1).max(500),
  /** The access key that gave it. */
  by: z.string().max(128),
});

export const CommissionRejected = defineEvent('CommissionRejected', verdict);
export const CommissionReinstated = defineEvent('CommissionReinstated', verdict);

export const commissionEvents = { CommissionRejected, CommissionReinstated };
