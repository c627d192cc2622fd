import { fromBase64, fromHex, utf8 } from './bytes.ts';
import type { Bytes } from './bytes.ts';

const algorithm = { name: 'HMAC', hash: 'SHA-256' } as const;

/** A `CryptoKey`, by a name that needs no browser types. */
export type ImportedKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

export interface HmacKey {
  sign(message: string): Promise<Bytes>;
}

/** HMAC-SHA-256 (RFC 2104, FIPS 180-4) under one key, imported once. */
export function hmacKey(secret: Uint8Array): HmacKey {
  if (secret.length === 0) throw new RangeError('The secret of an HMAC is empty.');
  const bytes = new Uint8Array(secret);
  let key: Promise<ImportedKey> | undefined;
  return {
    async sign(message) {
      key ??= crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign']);
      return new Uint8Array(await crypto.subtle.sign('HMAC', await key, utf8(message)));
    },
  };
}

export interface HmacSignature {
  /** Text is taken as UTF-8. */
  readonly secret: string | Uint8Array;
  /** The body as it came over the wire, before any parsing. */
  readonly body: string | Uint8Array;
  readonly signature: string;
  readonly encoding: 'base64' | 'hex';
}

/**
 * Whether the signature is the HMAC-SHA-256 of the body: WooCommerce and Shopify send base64, Stripe
 * hex. Compares in constant time; a signature that can't be one, and an empty secret, is false.
 */
export async function verifyHmacSha256(signed: HmacSignature): Promise<boolean> {
  const { secret, body, signature, encoding } = signed;
  const claimed = encoding === 'hex' ? fromHex(signature) : fromBase64(signature);
  if (claimed === null || secret.length === 0) return false;
  const key = await crypto.subtle.importKey('raw', bytesOf(secret), algorithm, false, ['verify']);
  return crypto.subtle.verify('HMAC', key, claimed, bytesOf(body));
}

function bytesOf(value: string | Uint8Array): Bytes {
  return typeof value === 'string' ? utf8(value) : new Uint8Array(value);
}
