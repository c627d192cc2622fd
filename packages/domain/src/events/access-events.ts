import * as z from 'zod';
import { defineEvent } from '../event-definition.ts';
import { partnerIdSchema, shopIdSchema } from '../identifiers.ts';
import { sealedSchema } from '../sealed.ts';

/** `admin` may do everything; `finance` reads and handles money; `orders` is a shop; `partner` is one partner. */
export const scopeSchema = z.enum(['admin', 'finance', 'orders', 'partner']);
export type Scope = z.infer<typeof scopeSchema>;

const keyId = z.string().min(1).max(64);

export const AccessKeyIssued = defineEvent(
  'AccessKeyIssued',
  z.object({
    keyId,
    /** SHA-256 of the secret, hex. The secret itself is shown once and kept nowhere. */
    secretHash: z.string().regex(/^[0-9a-f]{64}$/),
    /** The first characters, so that a person recognises the key in a list. */
    hint: z.string().max(20),
    label: z.string().max(200),
    scopes: z.array(scopeSchema).min(1),
    /** Whose data a `partner` key may read. */
    partnerId: partnerIdSchema.optional(),
  }),
);
export const AccessKeyRevoked = defineEvent('AccessKeyRevoked', z.object({ keyId }));

/** A shop that sends signed webhooks. `secret` is needed in the clear to check them, so it is sealed. */
export const ShopConnected = defineEvent(
  'ShopConnected',
  z.object({
    shopId: shopIdSchema,
    platform: z.literal('woocommerce'),
    name: z.string().min(1).max(200),
    secret: sealedSchema,
  }),
);
export const ShopDisconnected = defineEvent('ShopDisconnected', z.object({ shopId: shopIdSchema }));

/**
 * A request with an Idempotency-Key found nothing to do. It stands in the stream of the entity that was asked about, so that
 * a late repeat finds its answer there instead of being carried out on what has happened since.
 */
export const RequestChangedNothing = defineEvent('RequestChangedNothing', z.object({}));

export const accessEvents = {
  AccessKeyIssued,
  AccessKeyRevoked,
  ShopConnected,
  ShopDisconnected,
  RequestChangedNothing,
};
