import * as z from 'zod';
import { defineEvent } from '../event-definition.ts';

/** Who pays: what stands on invoices and in payment files. The company's own details, public by law. */
export const merchantDetailsSchema = z.object({
  legalName: z.string().min(1).max(140),
  street: z.string().min(1).max(70),
  postalCode: z.string().min(1).max(16),
  city: z.string().min(1).max(35),
  /** The VAT rules are those of a Dutch merchant. */
  country: z.literal('NL'),
  vatId: z.string().min(1).max(20),
  /** Of the chamber of commerce (KvK). */
  registrationNumber: z.string().min(1).max(20).nullable(),
  email: z.email().max(254).nullable(),
  iban: z.string().min(5).max(34),
  bic: z.string().min(8).max(11).nullable(),
});
export type MerchantDetails = z.infer<typeof merchantDetailsSchema>;

export const MerchantDetailsChanged = defineEvent('MerchantDetailsChanged', merchantDetailsSchema);

export const merchantEvents = { MerchantDetailsChanged };
