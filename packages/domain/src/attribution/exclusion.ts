import type { ExclusionReason } from '../decision.ts';
import { EXCLUSION_REASONS } from '../decision.ts';
import type { ConsentSignal } from '../events/touch-events.ts';
import { isCouponValidAt } from '../history/coupon-history.ts';
import type { Dossier } from '../history/dossier.ts';
import { isLinkEnabledAt } from '../history/link-history.ts';
import type { PlacedFact } from '../history/order-history.ts';
import { isActiveAt, profileAt } from '../history/partner-history.ts';
import { isOpenAt } from '../history/programme-history.ts';
import type { ConsentMode, Terms } from '../terms.ts';
import type { Claim } from './claim.ts';

/** Rule 3: the first reason of the list for which the claim is out; null when it counts. */
export function exclusionOf(
  claim: Claim,
  placed: PlacedFact,
  dossier: Dossier,
): ExclusionReason | null {
  for (const reason of EXCLUSION_REASONS) {
    if (CHECKS[reason](claim, placed, dossier)) return reason;
  }
  return null;
}

/** True when the claim is out for this reason. */
type Check = (claim: Claim, placed: PlacedFact, dossier: Dossier) => boolean;

const CHECKS: Readonly<Record<ExclusionReason, Check>> = {
  bot: (claim) => claim.touch?.bot === true,
  consent_denied: isConsentDenied,
  programme_closed: isProgrammeClosed,
  partner_not_active: isPartnerInactive,
  link_disabled: (claim) => claim.link !== null && !isLinkEnabledAt(claim.link, claim.occurredAt),
  coupon_not_valid: (claim, placed) =>
    claim.coupon !== null && !isCouponValidAt(claim.coupon, placed.occurredAt),
  self_referral: isSelfReferral,
  currency_mismatch: (claim, placed) =>
    claim.terms !== null && claim.terms.data.terms.currency !== placed.data.currency,
  outside_window: (claim) => claim.windowOpensAt !== null && claim.occurredAt < claim.windowOpensAt,
};

function isConsentDenied(claim: Claim): boolean {
  if (claim.touch === null || claim.terms === null) return false;
  const mode = consentMode(claim.terms.data.terms, claim.touch.country);
  return REFUSES[mode](claim.touch.consent);
}

const REFUSES: Readonly<Record<ConsentMode, (signal: ConsentSignal) => boolean>> = {
  required: (signal) => signal !== 'granted',
  exempt: (signal) => signal === 'denied',
  off: () => false,
};

function consentMode(terms: Terms, country: string | null): ConsentMode {
  const { countries, default: otherwise } = terms.consent;
  if (country === null || !Object.hasOwn(countries, country)) return otherwise;
  return countries[country] ?? otherwise;
}

function isProgrammeClosed(claim: Claim, placed: PlacedFact, dossier: Dossier): boolean {
  const programme = dossier.programmes.get(claim.programmeId);
  if (programme === undefined || claim.terms === null) return true;
  return !isOpenAt(programme, placed.occurredAt);
}

function isPartnerInactive(claim: Claim, placed: PlacedFact, dossier: Dossier): boolean {
  const partner = dossier.partners.get(claim.partnerId);
  return partner === undefined || !isActiveAt(partner, placed.occurredAt);
}

function isSelfReferral(claim: Claim, placed: PlacedFact, dossier: Dossier): boolean {
  const partner = dossier.partners.get(claim.partnerId);
  const profile = partner === undefined ? null : profileAt(partner, placed.occurredAt);
  return profile?.data.customerKeys.includes(placed.data.customer) === true;
}
