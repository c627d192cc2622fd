import { randomBytes } from 'node:crypto';
import { createRoute, z } from '@hono/zod-openapi';
import { newFact, shopIdSchema, streams } from '@provisie/domain';
import type { Fact } from '@provisie/domain';
import { readFact } from '@provisie/event-store';
import type { EventStore } from '@provisie/event-store';
import { pageAnswer, pageOfList, pageQuery, pageRequest, pageSchema } from '@provisie/http';
import { change, written, writtenPosition } from '../api.ts';
import type { Endpoint } from '../api.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, jsonBody, readFailures, writeFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { knownShop, shopAnswer, shopOf, shopSchema } from './shop.ts';
import type { Shop } from './shop.ts';

const SECRET_BYTES = 32;

const body = z
  .strictObject({
    shopId: shopIdSchema,
    platform: z.literal('woocommerce').default('woocommerce'),
    name: z.string().min(1).max(200),
    secret: z.string().min(16).max(200).optional().openapi({
      description:
        'As it is set in the shop. Without it one is made, and shown in this answer only.',
    }),
  })
  .openapi({ example: { shopId: 'webshop', name: 'Webshop' } });

/** Connects a shop, so that its signed webhooks are taken. */
export const connectShop: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/shops',
    tags: ['Shops'],
    summary: 'Connect a WooCommerce shop',
    description:
      'In WooCommerce add a webhook for each of the topics `Order created`, `Order updated` and `Order deleted` with the delivery address and the secret of this answer.',
    ...api.writes('admin'),
    request: { body: jsonBody(body) },
    responses: {
      201: jsonAnswer(
        'The shop.',
        z.object({
          shop: shopSchema,
          secret: z.string().nullable().openapi({ description: 'Null in the answer to a repeat.' }),
          position: writtenPosition,
        }),
      ),
      ...writeFailures,
    },
  });
  api.app.openapi(route, async (c) => {
    const { shopId, platform, name, secret: chosen } = c.req.valid('json');
    const secret = chosen ?? randomBytes(SECRET_BYTES).toString('base64url');
    const changed = await change(api, c, {
      stream: streams.shop(shopId),
      decide: async (facts, newId) => {
        if (shopOf(facts)?.disconnectedAt === null) {
          throw problem('shop_connected', 'Disconnect it first to give it another secret.');
        }
        const sealed = await api.vault.seal(`shop:${shopId}`, { secret });
        const data = { shopId, platform, name, secret: sealed };
        return [newFact('ShopConnected', { id: newId(), occurredAt: api.now(), data })];
      },
    });
    const shop = shopAnswer(knownShop(changed.facts));
    const shown = changed.written ? secret : null;
    return c.json(written(c, changed, { shop, secret: shown }), 201);
  });
};

/** Takes no more webhooks of the shop; its orders stay. */
export const disconnectShop: Endpoint = (api) => {
  const route = createRoute({
    method: 'delete',
    path: '/v1/shops/{shopId}',
    tags: ['Shops'],
    summary: 'Disconnect a shop',
    ...api.writes('admin'),
    request: { params: z.object({ shopId: shopIdSchema }) },
    responses: {
      200: jsonAnswer('The shop.', z.object({ shop: shopSchema, position: writtenPosition })),
      ...writeFailures,
    },
  });
  api.app.openapi(route, async (c) => {
    const { shopId } = c.req.valid('param');
    const changed = await change(api, c, {
      stream: streams.shop(shopId),
      decide: (facts, newId) =>
        knownShop(facts).disconnectedAt === null
          ? [newFact('ShopDisconnected', { id: newId(), occurredAt: api.now(), data: { shopId } })]
          : [],
    });
    return c.json(written(c, changed, { shop: shopAnswer(knownShop(changed.facts)) }), 200);
  });
};

export const listShops: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/shops',
    tags: ['Shops'],
    summary: 'List shops, the first one connected first',
    ...api.reads('admin'),
    request: { query: z.strictObject({ ...pageQuery, ...waitQuery }) },
    responses: { 200: jsonAnswer('A page.', pageSchema(shopSchema)), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const asked = pageRequest(c.req.valid('query'));
    const page = pageOfList(await allShops(api.store), asked, ({ shopId }) => shopId);
    return c.json(pageAnswer(c, page, shopAnswer), 200);
  });
};

/** From the log itself: there are few, and they are asked for seldom. */
async function allShops(store: EventStore): Promise<readonly Shop[]> {
  const byStream = new Map<string, Fact[]>();
  for await (const batch of store.readAll(0, { categories: ['shop'] })) {
    for (const event of batch) {
      const facts = byStream.get(event.stream) ?? [];
      facts.push(readFact(event));
      byStream.set(event.stream, facts);
    }
  }
  return [...byStream.values()].map(knownShop);
}
