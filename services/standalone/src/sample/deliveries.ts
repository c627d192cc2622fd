import { HOUR, MINUTE, SECOND } from './calendar.ts';
import { lifeOf, type ShopOrder } from './order-life.ts';
import type { Chance } from './random.ts';
import type { Delivery } from './setup.ts';
import type { Purchase } from './shopping.ts';
import { phpJson, wooOrder } from './woo-order.ts';
import { orderTotals } from './woo-totals.ts';

interface Posted {
  readonly arrivesAt: number;
  readonly topic: Delivery['topic'];
  readonly order: ShopOrder;
}

/** The shop's webhooks in the order in which they arrive: some late, some twice. */
export function sampleDeliveries(
  chance: Chance,
  purchases: readonly Purchase[],
  until: number,
): Delivery[] {
  let orderId = 18_204;
  const posted = purchases.flatMap((purchase) => {
    orderId += chance.between(1, 6);
    return lifeOf(chance, orderId, purchase, (order) => orderTotals(order).grossCents)
      .filter(({ modifiedAt }) => modifiedAt < until)
      .flatMap((order, index) => journey(chance, order, index));
  });
  return posted
    .sort((one, other) => one.arrivesAt - other.arrivesAt)
    .map(({ topic, order }, index) => delivery(topic, order, 90_001 + index));
}

/** One delivery takes seconds; of a hundred, four are retried after hours and three come twice. */
function journey(chance: Chance, order: ShopOrder, index: number): Posted[] {
  const topic = index === 0 ? 'order.created' : 'order.updated';
  const delay = chance.hits(0.04) ? chance.between(2, 60) * HOUR : chance.between(1, 40) * SECOND;
  const first = { arrivesAt: order.modifiedAt + delay, topic, order } as const;
  if (!chance.hits(0.03)) return [first];
  return [first, { ...first, arrivesAt: first.arrivesAt + chance.between(1, 90) * MINUTE }];
}

function delivery(topic: Delivery['topic'], order: ShopOrder, deliveryId: number): Delivery {
  return {
    topic,
    deliveryId: String(deliveryId),
    headers: {
      'content-type': 'application/json',
      'user-agent': 'WooCommerce/10.4.2 Hookshot (WordPress/6.9.1)',
      'x-wc-webhook-source': 'https://www.dedraagbalk.example/',
      'x-wc-webhook-topic': topic,
      'x-wc-webhook-resource': 'order',
      'x-wc-webhook-event': topic.slice('order.'.length),
      'x-wc-webhook-id': topic === 'order.created' ? '3' : '4',
      'x-wc-webhook-delivery-id': String(deliveryId),
    },
    body: phpJson(wooOrder(order)),
  };
}
