import type { Fact } from '../event-catalogue.ts';
import { addCouponFact, newCouponHistory } from '../history/coupon-history.ts';
import type { Instant } from '../instant.ts';

export interface CouponState {
  readonly code: string;
  readonly programmeId: string;
  readonly partnerId: string;
  readonly issuedAt: Instant;
  /** Inclusive, as `validUntil` is. */
  readonly validFrom: Instant;
  readonly validUntil: Instant | null;
  readonly withdrawnAt: Instant | null;
}

/** What the facts of one coupon come to; null when its issue isn't among them. */
export function couponState(facts: Iterable<Fact>): CouponState | null {
  const history = newCouponHistory();
  for (const fact of facts) {
    if (fact.type === 'CouponIssued' || fact.type === 'CouponWithdrawn') {
      addCouponFact(history, fact);
    }
  }
  const { issued, withdrawn } = history;
  if (issued === undefined) return null;
  const { code, programmeId, partnerId, validFrom, validUntil } = issued.data;
  return {
    code,
    programmeId,
    partnerId,
    issuedAt: issued.occurredAt,
    validFrom: validFrom ?? issued.occurredAt,
    validUntil: validUntil ?? null,
    withdrawnAt: withdrawn?.occurredAt ?? null,
  };
}
