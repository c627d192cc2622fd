import * as z from 'zod';
import { basisPointsSchema, signedSumCentsSchema } from '../money.ts';

/**
 * What a partner is to the tax office of a Dutch merchant: a Dutch business that charges VAT, one under the
 * small-business scheme (KOR), a private person, a business elsewhere in the EU, one outside the EU.
 */
export const taxProfileSchema = z.enum([
  'nl_business',
  'nl_small_business',
  'private_person',
  'eu_business',
  'non_eu_business',
]);
export type TaxProfile = z.infer<typeof taxProfileSchema>;

/**
 * `standard`: Dutch VAT on top. `small_business`: exempt (Wet OB 1968 art. 25). `no_vat`: a private person.
 * `reverse_charge`: the merchant accounts for it (Directive 2006/112 Art. 196). `outside_scope`: as that, but the
 * supplier's own country isn't bound by the directive.
 */
export const vatTreatmentSchema = z.enum([
  'standard',
  'small_business',
  'no_vat',
  'reverse_charge',
  'outside_scope',
]);
export type VatTreatment = z.infer<typeof vatTreatmentSchema>;

/** Part of a payout: what is earned is invoiced, what is taken back is credited as it was invoiced (negative). */
export const vatPartSchema = z.object({
  kind: z.enum(['invoiced', 'credited']),
  treatment: vatTreatmentSchema,
  rateBps: basisPointsSchema,
  netCents: signedSumCentsSchema,
  /** On `netCents` as a whole, rounded half up; paid with the payout. */
  vatCents: signedSumCentsSchema,
});
export type VatPart = z.infer<typeof vatPartSchema>;

/** The standard rate of Wet OB 1968 art. 9(1), in force since 2012-10-01. */
export const NL_STANDARD_RATE_BPS = 2100;
