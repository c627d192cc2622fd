import type { CandidateKind } from '../decision.ts';
import type { TouchFact } from '../facts.ts';
import type { CouponHistory } from '../history/coupon-history.ts';
import type { LinkHistory } from '../history/link-history.ts';
import type { TermsFact } from '../history/programme-history.ts';
import type { Instant } from '../instant.ts';

/** What a candidate brings forward, before anybody judges it. */
export interface Claim {
  readonly touchId: string;
  readonly kind: CandidateKind;
  readonly occurredAt: Instant;
  readonly partnerId: string;
  readonly programmeId: string;
  /** Null for a code that stands on the order. */
  readonly touch: TouchFact | null;
  readonly link: LinkHistory | null;
  readonly linkCode: string | null;
  readonly coupon: CouponHistory | null;
  readonly couponCode: string | null;
  /** The programme's terms in force when the order was placed; null when there were none. */
  readonly terms: TermsFact | null;
  readonly windowOpensAt: Instant | null;
}

export function isCouponClaim(claim: Claim): boolean {
  return claim.kind === 'order_coupon' || claim.kind === 'entered_coupon';
}
