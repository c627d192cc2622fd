import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const complete = z
  .looseObject({ line_items: z.array(z.looseObject({ id: z.number(), total: z.string() })) })
  .parse(JSON.parse(readFileSync(new URL('woo-order-727.json', import.meta.url), 'utf8')));

/** Gross €1,101.10 with 21 % VAT and €10 of shipping; lines €630 and €270 after a coupon of 10 %. */
export function wooOrder(changes: Readonly<Record<string, unknown>> = {}): object {
  return { ...complete, ...changes };
}

/** The same lines, the first with another total. */
export function wooLines(firstTotal: string): object[] {
  return complete.line_items.map((line, index) =>
    index === 0 ? Object.assign({}, line, { total: firstTotal }) : line,
  );
}

export function wooRefund(id: number, total: string): object {
  return { id, reason: 'Herroeping', total };
}

/** As WooCommerce posts it. */
export function delivery(
  secret: string,
  topic: string,
  body: string | Buffer<ArrayBuffer>,
): RequestInit {
  return {
    method: 'POST',
    body,
    headers: {
      'Content-Type': 'application/json',
      'User-Agent': 'WooCommerce/10.4.2 Hookshot (WordPress/6.9.1)',
      'X-WC-Webhook-Source': 'https://www.example.nl/',
      'X-WC-Webhook-Topic': topic,
      'X-WC-Webhook-Resource': 'order',
      'X-WC-Webhook-Event': topic.slice('order.'.length),
      'X-WC-Webhook-ID': '3',
      'X-WC-Webhook-Delivery-ID': '90001',
      'X-WC-Webhook-Signature': createHmac('sha256', secret).update(body).digest('base64'),
    },
  };
}

/** Changed in March 2026, such as `05T00:00:00`. */
export const at = (time: string) => ({ date_modified_gmt: `2026-03-${time}` });
export const paid = { date_paid_gmt: '2026-03-01T09:30:05' };
export const unpaid = { date_paid_gmt: null };
export const onDelivery = { ...unpaid, payment_method: 'cod' };
