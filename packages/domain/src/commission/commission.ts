import type { Award, Commission, RewardDecision } from '../decision.ts';
import type { Dossier } from '../history/dossier.ts';
import type { PlacedOrder } from '../history/order-history.ts';
import { payoutState } from '../history/payout-history.ts';
import type { PayoutHistory } from '../history/payout-history.ts';
import { NOW } from '../instant.ts';
import type { Cents } from '../money.ts';
import { compareIds } from '../order-of.ts';
import { openAfter, settlementsOf } from '../payout/settlements.ts';
import type { Terms } from '../terms.ts';
import { payableFrom } from './hold.ts';
import type { Lock } from './lock.ts';
import { everEarned } from './reward.ts';
import type { OrdersAt } from './reward.ts';
import { rejectionOf } from './verdict.ts';

export interface Earning {
  readonly order: PlacedOrder;
  readonly award: Award;
  readonly reward: RewardDecision;
  readonly terms: Terms;
  readonly lock: Lock | null;
  readonly among: OrdersAt;
}

/** The commission of an award that ever earned a reward; null for one that never did. */
export function commissionOf(earning: Earning, dossier: Dossier): Commission | null {
  const { order, award, reward, terms, lock, among } = earning;
  if (!everEarned(order, reward, lock, among)) return null;
  const { orderId, currency } = order.placed.data;
  const { partnerId } = award;
  const rejection = rejectionOf(orderId, partnerId, dossier);
  const earnedCents = rejection === null ? reward.amountCents : 0;
  return {
    amountCents: reward.amountCents,
    payableFrom: payableFrom(order, terms),
    rejection,
    writtenOffCents: writtenOff({ orderId, partnerId, currency, earnedCents }, dossier),
    payouts: payoutsOf(orderId, dossier),
  };
}

interface Earned {
  readonly orderId: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly earnedCents: Cents;
}

function writtenOff(
  { orderId, partnerId, currency, earnedCents }: Earned,
  dossier: Dossier,
): Cents {
  if (dossier.writeOffs.length === 0) return 0;
  const settlement = settlementsOf(orderId, dossier, NOW).find(
    (known) => known.partnerId === partnerId && known.currency === currency,
  );
  return settlement === undefined ? 0 : openAfter(settlement, earnedCents).forgoneCents;
}

type NamedPayout = Commission['payouts'][number];

function payoutsOf(orderId: string, dossier: Dossier): readonly NamedPayout[] {
  const named: (NamedPayout & { readonly occurredAt: number })[] = [];
  for (const payout of dossier.payouts.values()) {
    const state = payoutState(payout);
    if (state !== 'scheduled' && state !== 'paid') continue;
    const amountCents = amountFor(orderId, payout);
    if (payout.scheduled === undefined || amountCents === null) continue;
    const { payoutId } = payout.scheduled.data;
    named.push({ payoutId, state, amountCents, occurredAt: payout.scheduled.occurredAt });
  }
  return named
    .sort((a, b) => a.occurredAt - b.occurredAt || compareIds(a.payoutId, b.payoutId))
    .map(({ payoutId, state, amountCents }) => ({ payoutId, state, amountCents }));
}

function amountFor(orderId: string, payout: PayoutHistory): number | null {
  let sum: number | null = null;
  for (const line of payout.scheduled?.data.lines ?? []) {
    if (line.orderId === orderId) sum = (sum ?? 0) + line.amountCents;
  }
  return sum;
}
