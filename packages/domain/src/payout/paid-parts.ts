import type { Fact } from '../event-catalogue.ts';
import type { PayoutLine } from '../events/payout-events.ts';
import type { Cents } from '../money.ts';
import { payoutStates } from './payout-states.ts';
import type { Taxed, TaxedAmount } from './vat.ts';

/** What a payout paid of an order and no later one took back, and how it was taxed. */
export interface PaidPart extends TaxedAmount {
  readonly payoutId: string;
}

/** Part of a payout's line; `paidIn`: the payout that paid what it takes back, null where none did. */
export interface TaxedPart extends TaxedAmount {
  readonly paidIn: string | null;
}

/**
 * Per order, what payouts of the partner that were neither cancelled nor failed paid and didn't take back, in the order in
 * which they were scheduled.
 */
export function paidPartsOf(facts: Iterable<Fact>): ReadonlyMap<string, readonly PaidPart[]> {
  const paid = new Map<string, readonly PaidPart[]>();
  for (const { payoutId, status, lines, vat } of payoutStates(facts)) {
    if (status === 'cancelled' || status === 'failed') continue;
    const invoiced = vat.find(({ kind }) => kind === 'invoiced');
    for (const [orderId, amountCents] of centsByOrder(lines)) {
      const before = paid.get(orderId) ?? [];
      if (amountCents < 0) paid.set(orderId, takenBack(before, 0 - amountCents).left);
      else if (amountCents > 0 && invoiced !== undefined) {
        const { treatment, rateBps } = invoiced;
        paid.set(orderId, [...before, { payoutId, treatment, rateBps, amountCents }]);
      }
    }
  }
  return paid;
}

function centsByOrder(lines: readonly PayoutLine[]): ReadonlyMap<string, Cents> {
  const sums = new Map<string, Cents>();
  for (const { orderId, amountCents } of lines) {
    sums.set(orderId, (sums.get(orderId) ?? 0) + amountCents);
  }
  return sums;
}

/** What a line pays is taxed as the partner is now, what it takes back as it was when it was paid. */
export function taxedParts(
  amountCents: Cents,
  paid: readonly PaidPart[],
  now: Taxed,
): readonly TaxedPart[] {
  if (amountCents >= 0) return [taxed(amountCents, now, null)];
  const { taken, missingCents } = takenBack(paid, 0 - amountCents);
  const parts = taken.map((part) => taxed(0 - part.amountCents, part, part.payoutId));
  return missingCents === 0 ? parts : [...parts, taxed(0 - missingCents, now, null)];
}

function taxed(amountCents: Cents, as: Taxed, paidIn: string | null): TaxedPart {
  return { amountCents, treatment: as.treatment, rateBps: as.rateBps, paidIn };
}

/** What was paid last is taken back first. */
function takenBack(paid: readonly PaidPart[], cents: Cents) {
  const left = [...paid];
  const taken: PaidPart[] = [];
  let missingCents = cents;
  while (missingCents > 0) {
    const last = left.pop();
    if (last === undefined) break;
    const amountCents = Math.min(missingCents, last.amountCents);
    taken.push({ ...last, amountCents });
    missingCents -= amountCents;
    if (amountCents < last.amountCents) {
      left.push({ ...last, amountCents: last.amountCents - amountCents });
    }
  }
  return { left, taken, missingCents };
}
