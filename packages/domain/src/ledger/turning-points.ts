import { limitOf } from '../commission/first-order.ts';
import { byPlacing } from '../commission/places.ts';
import type { Dossier } from '../history/dossier.ts';
import { isPlaced } from '../history/order-history.ts';
import type { OrderHistory, PlacedOrder } from '../history/order-history.ts';
import type { ScheduledFact } from '../history/payout-history.ts';
import type { TermsFact } from '../history/programme-history.ts';
import type { Instant } from '../instant.ts';

interface Dated {
  readonly occurredAt: Instant;
}

/**
 * The moments after its placing at which an order's commission may change, earliest first. Touches, links,
 * coupons and a partner's standing after the placing change nothing, so they aren't among them.
 */
export function turningPoints(order: PlacedOrder, dossier: Dossier): readonly Instant[] {
  const moments = new Set<Instant>();
  const note = (fact: Dated | undefined) => {
    if (fact !== undefined && fact.occurredAt > order.placed.occurredAt) {
      moments.add(fact.occurredAt);
    }
  };
  noteOrder(order, note);
  note(order.completed);
  for (const verdict of dossier.verdicts) {
    if (verdict.data.orderId === order.placed.data.orderId) note(verdict);
  }
  notePayoutsAndOtherOrders(order, dossier, note);
  noteSettlements(order, dossier, note);
  noteLateProfiles(order, dossier, note);
  return [...moments].sort((a, b) => a - b);
}

type Note = (fact: Dated | undefined) => void;

function noteOrder(order: OrderHistory, note: Note): void {
  note(order.placed);
  note(order.cancelled);
  for (const amendment of order.amended.values()) note(amendment);
  for (const refund of order.refunded.values()) note(refund);
}

function notePayoutsAndOtherOrders(order: PlacedOrder, dossier: Dossier, note: Note): void {
  const others = ordersThatCompete(order, dossier);
  const watched = new Set([order.placed.data.orderId]);
  for (const other of others) watched.add(other.placed.data.orderId);
  const paidOut = new Set<string>();
  const pricedBy = new Set<TermsFact>();
  for (const { scheduled, cancelled } of dossier.payouts.values()) {
    if (scheduled === undefined) continue;
    const named = scheduled.data.lines.filter((line) => watched.has(line.orderId));
    if (named.length === 0) continue;
    note(scheduled);
    note(cancelled);
    for (const line of named) paidOut.add(line.orderId);
    for (const terms of termsNamedBy(named, dossier)) pricedBy.add(terms);
  }
  for (const other of others) {
    const precedes = compare(other, order) < 0;
    if (precedes || paidOut.has(other.placed.data.orderId)) noteOrder(other, note);
  }
  noteTerms(order, dossier, pricedBy, note);
}

/** When payouts and write-offs that name the order took effect, or ceased to. */
function noteSettlements({ placed }: PlacedOrder, dossier: Dossier, note: Note): void {
  const names = ({ orderId }: { readonly orderId: string }) => orderId === placed.data.orderId;
  for (const { scheduled, failed } of dossier.payouts.values()) {
    if (scheduled?.data.lines.some(names) === true) note(failed);
  }
  for (const writeOff of dossier.writeOffs) if (writeOff.data.lines.some(names)) note(writeOff);
}

function termsNamedBy(
  lines: readonly ScheduledFact['data']['lines'][number][],
  dossier: Dossier,
): readonly TermsFact[] {
  return lines.flatMap((line) => {
    const terms = dossier.programmes.get(line.programmeId)?.terms.get(line.termsVersion);
    return terms === undefined ? [] : [terms];
  });
}

/** The customer's other orders; none where no terms reward only the first ones. */
function ordersThatCompete(order: PlacedOrder, dossier: Dossier): readonly PlacedOrder[] {
  const others: PlacedOrder[] = [];
  for (const other of dossier.orders.values()) {
    if (other === order || !isPlaced(other)) continue;
    if (other.placed.data.customer === order.placed.data.customer) others.push(other);
  }
  return others.length > 0 && isAnyRewardLimited(dossier) ? others : [];
}

function isAnyRewardLimited(dossier: Dossier): boolean {
  for (const programme of dossier.programmes.values()) {
    for (const terms of programme.terms.values()) {
      if (Number.isFinite(limitOf(terms.data.terms.reward.scope))) return true;
    }
  }
  return false;
}

/** Terms published after the order matter where they reach back to its placing, or a payout names them. */
function noteTerms(
  order: PlacedOrder,
  dossier: Dossier,
  pricedBy: ReadonlySet<TermsFact>,
  note: Note,
): void {
  for (const programme of dossier.programmes.values()) {
    for (const terms of programme.terms.values()) {
      const reachesBack = terms.data.effectiveFrom <= order.placed.occurredAt;
      if (reachesBack || pricedBy.has(terms)) note(terms);
    }
  }
}

/** The first profile of a partner who had none when the order was placed shows a self-referral too. */
function noteLateProfiles(order: PlacedOrder, dossier: Dossier, note: Note): void {
  for (const partner of dossier.partners.values()) {
    if (partner.profiles.some((profile) => profile.occurredAt <= order.placed.occurredAt)) continue;
    for (const profile of partner.profiles) note(profile);
  }
}

function compare(a: PlacedOrder, b: PlacedOrder): number {
  return byPlacing(
    { placedAt: a.placed.occurredAt, orderId: a.placed.data.orderId },
    { placedAt: b.placed.occurredAt, orderId: b.placed.data.orderId },
  );
}
