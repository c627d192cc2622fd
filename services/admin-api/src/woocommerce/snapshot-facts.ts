import { orderState, payableCurrencySchema } from '@provisie/domain';
import type { Fact, Instant } from '@provisie/domain';
import { differencesBetween } from '../orders/difference.ts';
import type { Difference } from '../orders/difference.ts';
import { contradictions, isOrderFact, recordedTwin } from '../orders/order-fact.ts';
import type { OrderFact, ReportedFact } from '../orders/order-fact.ts';
import { netRefunds } from './refund-shares.ts';
import type { OrderSnapshot } from './snapshot.ts';

/** A fact with the moment that a snapshot gives it. */
export type SnapshotFact = ReportedFact & { readonly occurredAt: Instant };

export type SnapshotReading =
  | { readonly kind: 'facts'; readonly facts: readonly SnapshotFact[] }
  | { readonly kind: 'ignored'; readonly reason: 'not_booked_yet' | 'currency_unknown' }
  | { readonly kind: 'conflict'; readonly differences: readonly Difference[] };

/** An order counts from here on: it was paid, or is paid on delivery. */
const BOOKED = new Set(['processing', 'completed', 'refunded']);
/** Before that; an order may also fall back to these, which changes nothing. */
const NOT_BOOKED = new Set([
  'auto-draft',
  'checkout-draft',
  'draft',
  'failed',
  'new',
  'on-hold',
  'pending',
  'trash',
]);

/** How orders of a shop are known here, and by whom they were placed. */
export interface Identity {
  readonly orderId: string;
  readonly shopId: string;
  readonly customer: string;
}

/**
 * The facts that a snapshot tells of and that aren't recorded yet. Snapshots may come late, twice and in any
 * order: the recorded facts then come to the same decision, because
 * - what happened once (completed, cancelled, a refund) happened when the earliest snapshot that shows it says,
 *   so a late, earlier snapshot records it again with its earlier moment, and the earlier one counts (rule 13);
 * - the lines are those of the newest snapshot, so an older one than the newest recorded changes none.
 * A cancellation is recorded even if the order isn't placed: the snapshot that places it may still be under way. One of
 * an order that was never booked isn't: WooCommerce cancels what nobody pays for an hour, and books it when the money
 * comes after all.
 */
export function readFactsOf(
  snapshot: OrderSnapshot,
  { orderId, shopId, customer }: Identity,
  known: readonly Fact[],
): SnapshotReading {
  const history = known.filter(isOrderFact);
  const source = { shopId, externalId: snapshot.externalId, modifiedAt: snapshot.modifiedAt };
  const placing = placingOf(snapshot, { orderId, customer, source });
  const placed = recordedTwin(history, placing);
  if (placed !== undefined) {
    const differences = contradictions(placed, placing).filter(({ path }) => IDENTITY.has(path));
    if (differences.length > 0) return { kind: 'conflict', differences };
  }
  const isCancelled = snapshot.status === 'cancelled' && wasBooked(snapshot, placed);
  if (placed === undefined && !isBooked(snapshot) && !isCancelled) {
    return { kind: 'ignored', reason: 'not_booked_yet' };
  }
  // What was recorded before goes on, whatever this runtime knows of its currency.
  if (placed === undefined && !payableCurrencySchema.safeParse(snapshot.currency).success) {
    return { kind: 'ignored', reason: 'currency_unknown' };
  }
  const about = { orderId, source };
  const told = [
    ...completionOf(snapshot, about),
    ...(isCancelled ? [cancellationOf(snapshot, about)] : []),
  ];
  const facts = [
    ...(placed === undefined && isBooked(snapshot) ? [placing] : []),
    ...(placed === undefined ? [] : amendmentOf(snapshot, about, history)),
    ...[...told, ...refundsOf(snapshot, about)].filter((fact) => isNews(fact, history)),
  ];
  return { kind: 'facts', facts };
}

/** What can't differ between two snapshots of one order. */
const IDENTITY = new Set(['/currency', '/placedAt']);

interface About {
  readonly orderId: string;
  readonly source: { readonly shopId: string; readonly externalId: string; modifiedAt: Instant };
}

