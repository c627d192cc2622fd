import * as z from 'zod';
import { dayNamed, dayOf } from '../calendar.ts';
import type { Instant } from '../instant.ts';
import { basisPointsSchema, signedSumCentsSchema } from '../money.ts';
import type { BasisPoints } from '../money.ts';

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

/**
 * The standard rate of Wet OB 1968 art. 9(1) by the Dutch day from which it is in force, the latest first. A change is one
 * more line: what was paid before keeps its rate.
 */
const NL_STANDARD_RATES = [
  { from: dayNamed('2012-10-01'), rateBps: 2100 },
  { from: dayNamed('2001-01-01'), rateBps: 1900 },
] as const;
/** In force from 1992 until then. */
const NL_STANDARD_RATE_BEFORE_BPS = 1750;

export function nlStandardRateBps(at: Instant): BasisPoints {
  const day = dayOf(at);
  return NL_STANDARD_RATES.find(({ from }) => from <= day)?.rateBps ?? NL_STANDARD_RATE_BEFORE_BPS;
}
