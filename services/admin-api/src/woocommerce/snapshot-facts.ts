import { orderState, payableCurrencySchema } from '@provisie/domain';
import type { Fact, FactOfType, Instant } from '@provisie/domain';
import { differencesBetween } from '../orders/difference.ts';
import type { Difference } from '../orders/difference.ts';
import { contradictions, isOrderFact, recordedTwin } from '../orders/order-fact.ts';
import type { OrderFact, ReportedFact } from '../orders/order-fact.ts';
import { netRefunds } from './refund-shares.ts';
import type { OrderSnapshot } from './snapshot.ts';

/** A fact with the moment that a snapshot gives it. */
export type SnapshotFact = ReportedFact & { readonly occurredAt: Instant };

export type SnapshotReading =
  | {
      readonly kind: 'facts';
      readonly facts: readonly SnapshotFact[];
      /** What the shop changed since, of what an order keeps. */
      readonly kept: readonly Difference[];
    }
  | { readonly kind: 'ignored'; readonly reason: PassedOver };

/** Why nothing of a snapshot is taken. */
export type PassedOver =
  'not_booked_yet' | 'dated_in_future' | 'currency_unknown' | 'currency_changed';

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
  /** Later than this no order was placed. */
  readonly latest: Instant;
}

/**
 * The facts that a snapshot tells of and that aren't recorded yet. Snapshots may come late, twice and in any
 * order: the recorded facts then come to the same decision, because
 * - what happened once (completed, cancelled, a refund) happened when the earliest snapshot that shows it says,
 *   so a late, earlier snapshot records it again with its earlier moment, and the earlier one counts (rule 13);
 * - it was placed as the earliest snapshot that shows it booked says: when, by whom, with which coupons. Such a snapshot that
 *   comes late places it again, and the earlier one counts; what somebody edits in the shop afterwards changes none of it;
 * - the lines are those of the newest snapshot, so an older one than the newest recorded changes none.
 * A cancellation is recorded even if the order isn't placed: the snapshot that places it may still be under way. One of
 * an order that was never booked isn't: WooCommerce cancels what nobody pays for an hour, and books it when the money
 * comes after all.
 */
export function readFactsOf(
  snapshot: OrderSnapshot,
  { orderId, shopId, customer, latest }: Identity,
  known: readonly Fact[],
): SnapshotReading {
  const history = known.filter(isOrderFact);
  const source = { shopId, externalId: snapshot.externalId, modifiedAt: snapshot.modifiedAt };
  const placing = placingOf(snapshot, { orderId, customer, source });
  const twin = recordedTwin(history, placing);
  const placed = twin?.type === 'OrderPlaced' ? twin : undefined;
  const isPlacing = isBooked(snapshot) && (placed === undefined || isEarlier(snapshot, placed));
  const isCancelled = snapshot.status === 'cancelled' && wasBooked(snapshot, placed);
  if (placed === undefined && !isPlacing && !isCancelled) return passedOver('not_booked_yet');
  if (isPlacing && snapshot.createdAt > latest) return passedOver('dated_in_future');
  const currency = currencyTrouble(snapshot, placed);
  if (currency !== null) return passedOver(currency);
  const about = { orderId, source };
  const told = [
    ...completionOf(snapshot, about),
    ...(isCancelled ? [cancellationOf(snapshot, about)] : []),
  ];
  const facts = [
    ...(isPlacing ? [placing, ...linesSince(placing, placed)] : []),
    ...(placed === undefined ? [] : amendmentOf(snapshot, about, history)),
    ...[...told, ...refundsOf(snapshot, about)].filter((fact) => isNews(fact, history)),
  ];
  return { kind: 'facts', facts, kept: isPlacing ? [] : keptOf(snapshot, placing, placed) };
}

function passedOver(reason: PassedOver): SnapshotReading {
  return { kind: 'ignored', reason };
}

/** Amounts in one currency say nothing of an order in another: it may even be one of another shop at this address. */
function currencyTrouble(
  { currency }: OrderSnapshot,
  placed: PlacedFact | undefined,
): 'currency_unknown' | 'currency_changed' | null {
  // What was recorded before goes on, whatever this runtime knows of its currency.
  if (placed !== undefined) return placed.data.currency === currency ? null : 'currency_changed';
  return payableCurrencySchema.safeParse(currency).success ? null : 'currency_unknown';
}

/** What an order has from its placing on. */
const KEPT = /^\/(?:placedAt|customer|couponCodes|visitorId|clickId)(?:\/|$)/;

/** Only what is newer than the placing was changed since. */
function keptOf(
  snapshot: OrderSnapshot,
  placing: PlacingFact,
  placed: PlacedFact | undefined,
): readonly Difference[] {
  if (placed === undefined || isEarlier(snapshot, placed)) return [];
  return contradictions(placed, placing).filter(({ path }) => KEPT.test(path));
}

function isEarlier({ modifiedAt }: OrderSnapshot, placed: PlacedFact): boolean {
  return modifiedAt < (placed.data.source?.modifiedAt ?? 0);
}

/** The lines of the snapshot that placed the order so far came after those of the one that places it now. */
function linesSince(placing: PlacingFact, placed: PlacedFact | undefined): readonly SnapshotFact[] {
  const source = placed?.data.source;
  if (placed === undefined || source?.modifiedAt === undefined) return [];
  const { orderId, lines } = placed.data;
  if (differencesBetween(placing.data.lines, lines).length === 0) return [];
  const data = { orderId, source, amendmentId: amendmentIdOf(source.modifiedAt, 0), lines };
  return [{ type: 'OrderAmended', occurredAt: source.modifiedAt, data }];
}

type PlacedFact = FactOfType<'OrderPlaced'>;
type PlacingFact = Extract<SnapshotFact, { readonly type: 'OrderPlaced' }>;

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
  placed: PlacedFact | undefined,
): boolean {
  if (paidAt !== null || isPaidOnDelivery) return true;
  return placed !== undefined && (placed.data.source?.modifiedAt ?? 0) < modifiedAt;
}

function placingOf(snapshot: OrderSnapshot, about: About & { customer: string }): PlacingFact {
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
  const amendmentId = amendmentIdOf(modifiedAt, atThisMoment.length);
  const data = { ...about, amendmentId, lines: [...snapshot.lines] };
  return [{ type: 'OrderAmended', occurredAt: modifiedAt, data }];
}

function amendmentIdOf(modifiedAt: Instant, count: number): string {
  return `wc-${String(modifiedAt)}-${String(count)}`;
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
