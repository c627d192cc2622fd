import type { Candidate, Decision } from '../decision.ts';
import type { Instant } from '../instant.ts';
import type { CouponState } from '../state/coupon-state.ts';
import type { LinkState } from '../state/link-state.ts';
import type { PartnerState } from '../state/partner-state.ts';
import type { ProgrammeState } from '../state/programme-state.ts';
import { timeText } from './text.ts';

/**
 * What is known of the coupons, links, partners and programmes that candidates name: with it an explanation tells
 * since when or until when something that counted against a candidate held.
 */
export interface Circumstances {
  readonly coupons: ReadonlyMap<string, CouponState>;
  readonly links: ReadonlyMap<string, LinkState>;
  readonly partners: ReadonlyMap<string, Pick<PartnerState, 'approvedAt' | 'suspendedAt'>>;
  readonly programmes: ReadonlyMap<string, ProgrammeState>;
}

export const NO_CIRCUMSTANCES: Circumstances = {
  coupons: new Map(),
  links: new Map(),
  partners: new Map(),
  programmes: new Map(),
};

/**
 * Why the candidate's coupon, link, partner or programme didn't hold at the moment that counts: `it was valid until
 * 2026-03-01T…`; null when there is nothing to add. A partner's state is that of today, so nothing is told of a
 * suspension that was lifted since; nor why somebody is suspended, which is no business of other partners.
 */
export function circumstanceText(
  candidate: Candidate,
  decision: Decision,
  known: Circumstances,
): string | null {
  return TEXTS[candidate.result]?.(candidate, decision, known) ?? null;
}

type CircumstanceText = (
  candidate: Candidate,
  decision: Decision,
  known: Circumstances,
) => string | null;

const TEXTS: Readonly<Partial<Record<Candidate['result'], CircumstanceText>>> = {
  programme_closed: ({ programmeId }, { placedAt }, { programmes }) =>
    programmeText(programmes.get(programmeId), placedAt),
  partner_not_active: ({ partnerId }, { placedAt }, { partners }) =>
    partnerText(partners.get(partnerId), placedAt),
  link_disabled: ({ linkCode, occurredAt }, _, { links }) =>
    linkText(links.get(linkCode ?? ''), occurredAt),
  coupon_not_valid: ({ couponCode }, { placedAt }, { coupons }) =>
    couponText(coupons.get(couponCode ?? ''), placedAt),
};

function programmeText(programme: ProgrammeState | undefined, at: Instant): string | null {
  if (programme === undefined) return null;
  const { openedAt, closedAt, terms } = programme;
  if (at < openedAt) return `it was opened at ${timeText(openedAt)}`;
  if (closedAt !== null && closedAt <= at) return `it was closed at ${timeText(closedAt)}`;
  const firstTerms = Math.min(...terms.map(({ effectiveFrom }) => effectiveFrom));
  if (firstTerms === Number.POSITIVE_INFINITY) return 'it has no terms yet';
  return at < firstTerms ? `its first terms are in force from ${timeText(firstTerms)} on` : null;
}

function partnerText(
  partner: Pick<PartnerState, 'approvedAt' | 'suspendedAt'> | undefined,
  at: Instant,
): string | null {
  if (partner === undefined) return null;
  const { approvedAt, suspendedAt } = partner;
  if (approvedAt === null) return 'they are not approved yet';
  if (at < approvedAt) return `they were approved at ${timeText(approvedAt)}`;
  return suspendedAt !== null && suspendedAt <= at
    ? `they have been suspended since ${timeText(suspendedAt)}`
    : null;
}

function linkText(link: LinkState | undefined, at: Instant): string | null {
  if (link === undefined) return null;
  const { createdAt, disabledAt } = link;
  if (at < createdAt) return `it was created at ${timeText(createdAt)}`;
  return disabledAt !== null && disabledAt <= at
    ? `it was disabled at ${timeText(disabledAt)}`
    : null;
}

function couponText(coupon: CouponState | undefined, at: Instant): string | null {
  if (coupon === undefined) return null;
  const { issuedAt, validFrom, validUntil, withdrawnAt } = coupon;
  if (at < issuedAt) return `it was issued at ${timeText(issuedAt)}`;
  if (withdrawnAt !== null && withdrawnAt <= at)
    return `it was withdrawn at ${timeText(withdrawnAt)}`;
  if (at < validFrom) return `it is valid from ${timeText(validFrom)} on`;
  return validUntil !== null && validUntil < at
    ? `it was valid until ${timeText(validUntil)}`
    : null;
}
