import type { Dossier } from '../history/dossier.ts';
import type { RewardScope } from '../terms.ts';

/** How many of a customer's orders the terms reward. */
export function limitOf(scope: RewardScope): number {
  if (scope.orders === 'first_n_orders') return scope.count;
  return scope.orders === 'first_order' ? 1 : Number.POSITIVE_INFINITY;
}

/** As `limitOf`; 0 where terms reward every order: then it matters to nobody which of them an order is. */
export function finiteLimitOf(scope: RewardScope): number {
  const limit = limitOf(scope);
  return Number.isFinite(limit) ? limit : 0;
}

/** The most orders of a customer that any terms reward which don't reward all of them; 0 without such terms. */
export function greatestLimit({ programmes }: Dossier): number {
  let greatest = 0;
  for (const programme of programmes.values()) {
    for (const terms of programme.terms.values()) {
      greatest = Math.max(greatest, finiteLimitOf(terms.data.terms.reward.scope));
    }
  }
  return greatest;
}
