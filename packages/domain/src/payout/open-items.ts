import type { Decision } from '../decision.ts';
import type { EntityFact } from '../facts.ts';
import type { PayoutLine } from '../events/payout-events.ts';
import { openDossier } from '../history/dossier.ts';
import type { Dossier } from '../history/dossier.ts';
import type { Instant } from '../instant.ts';
import type { Cents } from '../money.ts';
import { compareIds } from '../order-of.ts';
import { openAfter, settlementsOf, unsettled } from './settlements.ts';
import type { Settlement } from './settlements.ts';

/** What stands open between the merchant and a partner about one order. */
export interface OpenItem {
  readonly orderId: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly programmeId: string;
  readonly termsVersion: number;
  readonly touchId: string;
  readonly customer: string;
  /** Earned and not rejected; payable from `payableFrom` on. */
  readonly earnedCents: Cents;
  readonly payableFrom: Instant | null;
  /** What payouts and write-offs did to it. */
  readonly settlement: Settlement;
}

/** The items of an order that aren't settled. */
export function openItemsOf(decision: Decision, facts: Iterable<EntityFact>): readonly OpenItem[] {
  return itemsOf(decision, facts).filter((item) => openInTheEnd(item) !== 0);
}

/** The items of an order, also those that are settled: of who was awarded, and of whom was paid for it before. */
export function itemsOf(decision: Decision, facts: Iterable<EntityFact>): readonly OpenItem[] {
  const dossier = openDossier(facts);
  const items = new Map<string, OpenItem>();
  const earned = earnedItem(decision);
  if (earned !== null) items.set(nameOf(earned), earned);
  for (const settlement of settlementsOf(decision.orderId, dossier, Number.POSITIVE_INFINITY)) {
    const known = items.get(nameOf(settlement)) ?? paidItem(decision, settlement, dossier);
    if (known !== null) items.set(nameOf(settlement), { ...known, settlement });
  }
  return [...items.values()].sort((a, b) => compareIds(nameOf(a), nameOf(b)));
}

interface Owner {
  readonly partnerId: string;
  readonly currency: string;
}

function nameOf({ partnerId, currency }: Owner): string {
  return `${partnerId} ${currency}`;
}

function earnedItem({ orderId, customer, currency, award, commission }: Decision): OpenItem | null {
  if (award === null) return null;
  const { partnerId, programmeId, termsVersion, touchId } = award;
  return {
    orderId,
    partnerId,
    currency,
    programmeId,
    termsVersion,
    touchId,
    customer,
    earnedCents: commission === null || commission.rejection !== null ? 0 : commission.amountCents,
    payableFrom: commission?.payableFrom ?? null,
    settlement: unsettled(partnerId, currency),
  };
}

/** Of a partner who was paid for the order and isn't awarded it: named as the payout named it. */
function paidItem(
  { orderId, customer }: Decision,
  settlement: Settlement,
  dossier: Dossier,
): OpenItem | null {
  const { partnerId, currency } = settlement;
  const line = lineOf(orderId, partnerId, dossier);
  if (line === null) return null;
  const { programmeId, termsVersion, touchId } = line;
  return {
    orderId,
    partnerId,
    currency,
    programmeId,
    termsVersion,
    touchId,
    customer,
    earnedCents: 0,
    payableFrom: null,
    settlement,
  };
}

/** The line of the partner's first payout, by id, that names the order. */
function lineOf(orderId: string, partnerId: string, dossier: Dossier): PayoutLine | null {
  const scheduled = [...dossier.payouts.values()]
    .flatMap((payout) => (payout.scheduled === undefined ? [] : [payout.scheduled.data]))
    .filter((payout) => payout.partnerId === partnerId)
    .sort((a, b) => compareIds(a.payoutId, b.payoutId));
  for (const { lines } of scheduled) {
    const line = lines.find((line) => line.orderId === orderId);
    if (line !== undefined) return line;
  }
  return null;
}

export interface PayoutCut {
  /** When the run is made. */
  readonly at: Instant;
  /** Commissions count whose hold ended by then. */
  readonly cutOff: Instant;
}

/**
 * What a payout pays of an item; negative: takes back. What became payable after the cut-off isn't paid by it, and isn't
 * taken back either where an earlier payout with a later cut-off paid it.
 */
export function openCents(item: OpenItem, { at, cutOff }: PayoutCut): Cents {
  const byCutOff = openAfter(item.settlement, payableCents(item, cutOff)).openCents;
  const byNow = openAfter(item.settlement, payableCents(item, at)).openCents;
  return byCutOff < 0 ? Math.min(0, byNow) : byCutOff;
}

function payableCents({ earnedCents, payableFrom }: OpenItem, by: Instant): Cents {
  return payableFrom !== null && payableFrom <= by ? earnedCents : 0;
}

/** What is open of an item once every hold has ended. */
export function openInTheEnd({ earnedCents, settlement }: OpenItem): Cents {
  return openAfter(settlement, earnedCents).openCents;
}

/**
 * What the accounts hold of an item at the end of time: while no end of its hold is in sight, all that was earned is
 * pending, and what was settled was nothing payable.
 */
export function heldInTheEnd(item: OpenItem): Cents {
  const { earnedCents, payableFrom, settlement } = item;
  if (payableFrom !== null) return openInTheEnd(item);
  return earnedCents + openAfter(settlement, 0).openCents;
}

/** The lines of a payout: one per item that has something payable or to be taken back, in the order of their ids. */
export function payoutLinesOf(items: readonly OpenItem[], cut: PayoutCut): readonly PayoutLine[] {
  return items
    .map((item) => ({
      orderId: item.orderId,
      programmeId: item.programmeId,
      termsVersion: item.termsVersion,
      touchId: item.touchId,
      amountCents: openCents(item, cut),
    }))
    .filter((line) => line.amountCents !== 0)
    .sort((a, b) => compareIds(a.orderId, b.orderId));
}
