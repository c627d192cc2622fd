import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

interface RawKey {
  readonly raw: Uint8Array;
}

/**
 * The part of WebCrypto that is used, done at once: the system's own does it in a pool of threads, which finish in
 * any order.
 */
export const synchronousSubtle = {
  importKey: async (_format: 'raw', raw: Uint8Array): Promise<RawKey> => ({ raw }),

  sign: async (_algorithm: 'HMAC', key: RawKey, message: Uint8Array): Promise<ArrayBuffer> =>
    bufferOf(hmac(key, message)),

  verify: async (
    _algorithm: 'HMAC',
    key: RawKey,
    claimed: Uint8Array,
    message: Uint8Array,
  ): Promise<boolean> => {
    const right = hmac(key, message);
    return claimed.length === right.length && timingSafeEqual(claimed, right);
  },

  digest: async (algorithm: string, message: Uint8Array): Promise<ArrayBuffer> =>
    bufferOf(createHash(algorithm.replace('-', '')).update(message).digest()),
};

function hmac({ raw }: RawKey, message: Uint8Array): Uint8Array {
  return createHmac('sha256', raw).update(message).digest();
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
