import { commissionStatus } from '../commission/status.ts';
import type { Award, Decision } from '../decision.ts';
import { normaliseCouponCode } from '../identifiers.ts';
import type { Instant } from '../instant.ts';
import { amountText, timeText, type PartnerName } from './text.ts';
import { candidateText, lossSentence } from './candidate-sentence.ts';
import { NO_CIRCUMSTANCES, type Circumstances } from './circumstances.ts';
import { commissionParagraph, rewardParagraph } from './reward-paragraph.ts';

export interface ExplainOptions {
  /** How to call a partner; by default by its id. */
  readonly names?: PartnerName;
  /** The moment to tell the commission's status for; left out: no status is told. */
  readonly at?: Instant;
  /** What is known of what candidates name, so that a reason tells its moment too; by default nothing. */
  readonly circumstances?: Circumstances;
}

/**
 * The decision in plain English, fit to be read out to a partner: who got the order and why, what every other
 * candidate was out for, the arithmetic, the hold, and what changed it since. Paragraphs stand apart by an
 * empty line.
 */
export function explain(decision: Decision, options: ExplainOptions = {}): string {
  const name = options.names ?? ((partnerId) => partnerId);
  const status = options.at === undefined ? null : commissionStatus(decision, options.at);
  return [
    orderParagraph(decision),
    awardParagraph(decision, name),
    candidatesParagraph(decision, name, options.circumstances ?? NO_CIRCUMSTANCES),
    rewardParagraph(decision),
    commissionParagraph(decision, status, options.at ?? null),
  ]
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

function orderParagraph(decision: Decision): string {
  const { orderId, placedAt, currency, couponCodes, base, cancelledAt, completedAt } = decision;
  const amount = (cents: number) => amountText(cents, currency);
  const codes = couponCodes.length === 0 ? '' : ` with the codes ${couponCodes.join(', ')}`;
  const sentences = [
    `Order ${orderId} was placed at ${timeText(placedAt)}${codes}; its lines come to ${amount(base.linesCents)} without VAT and shipping.`,
  ];
  if (base.amendmentId !== null) {
    sentences.push(`The lines are those of amendment ${base.amendmentId}.`);
  }
  if (base.refusedAmendmentIds.length > 0) {
    sentences.push(
      `What came after the payout was refused: amendment ${base.refusedAmendmentIds.join(', ')}.`,
    );
  }
  if (base.refundIds.length > 0) {
    sentences.push(
      `Refunded: ${amount(base.refundsCents)} (${base.refundIds.join(', ')}), which leaves ${amount(base.baseCents)}.`,
    );
  }
  if (completedAt !== null) sentences.push(`It was completed at ${timeText(completedAt)}.`);
  if (cancelledAt !== null) sentences.push(`It was cancelled at ${timeText(cancelledAt)}.`);
  return sentences.join(' ');
}

function awardParagraph(decision: Decision, name: PartnerName): string {
  const { award } = decision;
  if (award === null) {
    return decision.outcome === 'no_touch'
      ? 'Nobody gets it: no click, visit or coupon of a partner leads to this order.'
      : 'Nobody gets it: every click, visit and coupon that leads to it is out.';
  }
  const terms = `programme ${award.programmeId}, terms version ${award.termsVersion}`;
  const lock =
    award.lockedByPayoutId === null
      ? ''
      : ` The award and its terms are fixed since it was put into payout ${award.lockedByPayoutId}.`;
  return `${name(award.partnerId)} gets it (${terms}), for ${wonBy(decision, award, name)}.${lock}`;
}

function wonBy(decision: Decision, award: Award, name: PartnerName): string {
  const won = decision.candidates.find(({ result }) => result === 'won');
  if (won !== undefined) return candidateText(won, name);
  return award.couponCode === null
    ? `the touch ${award.touchId}`
    : `the coupon ${award.couponCode}`;
}

function candidatesParagraph(decision: Decision, name: PartnerName, known: Circumstances): string {
  const sentences = decision.candidates.flatMap(
    (candidate) => lossSentence(candidate, decision, name, known) ?? [],
  );
  const foreign = foreignCodes(decision);
  if (foreign.length === 1) sentences.push(`The code ${foreign.join()} is no partner's coupon.`);
  if (foreign.length > 1) {
    sentences.push(`The codes ${foreign.join(', ')} are no partner's coupons.`);
  }
  if (decision.omittedCandidates > 0) {
    sentences.push(`${decision.omittedCandidates} more candidates are not listed.`);
  }
  return sentences.join('\n');
}

/** Codes on the order that no partner was given: the shop's own, say, or one that was never entered here. */
function foreignCodes({ couponCodes, candidates }: Decision): readonly string[] {
  const known = new Set(candidates.map(({ couponCode }) => couponCode));
  return couponCodes.filter((typed) => {
    const code = normaliseCouponCode(typed);
    return code === null || !known.has(code);
  });
}
