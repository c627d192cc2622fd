import { check } from 'k6';
import { hmac } from 'k6/crypto';
import http from 'k6/http';
import type { ObjectRefinedBatchRequest, RefinedResponse } from 'k6/http';
import { happens, oneOf } from './chance.ts';
import type { Market } from './market.ts';
import { nextNumber } from './numbering.ts';
import { tellAnswer } from './tell-answer.ts';

/** How often WooCommerce delivers the same twice, at the same time. */
const DOUBLED = 0.1;
const COMPLETED = 0.3;
const REFUNDED = 0.1;
/** Customers who come back, of so many. */
const KNOWN_CUSTOMERS = 5000;

/** Somebody buys: the shop delivers the order, sometimes twice, and sometimes what becomes of it. */
export function order(market: Market, clickId: string | null): void {
  const { shop } = market;
  if (shop === null) throw new Error('no shop was set up');
  const number = nextNumber();
  const placed = wooOrder(market, number, clickId);
  if (!deliver(market, shop, 'order.created', placed, happens(DOUBLED) ? 2 : 1)) return;
  if (happens(COMPLETED)) {
    const change = {
      status: 'completed',
      date_completed_gmt: gmt(1000),
      date_modified_gmt: gmt(1000),
    };
    deliver(market, shop, 'order.updated', { ...placed, ...change }, 1);
  } else if (happens(REFUNDED)) {
    const refunds = [{ id: number, reason: 'Returned', total: '-60.50' }];
    deliver(market, shop, 'order.updated', { ...placed, refunds, date_modified_gmt: gmt(1000) }, 1);
  }
}

type Shop = NonNullable<Market['shop']>;

/** Whether all of the deliveries were taken. */
function deliver(
  { url }: Market,
  { shopId, secret }: Shop,
  topic: string,
  placed: { readonly id: number; readonly [field: string]: unknown },
  times: number,
): boolean {
  const body = JSON.stringify(placed);
  const request: ObjectRefinedBatchRequest<'text'> = {
    method: 'POST',
    url: `${url}/v1/webhooks/woocommerce/${shopId}`,
    body,
    params: {
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': 'WooCommerce/10.4.2 Hookshot (WordPress/6.9.1)',
        'X-WC-Webhook-Topic': topic,
        'X-WC-Webhook-Resource': 'order',
        'X-WC-Webhook-Signature': hmac('sha256', secret, body, 'base64'),
      },
      tags: { kind: 'webhook', name: `POST /v1/webhooks/woocommerce (${topic})` },
      responseCallback: http.expectedStatuses(200),
      responseType: 'text',
    },
  };
  const responses = http.batch(Array.from({ length: times }, () => request));
  const taken = responses.filter(isTaken);
  const tookMs = Math.max(...responses.map(({ timings }) => timings.duration));
  if (topic === 'order.created' && taken.length > 0) {
    const key = `${shopId}-${String(placed.id)}`;
    tellAnswer({ kind: 'OrderPlaced', key, tookMs });
  }
  return taken.length === times;
}

function isTaken(response: RefinedResponse<'text'>): boolean {
  const { status, body } = response;
  const isRecorded = check(response, {
    'a delivery is recorded': () =>
      status === 200 && /"outcome":"(?:recorded|unchanged)"/.test(body),
  });
  if (!isRecorded) console.error(`a delivery was answered ${String(status)}: ${body}`);
  return isRecorded;
}

/** As WooCommerce's REST API v3 gives an order: €121 with 21 % VAT, a line of €100. */
function wooOrder({ run, couponCodes }: Market, id: number, clickId: string | null) {
  const customer = happens(0.2) ? Math.floor(Math.random() * KNOWN_CUSTOMERS) : id;
  return {
    id,
    status: 'processing',
    currency: 'EUR',
    total: '121.00',
    total_tax: '21.00',
    date_created_gmt: gmt(),
    date_modified_gmt: gmt(),
    date_paid_gmt: gmt(),
    date_completed_gmt: null,
    customer_id: 0,
    billing: { email: `${run}-${String(customer)}@post.example` },
    line_items: [
      { id: 1, name: 'Drawing', product_id: 1, quantity: 1, total: '100.00', total_tax: '21.00' },
    ],
    coupon_lines: happens(0.3) ? [{ id: 1, code: oneOf(couponCodes), discount: '0' }] : [],
    refunds: [],
    meta_data: clickId === null ? [] : [{ id: 1, key: '_provisie_click_id', value: clickId }],
  };
}

/** WooCommerce writes UTC without saying so. */
function gmt(laterMs = 0): string {
  return new Date(Date.now() + laterMs).toISOString().slice(0, 19);
}
