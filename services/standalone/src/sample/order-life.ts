import { DAY, HOUR, MINUTE, SECOND } from './calendar.ts';
import { RUSH, type Product } from './products.ts';
import type { Chance } from './random.ts';
import { REFUNDED_CUSTOMER, type Purchase } from './shopping.ts';

type ShopStatus = 'pending' | 'processing' | 'completed' | 'cancelled' | 'refunded';

interface Refund {
  readonly refundId: number;
  readonly reason: string;
  /** With VAT and shipping, as the shop pays it back. */
  readonly grossCents: number;
}

/** An order as the shop has it at one moment. */
export interface ShopOrder {
  readonly orderId: number;
  readonly purchase: Purchase;
  readonly products: readonly Product[];
  readonly status: ShopStatus;
  readonly modifiedAt: number;
  readonly paidAt: number | null;
  readonly completedAt: number | null;
  readonly refunds: readonly Refund[];
}

/** Everything of an order that the shop tells of: the order as created, then after each change. */
export function lifeOf(
  chance: Chance,
  orderId: number,
  purchase: Purchase,
  grossCents: (order: ShopOrder) => number,
): ShopOrder[] {
  const states: ShopOrder[] = [];
  const become = (after: number, change: Partial<ShopOrder>) => {
    const last = states.at(-1);
    if (last === undefined) return;
    states.push({ ...last, modifiedAt: last.modifiedAt + after, ...change });
  };
  const placed = { orderId, purchase, products: purchase.products, refunds: [], completedAt: null };
  const paidAt = purchase.placedAt + chance.between(20, 240) * SECOND;
  if (chance.hits(0.3)) {
    states.push({ ...placed, status: 'pending', modifiedAt: purchase.placedAt, paidAt: null });
    become(paidAt - purchase.placedAt, { status: 'processing', paidAt });
  } else {
    states.push({ ...placed, status: 'processing', modifiedAt: paidAt, paidAt });
  }
  if (chance.hits(0.04)) {
    become(chance.between(1, 20) * HOUR, { products: [...purchase.products, RUSH] });
  }
  if (chance.hits(0.045)) {
    become(chance.between(2, 96) * HOUR, { status: 'cancelled' });
    return states;
  }
  const completedAt = (states.at(-1)?.modifiedAt ?? paidAt) + chance.between(20, 200) * HOUR;
  become(completedAt - (states.at(-1)?.modifiedAt ?? 0), { status: 'completed', completedAt });
  refund(chance, purchase, grossCents, states, become);
  return states;
}

function refund(
  chance: Chance,
  purchase: Purchase,
  grossCents: (order: ShopOrder) => number,
  states: readonly ShopOrder[],
  become: (after: number, change: Partial<ShopOrder>) => void,
): void {
  const last = states.at(-1);
  if (last === undefined) return;
  const totalCents = grossCents(last);
  const entry = (reason: string, gross: number, index: number): Refund => ({
    refundId: last.orderId * 10 + index,
    reason,
    grossCents: gross,
  });
  if (purchase.customer.email === REFUNDED_CUSTOMER || chance.hits(0.035)) {
    const whole = entry('Herroeping binnen bedenktijd', totalCents, 1);
    become(chance.between(1, 10) * DAY, { status: 'refunded', refunds: [whole] });
    return;
  }
  if (purchase.printed || !chance.hits(0.07)) return;
  const first = entry('Variant vervallen', chance.between(40, 150) * 121, 1);
  become(chance.between(1, 9) * DAY, { refunds: [first] });
  if (chance.hits(0.3)) {
    const second = entry('Coulance', chance.between(10, 30) * 121, 2);
    become(chance.between(1, 4) * DAY + MINUTE, { refunds: [first, second] });
  } else if (chance.hits(0.15)) {
    const rest = entry('Opdracht alsnog ingetrokken', totalCents - first.grossCents, 2);
    become(chance.between(1, 4) * DAY, { status: 'refunded', refunds: [first, rest] });
  }
}
