import type { Cents } from '@provisie/domain';

export interface GrossRefund {
  readonly refundId: number;
  /** With VAT and shipping, as WooCommerce gives it. */
  readonly grossCents: Cents;
}

export interface NetRefund {
  readonly refundId: number;
  /** Of line amounts only. */
  readonly amountCents: Cents;
}

export interface OrderTotals {
  /** With VAT and shipping. */
  readonly grossCents: Cents;
  /** Of the lines, without VAT and shipping. */
  readonly linesCents: Cents;
}

/**
 * What refunds take from the lines. An order's payload has no more of a refund than its gross total, so it is
 * shared out in proportion: cumulatively, by refund id, so that cents are conserved, the shares of earlier
 * refunds don't change when another comes, and refunds of the whole total take exactly all lines.
 */
export function netRefunds(
  refunds: readonly GrossRefund[],
  totals: OrderTotals,
): readonly NetRefund[] {
  let gross = 0;
  let taken = 0;
  return [...refunds]
    .sort((a, b) => a.refundId - b.refundId)
    .map(({ refundId, grossCents }) => {
      gross = Math.min(gross + grossCents, totals.grossCents);
      const net = proportion(gross, totals);
      const amountCents = net - taken;
      taken = net;
      return { refundId, amountCents };
    });
}

/** `gross` × lines ÷ total, rounded half up; exact. */
function proportion(gross: Cents, { grossCents, linesCents }: OrderTotals): Cents {
  if (grossCents <= 0) return 0;
  const total = BigInt(grossCents);
  return Number((BigInt(gross) * BigInt(linesCents) * 2n + total) / (total * 2n));
}
