import type { CommissionStatus, Decision, RewardDecision } from '../decision.ts';
import type { Instant } from '../instant.ts';
import { amountText, timeText } from './text.ts';

/** What the order earns, and the arithmetic; empty for an order that nobody got. */
export function rewardParagraph({ reward, currency }: Decision): string {
  if (reward === null) return '';
  return `${RESULTS[reward.result](reward)} It earns ${amountText(reward.amountCents, currency)} (${reward.arithmetic}).`;
}

const RESULTS: Readonly<Record<RewardDecision['result'], (reward: RewardDecision) => string>> = {
  earned: ({ reward, rank }) =>
    reward.scope.orders === 'every_order'
      ? 'The terms reward every order.'
      : `${rewarded(reward)}, and this is order number ${rank ?? ''} of the customer.`,
  order_cancelled: () => 'The order was cancelled.',
  zero_base: () => 'Nothing is left of the order.',
  not_first_order: ({ reward, earlierOrderIds }) =>
    `${rewarded(reward)}, and before this one came ${earlierOrderIds.join(', ')}.`,
  superseded_by_lock: ({ reward, earlierOrderIds }) =>
    `${rewarded(reward)}, and a payout has fixed ${earlierOrderIds.join(', ')} in that place.`,
};

function rewarded({ scope }: RewardDecision['reward']): string {
  return scope.orders === 'first_n_orders'
    ? `The terms reward a customer's first ${scope.count} orders`
    : "The terms reward a customer's first order";
}

/** The hold, the verdict, the payouts and the status; empty for what never earned. */
export function commissionParagraph(
  { commission, currency }: Decision,
  status: CommissionStatus | null,
  at: Instant | null,
): string {
  if (commission === null) return '';
  const sentences = [
    commission.payableFrom === null
      ? 'The hold begins when the order is completed.'
      : `The hold ends at ${timeText(commission.payableFrom)}.`,
  ];
  if (commission.rejection !== null) {
    const { occurredAt, by, reason } = commission.rejection;
    sentences.push(`The commission was rejected at ${timeText(occurredAt)} by ${by}: ${reason}.`);
  }
  for (const { payoutId, state, amountCents } of commission.payouts) {
    const amount = amountText(Math.abs(amountCents), currency);
    const [did, does] = amountCents < 0 ? ['took back', 'take back'] : ['paid', 'pay'];
    sentences.push(
      `Payout ${payoutId} ${state === 'paid' ? did : `is to ${does}`} ${amount} of it.`,
    );
  }
  if (commission.writtenOffCents > 0) {
    sentences.push(`${amountText(commission.writtenOffCents, currency)} of it was written off.`);
  }
  if (status !== null && at !== null) {
    sentences.push(`At ${timeText(at)} the commission is ${status.replace('_', ' ')}.`);
  }
  return sentences.join(' ');
}
