import { customerOf } from '../sample/customers.ts';
import type { ShopOrder } from '../sample/order-life.ts';
import { MAIN_PRODUCTS } from '../sample/products.ts';
import { seededChance } from '../sample/random.ts';
import type { Delivery } from '../sample/setup.ts';
import { phpJson, wooOrder } from '../sample/woo-order.ts';

/** As a program, a click would be nobody's. */
export const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36';

export interface LiveClick {
  /** Where the visitor was sent. */
  readonly destination: string;
  readonly clickId: string;
}

/** Follows a tracking link as a browser does. */
export async function clickLink(url: string, code: string): Promise<LiveClick> {
  const response = await fetch(`${url}/r/${code}?utm_source=demo`, {
    redirect: 'manual',
    headers: { 'user-agent': BROWSER, accept: 'text/html' },
  });
  const destination = response.headers.get('location') ?? '';
  const clickId = URL.parse(destination)?.searchParams.get('click_id') ?? null;
  if (response.status === 302 && clickId !== null) return { destination, clickId };
  throw new Error(`The link ${code} was answered ${response.status} and no click id`);
}

/** The webhook of an order that somebody placed just now, after that click. */
export function liveOrder(orderId: number, clickId: string): Delivery {
  const now = Math.floor(Date.now() / 1000) * 1000;
  const chance = seededChance(now / 1000);
  const products = [chance.weighted(MAIN_PRODUCTS)];
  const customer = { ...customerOf(chance), email: `live-${String(now)}@post.example` };
  const order: ShopOrder = {
    orderId,
    products,
    purchase: {
      placedAt: now + 1000,
      customer,
      products,
      couponCodes: [],
      clickId,
      visitorId: null,
      ip: '192.0.2.10',
      agent: BROWSER,
      printed: false,
      utmSource: 'demo',
    },
    status: 'processing',
    modifiedAt: now + 1000,
    paidAt: now + 1000,
    completedAt: null,
    refunds: [],
  };
  return {
    topic: 'order.created',
    deliveryId: String(now),
    headers: {
      'content-type': 'application/json',
      'x-wc-webhook-topic': 'order.created',
      'x-wc-webhook-resource': 'order',
      'x-wc-webhook-event': 'created',
      'x-wc-webhook-delivery-id': String(now),
    },
    body: phpJson(wooOrder(order)),
  };
}
