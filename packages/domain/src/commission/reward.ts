import type { Base, Decision, RewardDecision, RewardResult } from '../decision.ts';
import { amountText, percentageText } from '../explanation/text.ts';
import type { PlacedOrder } from '../history/order-history.ts';
import { NOW } from '../instant.ts';
import type { Instant } from '../instant.ts';
import type { Cents } from '../money.ts';
import { shareOf } from '../money.ts';
import type { Reward } from '../terms.ts';
import { greatestLinesCents } from './base.ts';
import { promiseAt, promiseOf } from './contender.ts';
import type { CustomerOrders, Standing } from './customer-orders.ts';
import type { Lock } from './lock.ts';
import { finiteLimitOf, limitOf } from './reward-scope.ts';

/** The orders of the customer, as they were at a moment. */
export interface OrdersAt {
  readonly orders: CustomerOrders;
  readonly at: Instant;
}

/** Rules 5 to 7: what the order earns under the winner's terms. */
export function rewardOf(
  order: PlacedOrder,
  base: Base,
  reward: Reward,
  lock: Lock | null,
  among: OrdersAt,
): RewardDecision {
  const counts = order.cancelled === undefined && base.baseCents > 0;
  const standing = counts ? standingOf(order, lock, reward, among, true) : null;
  const result = resultOf(order, reward, standing);
  const amountCents = result === 'earned' ? amountOf(reward, base.baseCents) : 0;
  return {
    result,
    reward,
    rateBps: reward.kind === 'percentage' ? reward.rateBps : null,
    rank: standing?.rank ?? null,
    earlierOrderIds: standing?.earlierOrderIds ?? [],
    amountCents,
    arithmetic: arithmeticOf(result, reward, base, order.placed.data.currency),
  };
}

/**
 * Whether the award ever earned a reward, as a function of the facts alone: it does now, or it would if there
 * were no refund or cancellation of its own, no amendment that took its lines away, and no other order's lock
 * (another order is locked in its place only once it has stopped counting).
 */
export function everEarned(
  order: PlacedOrder,
  decided: RewardDecision,
  lock: Lock | null,
  among: OrdersAt,
): boolean {
  if (decided.result === 'earned') return true;
  const stoppedCounting = decided.result === 'order_cancelled' || decided.result === 'zero_base';
  return (
    stoppedCounting &&
    greatestLinesCents(order, lock) > 0 &&
    standingOf(order, lock, decided.reward, among, false).rank <= limitOf(decided.reward.scope)
  );
}

function standingOf(
  { placed }: PlacedOrder,
  lock: Lock | null,
  { scope }: Reward,
  { orders, at }: OrdersAt,
  heedingLocks: boolean,
): Standing {
  const { orderId } = placed.data;
  const own = { orderId, placedAt: placed.occurredAt, promise: promiseOf(lock) };
  return orders.standingOf(own, { at, heedingLocks, named: finiteLimitOf(scope) });
}

/**
 * The decision with the order's place as it is by now. For an order of which only that may have changed: see
 * `CustomerOrders.minding`.
 */
export function placedAnew(decision: Decision, orders: CustomerOrders): Decision {
  const { orderId, placedAt, reward } = decision;
  if (reward === null || reward.rank === null) return decision;
  const known = orders.get(orderId);
  const promise = known === null ? null : promiseAt(known, NOW);
  const { rank, earlierOrderIds } = orders.standingOf(
    { orderId, placedAt, promise },
    { at: NOW, heedingLocks: true, named: finiteLimitOf(reward.reward.scope) },
  );
  return { ...decision, reward: { ...reward, rank, earlierOrderIds } };
}

function resultOf(order: PlacedOrder, reward: Reward, standing: Standing | null): RewardResult {
  if (order.cancelled !== undefined) return 'order_cancelled';
  if (standing === null) return 'zero_base';
  const limit = limitOf(reward.scope);
  if (standing.rank <= limit) return 'earned';
  return standing.rankByPlacing <= limit ? 'superseded_by_lock' : 'not_first_order';
}

function amountOf(reward: Reward, baseCents: Cents): Cents {
  if (baseCents === 0) return 0;
  return reward.kind === 'percentage' ? shareOf(baseCents, reward.rateBps) : reward.amountCents;
}

function arithmeticOf(result: RewardResult, reward: Reward, base: Base, currency: string): string {
  if (result === 'earned' || result === 'zero_base') {
    return sumInWords(reward, base.baseCents, currency);
  }
  const reason = result === 'order_cancelled' ? 'order cancelled' : `${scopeInWords(reward)} only`;
  return `${reason}: ${amountText(0, currency)}`;
}

function sumInWords(reward: Reward, baseCents: Cents, currency: string): string {
  const base = amountText(baseCents, currency);
  const amount = amountText(amountOf(reward, baseCents), currency);
  return reward.kind === 'percentage'
    ? `${percentageText(reward.rateBps)} of ${base} = ${amount}`
    : `fixed ${amount} on ${base}`;
}

function scopeInWords(reward: Reward): string {
  return reward.scope.orders === 'first_n_orders'
    ? `first ${reward.scope.count} orders`
    : 'first order';
}
