import type { Instant } from '../instant.ts';
import type { BasisPoints, Cents } from '../money.ts';
import { shareOf } from '../money.ts';
import { nlStandardRateBps } from './tax.ts';
import type { TaxProfile, VatPart, VatTreatment } from './tax.ts';

/** How a partner's commissions are taxed when a Dutch merchant pays them. */
export function vatTreatmentOf(profile: TaxProfile): VatTreatment {
  switch (profile) {
    case 'nl_business':
      return 'standard';
    case 'nl_small_business':
      return 'small_business';
    case 'private_person':
      return 'no_vat';
    case 'eu_business':
      return 'reverse_charge';
    case 'non_eu_business':
      return 'outside_scope';
  }
}

export function vatRateBps(treatment: VatTreatment, at: Instant): BasisPoints {
  return treatment === 'standard' ? nlStandardRateBps(at) : 0;
}

export interface Taxed {
  readonly treatment: VatTreatment;
  readonly rateBps: number;
}

/** How what is paid to a partner of the profile is taxed, at the rate in force at `at`. */
export function taxedAs(profile: TaxProfile, at: Instant): Taxed {
  const treatment = vatTreatmentOf(profile);
  return { treatment, rateBps: vatRateBps(treatment, at) };
}

/** An amount of a payout and how it is, or was, taxed. */
export interface TaxedAmount extends Taxed {
  readonly amountCents: Cents;
}

/**
 * The parts of a payout: what it pays, and what it takes back, per treatment and rate. VAT is worked out on the
 * sum of a part, as it stands on the invoice or credit note, and rounded half up there.
 */
export function vatParts(amounts: readonly TaxedAmount[]): readonly VatPart[] {
  const parts = new Map<string, VatPart>();
  for (const { amountCents, treatment, rateBps } of amounts) {
    const kind = amountCents < 0 ? 'credited' : 'invoiced';
    const key = `${kind} ${treatment} ${String(rateBps).padStart(5, '0')}`;
    const netCents = (parts.get(key)?.netCents ?? 0) + amountCents;
    parts.set(key, { kind, treatment, rateBps, netCents, vatCents: vatOn(netCents, rateBps) });
  }
  return [...parts].sort(([one], [other]) => (one < other ? 1 : -1)).map(([, part]) => part);
}

/** Rounded half away from zero, so that a credit takes back exactly what the same sum was charged. */
function vatOn(netCents: Cents, rateBps: number): Cents {
  const vatCents = shareOf(Math.abs(netCents), rateBps);
  // Not `-vatCents`, which would make a negative zero.
  return netCents < 0 ? 0 - vatCents : vatCents;
}

/**
 * The VAT that the merchant accounts for in the partner's place, at the rate in force at `at`: due and, at once,
 * deductible.
 */
export function selfAssessedVatCents({ treatment, netCents }: VatPart, at: Instant): Cents {
  const isOurs = treatment === 'reverse_charge' || treatment === 'outside_scope';
  return isOurs ? vatOn(netCents, nlStandardRateBps(at)) : 0;
}
