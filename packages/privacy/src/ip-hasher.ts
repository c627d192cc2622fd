import { toBase64Url } from './bytes.ts';
import { hmacKey } from './hmac.ts';
import type { HmacKey } from './hmac.ts';
import { networkOf } from './network-of.ts';

export interface IpHasher {
  /**
   * The network of an address (/24 of IPv4, /48 of IPv6) under a key of the UTC day of `at`
   * (milliseconds): equal within a day, unrelated on the next. Base64url, 43 characters; null when `ip`
   * isn't an address.
   */
  hash(ip: string, at: number): Promise<string | null>;
}

export function createIpHasher(secret: Uint8Array): IpHasher {
  const root = hmacKey(secret);
  const keyOfDay = new Map<number, Promise<HmacKey>>();
  const hashes = new Map<string, Promise<string>>();

  const dailyKey = (day: number): Promise<HmacKey> => {
    const known = keyOfDay.get(day);
    if (known !== undefined) return known;
    if (keyOfDay.size >= keptDays) keyOfDay.clear();
    const date = new Date(day * dayMs).toISOString().slice(0, 10);
    const made = root.sign(`ip\n${date}`).then(hmacKey);
    keyOfDay.set(day, made);
    return made;
  };

  // Neighbours share a network, so most clicks of a day find their hash here.
  const hashOf = (day: number, network: string): Promise<string> => {
    const name = `${String(day)}\n${network}`;
    const known = hashes.get(name);
    if (known !== undefined) return known;
    if (hashes.size >= keptHashes) hashes.clear();
    const made = dailyKey(day).then(async (key) => toBase64Url(await key.sign(network)));
    hashes.set(name, made);
    return made;
  };

  return {
    hash(ip, at) {
      const network = networkOf(ip);
      return network === null ? unknown : hashOf(Math.floor(at / dayMs), network);
    },
  };
}

/** Around midnight two days are in use; an import of old logs walks through more. */
const keptDays = 16;
const keptHashes = 10_000;
const dayMs = 86_400_000;
const unknown = Promise.resolve(null);
