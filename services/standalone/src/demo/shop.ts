import { createHmac } from 'node:crypto';
import pMap from 'p-map';
import type { Delivery } from '../sample/setup.ts';

/** A WooCommerce shop that delivers its webhooks, signed with its secret. */
export interface DeliveringShop {
  readonly url: string;
  readonly shopId: string;
  readonly secret: string;
}

const AT_ONCE = 24;

/** Posts all deliveries, many at once and whatever order they are of. */
export async function deliverAll(
  shop: DeliveringShop,
  deliveries: readonly Delivery[],
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  let done = 0;
  const deliverOne = async (delivery: Delivery) => {
    await deliver(shop, delivery);
    done += 1;
    onProgress(done, deliveries.length);
  };
  await pMap(deliveries, deliverOne, { concurrency: AT_ONCE });
}

export async function deliver(shop: DeliveringShop, delivery: Delivery): Promise<void> {
  const { topic, deliveryId, headers, body } = delivery;
  const signature = createHmac('sha256', shop.secret).update(body).digest('base64');
  const response = await fetch(`${shop.url}/v1/webhooks/woocommerce/${shop.shopId}`, {
    method: 'POST',
    headers: { ...headers, 'x-wc-webhook-signature': signature },
    body,
  });
  const answer = await response.text();
  if (response.ok) return;
  throw new Error(`Delivery ${deliveryId} (${topic}) was answered ${response.status}: ${answer}`);
}
