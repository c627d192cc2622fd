import type { ShopOrder } from './order-life.ts';
import type { Product } from './products.ts';

/** Amounts of an order in cents, as WooCommerce works them out with VAT rounded per line. */
export interface OrderTotals {
  readonly lines: readonly {
    readonly index: number;
    readonly product: Product;
    /** After discounts, without VAT. */
    readonly totalCents: number;
    readonly taxCents: number;
  }[];
  readonly discountCents: number;
  readonly linesTaxCents: number;
  readonly shippingCents: number;
  readonly shippingTaxCents: number;
  readonly grossCents: number;
}

const DISCOUNT_PERCENT_PER_CODE = 5;
const SHIPPING_CENTS = 995;

export function orderTotals(order: ShopOrder): OrderTotals {
  const percent = order.purchase.couponCodes.length * DISCOUNT_PERCENT_PER_CODE;
  const lines = order.products.map((product, index) => {
    const totalCents = product.priceCents - percentOf(product.priceCents, percent);
    return { index, product, totalCents, taxCents: percentOf(totalCents, 21) };
  });
  const netCents = sum(lines.map(({ totalCents }) => totalCents));
  const linesTaxCents = sum(lines.map(({ taxCents }) => taxCents));
  const shippingCents = order.purchase.printed ? SHIPPING_CENTS : 0;
  const shippingTaxCents = percentOf(shippingCents, 21);
  return {
    lines,
    discountCents: sum(order.products.map(({ priceCents }) => priceCents)) - netCents,
    linesTaxCents,
    shippingCents,
    shippingTaxCents,
    grossCents: netCents + linesTaxCents + shippingCents + shippingTaxCents,
  };
}

/** What each code took off; the last takes what rounding left. */
export function shareCodes(
  order: ShopOrder,
  totals: OrderTotals,
): { readonly code: string; readonly discountCents: number }[] {
  const codes = order.purchase.couponCodes;
  const each = Math.floor(totals.discountCents / Math.max(codes.length, 1));
  return codes.map((code, index) => ({
    code,
    discountCents:
      index === codes.length - 1 ? totals.discountCents - each * (codes.length - 1) : each,
  }));
}

function percentOf(cents: number, percent: number): number {
  return Math.round((cents * percent) / 100);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
