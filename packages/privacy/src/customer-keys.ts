import { toBase64Url } from './bytes.ts';
import { hmacKey } from './hmac.ts';

/** Names a customer without saying who it is: HMAC-SHA-256 in base64url, 43 characters. */
export interface CustomerKeys {
  /** Null when it isn't an e-mail address. */
  ofEmail(email: string): Promise<string | null>;
  /** A customer id is only unique within its shop. Spaces around it don't count. */
  ofCustomerId(shopId: string, id: string): Promise<string>;
}

/** The same secret gives the same keys, so it must be kept as long as the log. */
export function createCustomerKeys(secret: Uint8Array): CustomerKeys {
  const key = hmacKey(secret);
  return {
    async ofEmail(email) {
      const address = normaliseEmail(email);
      return address === null ? null : toBase64Url(await key.sign(`email\n${address}`));
    },
    async ofCustomerId(shopId, id) {
      const message = `customer\n${JSON.stringify([shopId, id.normalize('NFKC').trim()])}`;
      return toBase64Url(await key.sign(message));
    },
  };
}

/**
 * Trims, applies NFKC and lower-cases. Nothing more: dots and `+tags` are kept, because only the mail
 * provider knows whether they lead to the same person. Null when it isn't an address.
 */
function normaliseEmail(typed: string): string | null {
  const address = typed.normalize('NFKC').trim().toLowerCase();
  const isAddress =
    address.length <= 254 && /^[^\s@<>]{1,64}@[^\s@<>.]+(\.[^\s@<>.]+)+$/.test(address);
  return isAddress ? address : null;
}
