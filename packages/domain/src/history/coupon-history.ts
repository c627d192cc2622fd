import type { FactOfType } from '../event-catalogue.ts';
import type { Instant } from '../instant.ts';
import { countingFact } from '../repeats.ts';

export type CouponFact = FactOfType<'CouponIssued' | 'CouponWithdrawn'>;
type CouponIssuedFact = FactOfType<'CouponIssued'>;

/** Everything known of one coupon; each fact once. */
export interface CouponHistory {
  issued: CouponIssuedFact | undefined;
  withdrawn: FactOfType<'CouponWithdrawn'> | undefined;
}

export function newCouponHistory(): CouponHistory {
  return { issued: undefined, withdrawn: undefined };
}

export function addCouponFact(history: CouponHistory, fact: CouponFact): void {
  switch (fact.type) {
    case 'CouponIssued':
      history.issued = countingFact(history.issued, fact);
      break;
    case 'CouponWithdrawn':
      history.withdrawn = countingFact(history.withdrawn, fact);
      break;
  }
}

/**
 * Valid from `validFrom` to `validUntil`, both inclusive, never before it was issued, and withdrawn from the
 * millisecond of its withdrawal on.
 */
export function isCouponValidAt(history: CouponHistory, at: Instant): boolean {
  const { issued, withdrawn } = history;
  if (issued === undefined || issued.occurredAt > at) return false;
  if (withdrawn !== undefined && withdrawn.occurredAt <= at) return false;
  const { validFrom = issued.occurredAt, validUntil = Number.POSITIVE_INFINITY } = issued.data;
  return validFrom <= at && at <= validUntil;
}
