import { decide, gatherFacts, streams } from '@provisie/domain';
import type { Decision } from '@provisie/domain';
import { readFacts } from '../src/change-stream.ts';
import { must, openOffice } from './office.ts';
import { delivery } from './woo-order.ts';
import { openWorld } from './world.ts';
import type { World } from './world.ts';

export const SECRET = 'a-secret-of-the-shop';
export const PATH = '/v1/webhooks/woocommerce/webshop';

/** An office with a shop that is connected to it. */
export interface ConnectedShop extends AsyncDisposable {
  readonly world: World;
  /** As WooCommerce does it. */
  deliver(
    topic: string,
    payload: object,
    path?: string,
  ): Promise<{ status: number; body: unknown }>;
  decisionOf(orderId: string): Promise<Decision | null>;
}

export async function connectShop(): Promise<ConnectedShop> {
  const world = await openWorld();
  await openOffice(world);
  await must(world, 'POST /v1/shops', { shopId: 'webshop', name: 'Webshop', secret: SECRET });
  return {
    world,
    async deliver(topic, payload, path = PATH) {
      const response = await world.fetch(path, delivery(SECRET, topic, JSON.stringify(payload)));
      const body: unknown = await response.json();
      return { status: response.status, body };
    },
    async decisionOf(orderId) {
      const names = [streams.order(orderId), 'programme-affiliate', 'partner-woonblog'];
      const facts = await Promise.all(
        [...names, 'coupon-WOONBLOG10'].map((stream) => readFacts(world.options.store, stream)),
      );
      return decide(orderId, gatherFacts(facts.flat()));
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}