/** A status of a plugin's own says nothing; the payment does. */
function isBooked({ status, paidAt }: OrderSnapshot): boolean {
  if (BOOKED.has(status)) return true;
  return !NOT_BOOKED.has(status) && paidAt !== null;
}

/**
 * Whether an order that is cancelled now was booked before. WooCommerce keeps the date of its payment, which only what is
 * paid on delivery lacks when it is booked; of what another gateway books unpaid, an earlier snapshot tells.
 */
function wasBooked(
  { paidAt, isPaidOnDelivery, modifiedAt }: OrderSnapshot,
  placed: OrderFact | undefined,
): boolean {
  if (paidAt !== null || isPaidOnDelivery) return true;
  return placed !== undefined && (placed.data.source?.modifiedAt ?? 0) < modifiedAt;
}

function placingOf(snapshot: OrderSnapshot, about: About & { customer: string }): SnapshotFact {
  const { currency, lines, couponCodes, visitorId, clickId, createdAt } = snapshot;
  return {
    type: 'OrderPlaced',
    occurredAt: createdAt,
    data: {
      ...about,
      currency,
      lines: [...lines],
      couponCodes: [...couponCodes],
      ...(visitorId === null ? {} : { visitorId }),
      ...(clickId === null ? {} : { clickId }),
    },
  };
}

function amendmentOf(
  snapshot: OrderSnapshot,
  about: About,
  history: readonly OrderFact[],
): readonly SnapshotFact[] {
  const { modifiedAt } = snapshot;
  const moments = history.map((fact) => fact.data.source?.modifiedAt ?? 0);
  if (modifiedAt < Math.max(...moments)) return [];
  const versions = history.filter(
    (fact) => fact.type === 'OrderPlaced' || fact.type === 'OrderAmended',
  );
  const atThisMoment = versions.filter((fact) => fact.data.source?.modifiedAt === modifiedAt);
  const linesNow = orderState(about.orderId, history)?.lines ?? [];
  const isKnown = [linesNow, ...atThisMoment.map((fact) => fact.data.lines)].some(
    (lines) => differencesBetween(lines, snapshot.lines).length === 0,
  );
  if (isKnown) return [];
  // WooCommerce's moments are whole seconds; of several changes in one, the last that came counts.
  const amendmentId = `wc-${String(modifiedAt)}-${String(atThisMoment.length)}`;
  const data = { ...about, amendmentId, lines: [...snapshot.lines] };
  return [{ type: 'OrderAmended', occurredAt: modifiedAt, data }];
}

function completionOf(snapshot: OrderSnapshot, about: About): readonly SnapshotFact[] {
  const { completedAt, status, modifiedAt } = snapshot;
  const occurredAt = completedAt ?? (status === 'completed' ? modifiedAt : null);
  return occurredAt === null ? [] : [{ type: 'OrderCompleted', occurredAt, data: about }];
}

function cancellationOf({ modifiedAt }: OrderSnapshot, about: About): SnapshotFact {
  return { type: 'OrderCancelled', occurredAt: modifiedAt, data: about };
}

/** A refund has no date of its own in an order's payload. */
function refundsOf(snapshot: OrderSnapshot, about: About): readonly SnapshotFact[] {
  const linesCents = snapshot.lines.reduce((cents, line) => cents + line.amountCents, 0);
  const totals = { grossCents: snapshot.grossCents, linesCents };
  return netRefunds(snapshot.refunds, totals).map(({ refundId, amountCents }): SnapshotFact => {
    const data = { ...about, refundId: String(refundId), amountCents };
    return { type: 'OrderRefunded', occurredAt: snapshot.modifiedAt, data };
  });
}

function isNews(fact: SnapshotFact, history: readonly OrderFact[]): boolean {
  const twin = recordedTwin(history, fact);
  return twin === undefined || fact.occurredAt < twin.occurredAt;
}

/** A deletion's payload holds the order's id only; it happened when we heard of it first. */
export function readDeletion(
  about: { readonly orderId: string; readonly source: { shopId: string; externalId: string } },
  now: Instant,
  known: readonly Fact[],
): readonly SnapshotFact[] {
  const data = { ...about, reason: 'deleted in the shop' };
  const cancelled: SnapshotFact = { type: 'OrderCancelled', occurredAt: now, data };
  return recordedTwin(known, cancelled) === undefined ? [cancelled] : [];
}
