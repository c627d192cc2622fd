import type { FactOfType, Reward, Terms } from '@provisie/domain';
import { lossOf, rivalsOf, winnerAmong } from './attribution.ts';
import type { Known } from './known.ts';

/** What there is to say of an order, in the words of the API. */
export interface OracleDecision {
  readonly orderId: string;
  readonly customer: string;
  readonly currency: string;
  readonly candidates: Readonly<Record<string, string>>;
  readonly outcome: string;
  readonly award: {
    readonly partnerId: string;
    readonly programmeId: string;
    readonly termsVersion: number;
    readonly touchId: string;
    readonly lockedByPayoutId: string | null;
  } | null;
  readonly baseCents: number;
  readonly reward: { readonly result: string; readonly amountCents: number } | null;
  readonly commission: {
    readonly amountCents: number;
    readonly payableFrom: number | null;
    readonly isRejected: boolean;
  } | null;
}

interface Lock {
  readonly at: number;
  readonly payoutId: string;
  readonly partnerId: string;
  readonly programmeId: string;
  readonly termsVersion: number;
  readonly touchId: string;
  readonly terms: Terms;
}

function placedOrder(orderId: string, known: Known): FactOfType<'OrderPlaced'> | undefined {
  return known.all('OrderPlaced').find(({ data }) => data.orderId === orderId);
}

export function oracleDecision(orderId: string, known: Known): OracleDecision | null {
  const placed = placedOrder(orderId, known);
  if (placed === undefined) return null;
  const lock = lockOn(orderId, known);
  const rivals = rivalsOf(placed, known);
  const winner = winnerAmong(rivals);
  const award = lock === null ? freeAward(winner) : lockedAward(lock);
  const candidates = rivals.map((rival): [string, string] => [
    rival.touchId,
    rival.touchId === award?.touchId ? 'won' : (rival.out ?? lossOf(rival, winner)),
  ]);
  const terms = lock?.terms ?? winner?.terms?.terms ?? null;
  const reward = terms === null ? null : rewardOf(orderId, terms.reward, known);
  return {
    orderId,
    customer: placed.data.customer,
    currency: placed.data.currency,
    candidates: Object.fromEntries(candidates),
    outcome: award !== null ? 'awarded' : rivals.length === 0 ? 'no_touch' : 'no_counting_touch',
    award,
    baseCents: baseOf(orderId, known),
    reward,
    commission:
      award === null ||
      terms === null ||
      reward === null ||
      !everEarned(orderId, reward, terms.reward, known)
        ? null
        : {
            amountCents: reward.amountCents,
            payableFrom: payableFrom(placed, terms, known),
            isRejected: isRejected(orderId, award.partnerId, known),
          },
  };
}

function freeAward(winner: ReturnType<typeof winnerAmong>): OracleDecision['award'] {
  if (winner === null || winner.terms === null) return null;
  const { partnerId, programmeId, touchId, terms } = winner;
  const { termsVersion } = terms;
  return { partnerId, programmeId, termsVersion, touchId, lockedByPayoutId: null };
}

function lockedAward(lock: Lock): OracleDecision['award'] {
  const { partnerId, programmeId, termsVersion, touchId, payoutId: lockedByPayoutId } = lock;
  return { partnerId, programmeId, termsVersion, touchId, lockedByPayoutId };
}

/** Rule 11. */
function lockOn(orderId: string, known: Known): Lock | null {
  const cancelled = new Set(known.all('PayoutCancelled').map(({ data }) => data.payoutId));
  const locks = known
    .all('PayoutScheduled')
    .filter(({ data }) => !cancelled.has(data.payoutId))
    .flatMap(({ occurredAt: at, data: { payoutId, partnerId, lines } }) => {
      const line = lines.find((named) => named.orderId === orderId);
      if (line === undefined) return [];
      const { programmeId, termsVersion, touchId } = line;
      const terms = known.termsOfVersion(programmeId, termsVersion);
      if (terms === null) return [];
      return [{ at, payoutId, partnerId, programmeId, termsVersion, touchId, terms }];
    })
    .toSorted((a, b) => a.at - b.at || (a.payoutId < b.payoutId ? -1 : 1));
  return locks[0] ?? null;
}

