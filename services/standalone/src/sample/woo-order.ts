import { createHash } from 'node:crypto';
import { shopTimeLocal, shopTimeUtc } from './calendar.ts';
import type { ShopOrder } from './order-life.ts';
import { orderTotals, shareCodes, type OrderTotals } from './woo-totals.ts';

const SHOP = 'https://www.dedraagbalk.example';

/** The order as WooCommerce's REST API (v3) and its webhooks show it. */
export function wooOrder(order: ShopOrder): object {
  const totals = orderTotals(order);
  const { purchase } = order;
  return {
    id: order.orderId,
    parent_id: 0,
    status: order.status,
    currency: 'EUR',
    version: '10.4.2',
    prices_include_tax: false,
    date_created: shopTimeLocal(purchase.placedAt),
    date_modified: shopTimeLocal(order.modifiedAt),
    discount_total: euros(totals.discountCents),
    discount_tax: euros(vatOf(totals.discountCents)),
    shipping_total: euros(totals.shippingCents),
    shipping_tax: euros(totals.shippingTaxCents),
    cart_tax: euros(totals.linesTaxCents),
    total: euros(totals.grossCents),
    total_tax: euros(totals.linesTaxCents + totals.shippingTaxCents),
    customer_id: 0,
    order_key: `wc_order_${digestOf(order, 'key').slice(0, 13)}`,
    billing: {
      ...addressOf(order),
      email: purchase.customer.email,
      phone: purchase.customer.phone,
    },
    shipping: { ...addressOf(order), phone: '' },
    payment_method: 'mollie_wc_gateway_ideal',
    payment_method_title: 'iDEAL',
    transaction_id: order.paidAt === null ? '' : `tr_${digestOf(order, 'payment').slice(0, 10)}`,
    customer_ip_address: purchase.ip,
    customer_user_agent: purchase.agent,
    created_via: 'checkout',
    customer_note: '',
    date_completed: order.completedAt === null ? null : shopTimeLocal(order.completedAt),
    date_paid: order.paidAt === null ? null : shopTimeLocal(order.paidAt),
    cart_hash: digestOf(order, 'cart').slice(0, 32),
    number: String(order.orderId),
    meta_data: metaOf(order),
    line_items: totals.lines.map((line) => lineItem(order, line)),
    tax_lines: [taxLine(order, totals)],
    shipping_lines: totals.shippingCents === 0 ? [] : [shippingLine(order, totals)],
    fee_lines: [],
    coupon_lines: shareCodes(order, totals).map(couponLine(order)),
    refunds: order.refunds.map(({ refundId, reason, grossCents }) => ({
      id: refundId,
      reason,
      total: `-${euros(grossCents)}`,
    })),
    payment_url: `${SHOP}/afrekenen/order-pay/${order.orderId}/?pay_for_order=true`,
    is_editable: order.status === 'pending',
    needs_payment: order.status === 'pending',
    needs_processing: true,
    date_created_gmt: shopTimeUtc(purchase.placedAt),
    date_modified_gmt: shopTimeUtc(order.modifiedAt),
    date_completed_gmt: order.completedAt === null ? null : shopTimeUtc(order.completedAt),
    date_paid_gmt: order.paidAt === null ? null : shopTimeUtc(order.paidAt),
    currency_symbol: '€',
    _links: {
      self: [{ href: `${SHOP}/wp-json/wc/v3/orders/${order.orderId}` }],
      collection: [{ href: `${SHOP}/wp-json/wc/v3/orders` }],
    },
  };
}

/** As PHP's `json_encode` writes it: slashes escaped, everything beyond ASCII as `\uXXXX`. */
export function phpJson(value: object): string {
  return JSON.stringify(value)
    .replaceAll('/', String.raw`\/`)
    .replaceAll(
      /[\u0080-\uffff]/g,
      (character) => String.raw`\u` + character.charCodeAt(0).toString(16).padStart(4, '0'),
    );
}

export function euros(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

function vatOf(cents: number): number {
  return Math.round((cents * 21) / 100);
}

function digestOf(order: ShopOrder, purpose: string): string {
  return createHash('sha256').update(`${purpose} ${order.orderId}`).digest('hex');
}

function addressOf({ purchase: { customer } }: ShopOrder): object {
  return {
    first_name: customer.firstName,
    last_name: customer.lastName,
    company: '',
    address_1: customer.street,
    address_2: '',
    city: customer.city,
    state: '',
    postcode: customer.postcode,
    country: 'NL',
  };
}

function metaOf({ orderId, purchase }: ShopOrder): object[] {
  const device = purchase.agent.includes('Mobile') ? 'Mobile' : 'Desktop';
  const values: readonly (readonly [string, string | null])[] = [
    ['_wc_order_attribution_source_type', purchase.utmSource === null ? 'typein' : 'utm'],
    ['_wc_order_attribution_utm_source', purchase.utmSource ?? '(direct)'],
    ['_wc_order_attribution_session_pages', String(1 + (orderId % 7))],
    ['_wc_order_attribution_session_count', '1'],
    ['_wc_order_attribution_user_agent', purchase.agent],
    ['_wc_order_attribution_device_type', device],
    ['_provisie_click_id', purchase.clickId],
    ['_provisie_visitor_id', purchase.visitorId],
    ['is_vat_exempt', 'no'],
  ];
  return values
    .filter(([, value]) => value !== null)
    .map(([key, value], index) => ({ id: orderId * 20 + index, key, value }));
}

function lineItem(order: ShopOrder, line: OrderTotals['lines'][number]): object {
  const { product } = line;
  return {
    id: order.orderId * 5 + line.index,
    name: product.name,
    product_id: product.productId,
    variation_id: 0,
    quantity: 1,
    tax_class: '',
    subtotal: euros(product.priceCents),
    subtotal_tax: euros(vatOf(product.priceCents)),
    total: euros(line.totalCents),
    total_tax: euros(line.taxCents),
    taxes: [{ id: 1, total: euros(line.taxCents), subtotal: euros(vatOf(product.priceCents)) }],
    meta_data: [],
    sku: product.sku,
    global_unique_id: '',
    price: line.totalCents / 100,
    image: { id: '', src: '' },
    parent_name: null,
  };
}

function taxLine(order: ShopOrder, totals: OrderTotals): object {
  return {
    id: order.orderId * 5 + 8000,
    rate_code: 'NL-BTW-1',
    rate_id: 1,
    label: 'btw',
    compound: false,
    tax_total: euros(totals.linesTaxCents),
    shipping_tax_total: euros(totals.shippingTaxCents),
    rate_percent: 21,
    meta_data: [],
  };
}

function shippingLine(order: ShopOrder, totals: OrderTotals): object {
  return {
    id: order.orderId * 5 + 9000,
    method_title: 'Tekeningen per post',
    method_id: 'flat_rate',
    instance_id: '2',
    total: euros(totals.shippingCents),
    total_tax: euros(totals.shippingTaxCents),
    tax_status: 'taxable',
    taxes: [{ id: 1, total: euros(totals.shippingTaxCents), subtotal: '' }],
    meta_data: [],
  };
}

const couponLine =
  (order: ShopOrder) =>
  (share: { readonly code: string; readonly discountCents: number }, index: number): object => ({
    id: order.orderId * 5 + 7000 + index,
    code: share.code,
    discount: euros(share.discountCents),
    discount_tax: euros(vatOf(share.discountCents)),
    discount_type: 'percent',
    nominal_amount: 5,
    free_shipping: false,
    meta_data: [],
  });
