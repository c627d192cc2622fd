import type { LossReason } from '../decision.ts';
import { isCouponClaim } from './claim.ts';
import type { Claim } from './claim.ts';

/**
 * Rule 4: the winner among the claims, which are in the order of `claimsOn`; null where none counts.
 * Coupons come before links, unless the terms of the first coupon's programme turn that round.
 */
export function winnerOf(
  claims: readonly Claim[],
  counts: (claim: Claim) => boolean,
): Claim | null {
  const coupon = claims.find((claim) => isCouponClaim(claim) && counts(claim));
  const touch = claims.find((claim) => !isCouponClaim(claim) && counts(claim));
  if (coupon === undefined) return touch ?? null;
  const linkFirst = coupon.terms?.data.terms.precedence === 'link';
  return linkFirst ? (touch ?? coupon) : coupon;
}

/** What the others lost to. */
export function lossTo(winner: Claim, loser: Claim): LossReason {
  if (isCouponClaim(winner)) return 'superseded_by_coupon';
  return isCouponClaim(loser) ? 'superseded_by_link' : 'superseded_by_later_touch';
}