/** Rule 6, leaving cancellation aside. */
function baseOf(orderId: string, known: Known): number {
  const refunds = known.all('OrderRefunded').filter(({ data }) => data.orderId === orderId);
  const refunded = refunds.reduce((sum, { data }) => sum + data.amountCents, 0);
  const last = lineSums(orderId, known).at(-1) ?? 0;
  return Math.max(0, last - refunded);
}

/** What the lines came to, one after the other: as placed, and by each amendment before the lock. */
function lineSums(orderId: string, known: Known): readonly number[] {
  const lock = lockOn(orderId, known);
  const amended = known
    .all('OrderAmended')
    .filter((fact) => fact.data.orderId === orderId && (lock === null || fact.occurredAt < lock.at))
    .toSorted(
      (a, b) => a.occurredAt - b.occurredAt || (a.data.amendmentId < b.data.amendmentId ? -1 : 1),
    );
  const placed = placedOrder(orderId, known);
  return [...(placed === undefined ? [] : [placed]), ...amended].map(({ data }) =>
    data.lines.reduce((sum, { amountCents }) => sum + amountCents, 0),
  );
}

function isCancelled(orderId: string, known: Known): boolean {
  return known.all('OrderCancelled').some(({ data }) => data.orderId === orderId);
}

/** Rules 5 to 7. */
function rewardOf(orderId: string, reward: Reward, known: Known) {
  if (isCancelled(orderId, known)) return { result: 'order_cancelled', amountCents: 0 };
  const baseCents = baseOf(orderId, known);
  if (baseCents === 0) return { result: 'zero_base', amountCents: 0 };
  const limit = limitOf(reward);
  if (placeOf(orderId, known, 'heeding locks') <= limit) {
    const amountCents =
      reward.kind === 'fixed'
        ? reward.amountCents
        : Math.floor((baseCents * reward.rateBps * 2 + 10_000) / 20_000);
    return { result: 'earned', amountCents };
  }
  const wouldHave = placeByPlacing(orderId, known) <= limit;
  return { result: wouldHave ? 'superseded_by_lock' : 'not_first_order', amountCents: 0 };
}

function limitOf({ scope }: Reward): number {
  if (scope.orders === 'every_order') return Infinity;
  return scope.orders === 'first_order' ? 1 : scope.count;
}

/** It does, or would but for what happened to the order itself and for other orders' locks. */
function everEarned(
  orderId: string,
  now: { readonly result: string },
  reward: Reward,
  known: Known,
): boolean {
  if (now.result === 'earned') return true;
  if (now.result !== 'order_cancelled' && now.result !== 'zero_base') return false;
  const wasWorth = lineSums(orderId, known).some((cents) => cents > 0);
  return wasWorth && placeOf(orderId, known, 'heeding none but its own') <= limitOf(reward);
}

interface Standing {
  readonly orderId: string;
  readonly at: number;
  /** The last place that its lock promises it. */
  readonly promised: number;
  readonly lockedAt: number;
}

/** The customer's orders that count, and this one as if it did, in the order of placing. */
function standings(
  orderId: string,
  known: Known,
  heeds: (other: string) => boolean,
): readonly Standing[] {
  const customer = placedOrder(orderId, known)?.data.customer;
  return known
    .all('OrderPlaced')
    .filter(({ data }) => data.customer === customer)
    .filter(
      ({ data }) =>
        data.orderId === orderId ||
        (!isCancelled(data.orderId, known) && baseOf(data.orderId, known) > 0),
    )
    .map(({ occurredAt: at, data }) => {
      const lock = heeds(data.orderId) ? lockOn(data.orderId, known) : null;
      const promised = lock === null ? Infinity : limitOf(lock.terms.reward);
      return { orderId: data.orderId, at, promised, lockedAt: lock?.at ?? Infinity };
    })
    .toSorted((a, b) => a.at - b.at || (a.orderId < b.orderId ? -1 : 1));
}

