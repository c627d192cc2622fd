import { z } from '@hono/zod-openapi';
import { shopIdSchema, streams } from '@provisie/domain';
import type { Fact, Instant, Sealed } from '@provisie/domain';
import type { EventStore } from '@provisie/event-store';
import type { Vault } from '@provisie/privacy';
import { readFacts } from '../change-stream.ts';
import { iso, instantAnswer, isoOrNull } from '../instants.ts';
import { problem } from '../problems.ts';

/** A connected shop, or one that was. */
export interface Shop {
  readonly shopId: string;
  readonly platform: 'woocommerce';
  readonly name: string;
  readonly secret: Sealed;
  readonly connectedAt: Instant;
  readonly disconnectedAt: Instant | null;
}

export const shopSchema = z
  .object({
    shopId: shopIdSchema,
    platform: z.literal('woocommerce'),
    name: z.string(),
    webhookPath: z.string().openapi({ description: 'Where the shop’s webhooks are delivered to.' }),
    connectedAt: instantAnswer,
    disconnectedAt: instantAnswer.nullable(),
  })
  .openapi('Shop');

export function shopAnswer(shop: Shop) {
  const { shopId, platform, name } = shop;
  return {
    shopId,
    platform,
    name,
    webhookPath: `/v1/webhooks/woocommerce/${shopId}`,
    connectedAt: iso(shop.connectedAt),
    disconnectedAt: isoOrNull(shop.disconnectedAt),
  };
}

/** The shop that the facts of its stream tell of; null when it was never connected. */
export function shopOf(facts: readonly Fact[]): Shop | null {
  const connected = facts.findLast((fact) => fact.type === 'ShopConnected');
  if (connected === undefined) return null;
  // Requests that changed nothing leave a note behind these.
  const last = facts.findLast(isOfConnection);
  const disconnectedAt = last?.type === 'ShopDisconnected' ? last.occurredAt : null;
  return { ...connected.data, connectedAt: connected.occurredAt, disconnectedAt };
}

function isOfConnection({ type }: Fact): boolean {
  return type === 'ShopConnected' || type === 'ShopDisconnected';
}

/** Throws `not_found`. */
export function knownShop(facts: readonly Fact[]): Shop {
  const shop = shopOf(facts);
  if (shop === null) throw problem('not_found', 'There is no such shop.');
  return shop;
}

/** The secret of a connected shop; null when it isn't connected (any more). */
export async function shopSecret(
  ports: { readonly store: EventStore; readonly vault: Vault },
  shopId: string,
): Promise<string | null> {
  const shop = shopOf(await readFacts(ports.store, streams.shop(shopId)));
  if (shop === null || shop.disconnectedAt !== null) return null;
  const opened = await ports.vault.open(shop.secret);
  const secret = opened?.['secret'];
  return typeof secret === 'string' ? secret : null;
}
