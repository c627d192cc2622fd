import type { TouchFact } from '../facts.ts';
import type { CouponHistory } from '../history/coupon-history.ts';
import type { Dossier } from '../history/dossier.ts';
import { linkNamedByUtm } from '../history/link-history.ts';
import type { LinkHistory } from '../history/link-history.ts';
import type { PlacedFact } from '../history/order-history.ts';
import { termsAt } from '../history/programme-history.ts';
import type { TermsFact } from '../history/programme-history.ts';
import { normaliseCouponCode } from '../identifiers.ts';
import type { Instant } from '../instant.ts';
import type { Claim } from './claim.ts';
import { latestFirst } from './latest-first.ts';
import { windowOpensAt } from './window.ts';

/**
 * Rule 1: the claims on an order, latest first. The codes that stand on it come before all touches, in the
 * order of the shop; touches of one millisecond stand by the greater id first.
 */
export function claimsOn(
  placed: PlacedFact,
  touches: readonly TouchFact[],
  tied: ReadonlySet<string>,
  dossier: Dossier,
): readonly Claim[] {
  const terms = termsLookup(placed.occurredAt, dossier);
  const codes = orderCouponClaims(placed, dossier, terms);
  const claims: Claim[] = [];
  for (const touch of touches) {
    if (!tied.has(touch.visitorId)) continue;
    const claim = claimOf(touch, placed, dossier, terms);
    if (claim !== null) claims.push(claim);
  }
  claims.sort(latestFirst);
  return codes.length === 0 ? claims : [...codes, ...claims];
}

type TermsLookup = (programmeId: string) => TermsFact | null;

function termsLookup(at: Instant, dossier: Dossier): TermsLookup {
  const found = new Map<string, TermsFact | null>();
  return (programmeId) => {
    const known = found.get(programmeId);
    if (known !== undefined) return known;
    const programme = dossier.programmes.get(programmeId);
    const terms = programme === undefined ? null : termsAt(programme, at);
    found.set(programmeId, terms);
    return terms;
  };
}

function orderCouponClaims(
  placed: PlacedFact,
  dossier: Dossier,
  terms: TermsLookup,
): readonly Claim[] {
  if (placed.data.couponCodes.length === 0) return [];
  const codes = new Set(placed.data.couponCodes.map(normaliseCouponCode));
  const claims: Claim[] = [];
  for (const code of codes) {
    const coupon = code === null ? undefined : dossier.coupons.get(code);
    if (code === null || coupon === undefined) continue;
    const claim = couponClaim(code, coupon, null, placed, terms);
    if (claim !== null) claims.push(claim);
  }
  return claims;
}

function claimOf(
  touch: TouchFact,
  placed: PlacedFact,
  dossier: Dossier,
  terms: TermsLookup,
): Claim | null {
  if (touch.kind === 'coupon_entered') {
    if (touch.couponCode === null || placed.data.couponCodes.length > 0) return null;
    const coupon = dossier.coupons.get(touch.couponCode);
    if (coupon === undefined) return null;
    return couponClaim(touch.couponCode, coupon, touch, placed, terms);
  }
  const link = linkNamedBy(touch, dossier);
  return link === null ? null : linkClaim(touch, touch.kind, link, placed, terms);
}

/** A `ref` that wasn't a link yet at the visit names one only when the UTM values name none. */
function linkNamedBy(touch: TouchFact, dossier: Dossier): LinkHistory | null {
  const link = touch.linkCode === null ? null : (dossier.links.get(touch.linkCode) ?? null);
  if (touch.kind !== 'visit' || touch.utm === null) return link;
  const existed = link?.created !== undefined && link.created.occurredAt <= touch.occurredAt;
  if (existed) return link;
  return linkNamedByUtm(dossier.links.values(), touch.utm, touch.occurredAt) ?? link;
}

function linkClaim(
  touch: TouchFact,
  kind: 'click' | 'visit',
  link: LinkHistory,
  placed: PlacedFact,
  terms: TermsLookup,
): Claim | null {
  if (link.created === undefined) return null;
  const { code, partnerId, programmeId } = link.created.data;
  return {
    touchId: touch.touchId,
    kind,
    occurredAt: touch.occurredAt,
    partnerId,
    programmeId,
    touch,
    link,
    linkCode: code,
    coupon: null,
    couponCode: null,
    ...window(programmeId, placed, terms),
  };
}

function couponClaim(
  code: string,
  coupon: CouponHistory,
  touch: TouchFact | null,
  placed: PlacedFact,
  terms: TermsLookup,
): Claim | null {
  if (coupon.issued === undefined) return null;
  const { partnerId, programmeId } = coupon.issued.data;
  return {
    touchId: touch?.touchId ?? `coupon:${code}`,
    kind: touch === null ? 'order_coupon' : 'entered_coupon',
    occurredAt: touch?.occurredAt ?? placed.occurredAt,
    partnerId,
    programmeId,
    touch,
    link: null,
    linkCode: null,
    coupon,
    couponCode: code,
    ...window(programmeId, placed, terms),
  };
}

function window(
  programmeId: string,
  placed: PlacedFact,
  lookup: TermsLookup,
): Pick<Claim, 'terms' | 'windowOpensAt'> {
  const terms = lookup(programmeId);
  return {
    terms,
    windowOpensAt: terms === null ? null : windowOpensAt(placed.occurredAt, terms.data.terms),
  };
}
