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
  const days = new Map<number, HashesOfDay>();

  const hashesOf = (day: number): HashesOfDay => {
    const known = days.get(day);
    if (known !== undefined) return known;
    if (days.size >= KEPT_DAYS) days.clear();
    const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
    const made = new HashesOfDay(root.sign(`ip\n${date}`).then(hmacKey));
    days.set(day, made);
    return made;
  };

  return {
    hash(ip, at) {
      const network = networkOf(ip);
      return network === null ? unknown : hashesOf(Math.floor(at / DAY_MS)).of(network);
    },
  };
}

/** Neighbours share a network, so most clicks of a day find their hash here. */
class HashesOfDay {
  readonly #key: Promise<HmacKey>;
  readonly #known = new Map<string, Promise<string>>();

  constructor(key: Promise<HmacKey>) {
    this.#key = key;
  }

  of(network: string): Promise<string> {
    const known = this.#known.get(network);
    if (known !== undefined) return known;
    if (this.#known.size >= KEPT_HASHES) this.#known.clear();
    const made = this.#key.then(async (key) => toBase64Url(await key.sign(network)));
    this.#known.set(network, made);
    return made;
  }
}

/** Around midnight two days are in use; an import of old logs walks through more. */
const KEPT_DAYS = 3;
/** Of a day. */
const KEPT_HASHES = 10_000;
const DAY_MS = 86_400_000;
const unknown = Promise.resolve(null);