function placeByPlacing(orderId: string, known: Known): number {
  return standings(orderId, known, () => false).findIndex((one) => one.orderId === orderId) + 1;
}

/**
 * The first, in the order of placing, of all ways to line the orders up in which every promise is kept that can be,
 * those of earlier locks first.
 */
function placeOf(
  orderId: string,
  known: Known,
  how: 'heeding locks' | 'heeding none but its own',
): number {
  const orders = standings(orderId, known, (other) => how === 'heeding locks' || other === orderId);
  const kept: Standing[] = [];
  const byLock = orders
    .filter(({ promised }) => promised < Infinity)
    .toSorted((a, b) => a.lockedAt - b.lockedAt || orders.indexOf(a) - orders.indexOf(b));
  for (const order of byLock) if (canBeKept([...kept, order], 0)) kept.push(order);
  const line: Standing[] = [];
  while (line.length < orders.length) {
    const rest = orders.filter((order) => !line.includes(order));
    const next = rest.find(
      (order) =>
        canBeKept(
          kept.filter((other) => other !== order && !line.includes(other)),
          line.length + 1,
        ) &&
        (!kept.includes(order) || order.promised > line.length),
    );
    if (next === undefined) throw new Error('The oracle finds no way to line the orders up.');
    line.push(next);
  }
  return line.findIndex((one) => one.orderId === orderId) + 1;
}

/** Whether all these can still get the places promised when `taken` are taken. */
function canBeKept(orders: readonly Standing[], taken: number): boolean {
  return orders
    .toSorted((a, b) => a.promised - b.promised)
    .every(({ promised }, index) => taken + index + 1 <= promised);
}

/** Rule 8. */
function payableFrom(placed: FactOfType<'OrderPlaced'>, terms: Terms, known: Known): number | null {
  const completed = known
    .all('OrderCompleted')
    .find(({ data }) => data.orderId === placed.data.orderId);
  const from = terms.holdFrom === 'placed' ? placed.occurredAt : completed?.occurredAt;
  return from === undefined ? null : from + terms.holdDays * 86_400_000;
}

/** Rule 12; at one millisecond the rejection wins. */
function isRejected(orderId: string, partnerId: string, known: Known): boolean {
  const latest = (type: 'CommissionRejected' | 'CommissionReinstated') =>
    Math.max(
      ...known
        .all(type)
        .filter(({ data }) => data.orderId === orderId && data.partnerId === partnerId)
        .map(({ occurredAt }) => occurredAt),
    );
  const rejected = latest('CommissionRejected');
  return rejected > -Infinity && rejected >= latest('CommissionReinstated');
}

/** Rule 8: the first that applies. */
export function statusOf(decision: OracleDecision, at: number, known: Known): string | null {
  const { commission, reward } = decision;
  if (commission === null) return null;
  if (commission.isRejected) return 'rejected';
  if (reward?.result === 'order_cancelled' || reward?.result === 'zero_base') return 'reversed';
  const states = known
    .all('PayoutScheduled')
    .filter(({ data }) => data.lines.some(({ orderId }) => orderId === decision.orderId))
    .filter(({ data }) => data.partnerId === decision.award?.partnerId)
    .map(({ data }) => payoutState(data.payoutId, known));
  if (states.some((state) => state === 'paid')) return 'paid';
  if (states.some((state) => state === 'scheduled')) return 'scheduled';
  return commission.payableFrom !== null && commission.payableFrom <= at ? 'payable' : 'pending';
}

export function payoutState(
  payoutId: string,
  known: Known,
): 'scheduled' | 'paid' | 'failed' | 'cancelled' {
  const has = (type: 'PayoutPaid' | 'PayoutFailed' | 'PayoutCancelled') =>
    known.all(type).some(({ data }) => data.payoutId === payoutId);
  if (has('PayoutCancelled')) return 'cancelled';
  if (has('PayoutFailed')) return 'failed';
  return has('PayoutPaid') ? 'paid' : 'scheduled';
}
