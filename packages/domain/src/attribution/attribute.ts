import type { Award, Candidate, Decision } from '../decision.ts';
import type { Lock } from '../commission/lock.ts';
import type { Facts } from '../facts.ts';
import type { Dossier } from '../history/dossier.ts';
import type { PlacedFact } from '../history/order-history.ts';
import type { Terms } from '../terms.ts';
import type { Claim } from './claim.ts';
import { claimsOn } from './claims.ts';
import { exclusionOf } from './exclusion.ts';
import { consideredOf, touchesBefore, visitorsTiedTo } from './visitors.ts';
import { lossTo, winnerOf } from './winner.ts';

const MOST_CANDIDATES = 50;

/** Who brought the order, and what every other candidate was out for. */
export interface Attribution {
  readonly candidates: readonly Candidate[];
  readonly omittedCandidates: number;
  readonly outcome: Decision['outcome'];
  readonly award: Award | null;
  /** Of the award: what it earns is worked out with these. */
  readonly terms: Terms | null;
}

/** Rules 1 to 4, and 11 where a payout has locked the award. */
export function attribute(
  placed: PlacedFact,
  facts: Facts,
  dossier: Dossier,
  lock: Lock | null,
): Attribution {
  const touches = touchesBefore(placed, facts.touches);
  const considered = consideredOf(touches);
  const tied = visitorsTiedTo(placed, touches, considered, facts);
  const claims = claimsOn(placed, considered, tied, dossier);
  const exclusion = (claim: Claim) => exclusionOf(claim, placed, dossier);
  const winner = winnerOf(claims, (claim) => exclusion(claim) === null);
  const awardedTouchId = lock?.line.touchId ?? winner?.touchId ?? null;
  const candidates = listed(claims, awardedTouchId).map((claim) => {
    if (claim.touchId === awardedTouchId) return candidateOf(claim, 'won');
    return candidateOf(claim, exclusion(claim) ?? lossOf(claim, winner));
  });
  return {
    candidates,
    omittedCandidates: claims.length - candidates.length,
    outcome: outcomeOf(awardedTouchId, candidates),
    ...(lock === null ? awardOf(winner) : lockedAward(lock, claims)),
  };
}

/** The one that would have won, if it isn't the one that did, lost to the lock. */
function lossOf(claim: Claim, winner: Claim | null): Candidate['result'] {
  if (winner === null || claim === winner) return 'superseded_by_lock';
  return lossTo(winner, claim);
}

function outcomeOf(
  awardedTouchId: string | null,
  candidates: readonly Candidate[],
): Decision['outcome'] {
  if (awardedTouchId !== null) return 'awarded';
  return candidates.length === 0 ? 'no_touch' : 'no_counting_touch';
}

function awardOf(winner: Claim | null): Pick<Attribution, 'award' | 'terms'> {
  if (winner === null || winner.terms === null) return { award: null, terms: null };
  const { partnerId, programmeId, touchId, kind, linkCode, couponCode, terms } = winner;
  const { termsVersion } = terms.data;
  return {
    award: {
      partnerId,
      programmeId,
      termsVersion,
      touchId,
      kind,
      linkCode,
      couponCode,
      lockedByPayoutId: null,
    },
    terms: terms.data.terms,
  };
}

function lockedAward(
  lock: Lock,
  claims: readonly Claim[],
): { readonly award: Award; readonly terms: Terms } {
  const { programmeId, termsVersion, touchId } = lock.line;
  const claim = claims.find((claim) => claim.touchId === touchId);
  const code = touchId.startsWith('coupon:') ? touchId.slice('coupon:'.length) : null;
  return {
    award: {
      partnerId: lock.partnerId,
      programmeId,
      termsVersion,
      touchId,
      kind: claim?.kind ?? (code === null ? 'click' : 'order_coupon'),
      linkCode: claim?.linkCode ?? null,
      couponCode: claim === undefined ? code : claim.couponCode,
      lockedByPayoutId: lock.payoutId,
    },
    terms: lock.terms.data.terms,
  };
}

function candidateOf(claim: Claim, result: Candidate['result']): Candidate {
  return {
    touchId: claim.touchId,
    kind: claim.kind,
    occurredAt: claim.occurredAt,
    visitorId: claim.touch?.visitorId ?? null,
    linkCode: claim.linkCode,
    couponCode: claim.couponCode,
    partnerId: claim.partnerId,
    programmeId: claim.programmeId,
    termsVersion: claim.terms?.data.termsVersion ?? null,
    windowOpensAt: claim.windowOpensAt,
    result,
  };
}

/** Rule 15: the latest fifty; the winner takes the last place if it lies beyond. */
function listed(claims: readonly Claim[], awardedTouchId: string | null): readonly Claim[] {
  if (claims.length <= MOST_CANDIDATES) return claims;
  const latest = claims.slice(0, MOST_CANDIDATES);
  const won = claims.find((claim) => claim.touchId === awardedTouchId);
  if (won !== undefined && !latest.includes(won)) latest.splice(-1, 1, won);
  return latest;
}
