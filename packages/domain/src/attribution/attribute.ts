import type { Award, Candidate, Decision } from '../decision.ts';
import type { Lock } from '../commission/lock.ts';
import type { Facts } from '../facts.ts';
import type { Dossier } from '../history/dossier.ts';
import type { PlacedFact } from '../history/order-history.ts';
import type { Terms } from '../terms.ts';
import type { Claim } from './claim.ts';
import { claimsOn } from './claims.ts';
import { exclusionOf } from './exclusion.ts';
import { touchesBefore, visitorsTiedTo } from './visitors.ts';
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
  const tied = visitorsTiedTo(placed, touches, facts);
  const claims = claimsOn(placed, touches.values(), tied, dossier);
  const exclusions = claims.map((claim) => exclusionOf(claim, placed, dossier));
  const winner = winnerOf(claims.filter((_, index) => exclusions[index] === null));
  const awardedTouchId = lock?.line.touchId ?? winner?.touchId ?? null;
  const candidates = claims.map((claim, index) => {
    if (claim.touchId === awardedTouchId) return candidateOf(claim, 'won');
    return candidateOf(claim, exclusions[index] ?? lossOf(claim, winner));
  });
  return {
    ...cut(candidates),
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

/** Rule 15: the latest fifty and the count of the rest; the winner takes the last place if it lies beyond. */
function cut(
  candidates: readonly Candidate[],
): Pick<Attribution, 'candidates' | 'omittedCandidates'> {
  const omittedCandidates = Math.max(0, candidates.length - MOST_CANDIDATES);
  if (omittedCandidates === 0) return { candidates, omittedCandidates };
  const latest = candidates.slice(0, MOST_CANDIDATES);
  const won = candidates.find((candidate) => candidate.result === 'won');
  if (won !== undefined && !latest.includes(won)) latest.splice(-1, 1, won);
  return { candidates: latest, omittedCandidates };
}
