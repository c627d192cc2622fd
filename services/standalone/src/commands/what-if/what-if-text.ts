import type { Earnings, OrderDifference, WhatIf } from '@provisie/read-model';
import { count, money, table } from '../output.ts';

/** Whose terms would differ in what, and from when on. */
export function termsText({ supposition, inForce }: WhatIf): string {
  const { programmeId, from, terms } = supposition;
  const now = new Map<string, unknown>(Object.entries(inForce));
  const changes = Object.entries(terms)
    .map(([name, value]) => ({
      name,
      was: JSON.stringify(now.get(name)),
      is: JSON.stringify(value),
    }))
    .filter(({ was, is }) => was !== is);
  return [
    `Orders placed from ${new Date(from).toISOString()} on, under other terms of ${programmeId}:`,
    ...(changes.length === 0 ? ['  none: these are the terms in force'] : []),
    ...changes.map(({ name, was, is }) => `  ${name}: ${is} instead of ${was}`),
  ].join('\n');
}

const NOTHING: Earnings = { orders: 0, commissionCents: 0 };

/** A row for each partner, and one for each currency. */
export function partnersText({ partners }: WhatIf): string {
  const totals = new Map<string, { published: Earnings; supposed: Earnings }>();
  for (const { currency, published, supposed } of partners) {
    const total = totals.get(currency) ?? { published: NOTHING, supposed: NOTHING };
    totals.set(currency, {
      published: plus(total.published, published),
      supposed: plus(total.supposed, supposed),
    });
  }
  const rows = partners.map(({ partnerId, ...rest }) => earningsRow(partnerId, rest));
  const sums = [...totals].map(([currency, total]) => earningsRow('all', { currency, ...total }));
  const header = ['partner', 'orders', 'would be', 'commission', 'would be', 'difference'];
  return table(header, [...rows, ...sums]);
}

function earningsRow(
  name: string,
  sides: { currency: string; published: Earnings; supposed: Earnings },
): readonly string[] {
  const { currency, published, supposed } = sides;
  return [
    name,
    count(published.orders),
    count(supposed.orders),
    money(published.commissionCents, currency),
    money(supposed.commissionCents, currency),
    money(supposed.commissionCents - published.commissionCents, currency),
  ];
}

function plus(one: Earnings, other: Earnings): Earnings {
  return {
    orders: one.orders + other.orders,
    commissionCents: one.commissionCents + other.commissionCents,
  };
}

/** A row for each order that differs. */
export function ordersText(orders: readonly OrderDifference[]): string {
  const rows = orders.map(({ orderId, placedAt, currency, published, supposed }) => [
    orderId,
    new Date(placedAt).toISOString(),
    published?.partnerId ?? 'nobody',
    supposed?.partnerId ?? 'nobody',
    money(published?.amountCents ?? 0, currency),
    money(supposed?.amountCents ?? 0, currency),
  ]);
  return table(['order', 'placed', 'earns', 'would earn', 'commission', 'would be'], rows);
}

export function differenceText({ ordersThatDiffer, position }: WhatIf, areListed: boolean): string {
  const many =
    ordersThatDiffer === 1 ? '1 order differs' : `${count(ordersThatDiffer)} orders differ`;
  const hint = ordersThatDiffer === 0 || areListed ? '' : ' (--orders lists them)';
  return `${many}${hint}. Worked out up to position ${count(position)} as if nothing had been paid out; nothing was written.`;
}
