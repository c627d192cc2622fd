import { DAY, daysBetween, HOUR, momentOfDay } from './calendar.ts';
import { customerOf } from './customers.ts';
import { MAIN_PRODUCTS } from './products.ts';
import type { Chance } from './random.ts';
import { REFUNDED_CUSTOMER, type Purchase } from './shopping.ts';
import { euros } from './woo-order.ts';

const HEADER =
  'order_id,placed_at,customer_email,currency,net_amount,coupon_codes,click_id,visitor_id,completed_at,cancelled_at,refunded_net_amount,refunded_at';

/** The shop's orders from before the programmes, so that a customer who came back isn't taken for a new one. */
export function historyCsv(chance: Chance, purchases: readonly Purchase[]): string {
  const days = daysBetween('2025-07-01', '2026-02-20');
  const times = Array.from({ length: 60 }, () => momentOfDay(chance, chance.pick(days))).sort(
    (one, other) => one - other,
  );
  const returning = purchases.filter(({ customer }) => !isArranged(customer.email));
  const rows = times.map((placedAt, index) => row(chance, 16_010 + index * 7, placedAt, returning));
  return `${[HEADER, ...rows].join('\n')}\n`;
}

/** Partners who order themselves, and the customer whose refund the sample needs. */
function isArranged(email: string): boolean {
  return email === REFUNDED_CUSTOMER || !email.endsWith('@post.example');
}

function row(
  chance: Chance,
  orderId: number,
  placedAt: number,
  returning: readonly Purchase[],
): string {
  const customer = chance.hits(0.7) ? chance.pick(returning).customer : customerOf(chance);
  const netCents = chance.weighted(MAIN_PRODUCTS).priceCents;
  const cancelled = chance.hits(0.08);
  const completedAt = placedAt + chance.between(20, 300) * HOUR;
  const refunded = !cancelled && chance.hits(0.1);
  const refundCents = chance.hits(0.5) ? netCents : 10_000;
  return [
    `oud-${orderId}`,
    iso(placedAt),
    customer.email,
    'EUR',
    euros(netCents),
    chance.hits(0.1) ? 'welkom5' : '',
    '',
    '',
    cancelled ? '' : iso(completedAt),
    cancelled ? iso(placedAt + 30 * HOUR) : '',
    refunded ? euros(refundCents) : '',
    refunded ? iso(completedAt + 3 * DAY) : '',
  ].join(',');
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
