import type { CustomerOrders } from '../commission/customer-orders.ts';
import { termsNamedBy } from '../commission/lock.ts';
import { greatestLimit } from '../commission/reward-scope.ts';
import type { Dossier } from '../history/dossier.ts';
import type { PlacedOrder } from '../history/order-history.ts';
import type { TermsFact } from '../history/programme-history.ts';
import type { Instant } from '../instant.ts';

interface Dated {
  readonly occurredAt: Instant;
}

/**
 * The moments after its placing at which an order's commission may change, earliest first. Touches, links,
 * coupons and a partner's standing after the placing change nothing, so they aren't among them.
 */
export function turningPoints(
  order: PlacedOrder,
  dossier: Dossier,
  orders: CustomerOrders,
): readonly Instant[] {
  const { orderId } = order.placed.data;
  const placedAt = order.placed.occurredAt;
  const moments = new Set<Instant>();
  const note = (fact: Dated | undefined) => {
    if (fact !== undefined && fact.occurredAt > placedAt) moments.add(fact.occurredAt);
  };
  noteOrder(order, note);
  for (const verdict of dossier.verdicts) if (verdict.data.orderId === orderId) note(verdict);
  const pricedBy = notePayouts(order, dossier, note);
  noteTerms(order, dossier, pricedBy, note);
  noteWriteOffs(order, dossier, note);
  noteLateProfiles(order, dossier, note);
  const isLocked = pricedBy.size > 0;
  for (const at of orders.turningPoints({ orderId, placedAt }, greatestLimit(dossier), isLocked)) {
    if (at > placedAt) moments.add(at);
  }
  return [...moments].sort((a, b) => a - b);
}

type Note = (fact: Dated | undefined) => void;

function noteOrder(order: PlacedOrder, note: Note): void {
  note(order.completed);
  note(order.cancelled);
  for (const amendment of order.amended.values()) note(amendment);
  for (const refund of order.refunded.values()) note(refund);
}

/** When payouts that name the order took effect, or ceased to; gives the terms that they name it with. */
function notePayouts(
  { placed }: PlacedOrder,
  dossier: Dossier,
  note: Note,
): ReadonlySet<TermsFact> {
  const pricedBy = new Set<TermsFact>();
  for (const { scheduled, cancelled, failed } of dossier.payouts.values()) {
    for (const line of scheduled?.data.lines ?? []) {
      if (line.orderId !== placed.data.orderId) continue;
      note(scheduled);
      note(cancelled);
      note(failed);
      const terms = termsNamedBy(line, dossier);
      if (terms !== undefined) pricedBy.add(terms);
    }
  }
  return pricedBy;
}

function noteWriteOffs({ placed }: PlacedOrder, dossier: Dossier, note: Note): void {
  for (const writeOff of dossier.writeOffs) {
    if (writeOff.data.lines.some(({ orderId }) => orderId === placed.data.orderId)) note(writeOff);
  }
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
