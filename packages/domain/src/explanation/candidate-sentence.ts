import type { Candidate, Decision } from '../decision.ts';
import { circumstanceText, type Circumstances } from './circumstances.ts';
import { timeText, type PartnerName } from './text.ts';

/** What a candidate was: `the click on link anna (Anna) at 2026-03-01T10:00:00.000Z`. */
export function candidateText(candidate: Candidate, name: PartnerName): string {
  const partner = name(candidate.partnerId);
  const at = `at ${timeText(candidate.occurredAt)}`;
  const what: Readonly<Record<Candidate['kind'], string>> = {
    order_coupon: `the coupon ${candidate.couponCode ?? ''} on the order (${partner})`,
    entered_coupon: `the coupon ${candidate.couponCode ?? ''} entered ${at} (${partner})`,
    click: `the click on link ${candidate.linkCode ?? ''} ${at} (${partner})`,
    visit: `the visit through link ${candidate.linkCode ?? ''} ${at} (${partner})`,
  };
  return what[candidate.kind];
}

/** Why a candidate got nothing: `The click on link anna … is out: a bot made it.`; null for the one that won. */
export function lossSentence(
  candidate: Candidate,
  decision: Decision,
  name: PartnerName,
  known: Circumstances,
): string | null {
  const { result } = candidate;
  if (result === 'won') return null;
  const text = candidateText(candidate, name);
  const verb = result.startsWith('superseded_by') ? 'counted, but' : 'is out:';
  const reason = REASONS[result](candidate, decision, name);
  const circumstance = circumstanceText(candidate, decision, known);
  const more = circumstance === null ? '' : `; ${circumstance}`;
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)} ${verb} ${reason}${more}.`;
}

type Reason = (candidate: Candidate, decision: Decision, name: PartnerName) => string;

const REASONS: Readonly<Record<Exclude<Candidate['result'], 'won'>, Reason>> = {
  bot: () => 'a bot made it, not a person',
  consent_denied: () => 'the visitor had not given the consent that the programme asks for',
  programme_closed: ({ programmeId }) =>
    `the programme ${programmeId} was not open, or had no terms, when the order was placed`,
  partner_not_active: ({ partnerId }, _, name) =>
    `${name(partnerId)} was not an active partner when the order was placed`,
  link_disabled: ({ linkCode }) => `the link ${linkCode ?? ''} was not in use at that moment`,
  coupon_not_valid: ({ couponCode }) =>
    `the coupon ${couponCode ?? ''} was not valid when the order was placed`,
  self_referral: ({ partnerId }, _, name) =>
    `the customer is ${name(partnerId)}, and nobody earns on their own orders`,
  currency_mismatch: ({ programmeId }, { currency }) =>
    `the order is in ${currency}, and the programme ${programmeId} pays in another currency`,
  outside_window: ({ windowOpensAt }) =>
    `it came before the window opened at ${windowOpensAt === null ? 'an unknown moment' : timeText(windowOpensAt)}`,
  superseded_by_coupon: () => 'the coupon that won goes before it',
  superseded_by_link: () => 'under the terms of its programme a link goes before a coupon',
  superseded_by_later_touch: () => 'a later touch won',
  superseded_by_lock: (_, { award }) =>
    `the award was fixed when it was put into payout ${award?.lockedByPayoutId ?? ''}`,
};
