import type { Instant } from '@provisie/domain';
import { clientNetwork } from '@provisie/http/client-network';

const MINUTE_MS = 60_000;
/** Past so many addresses in a minute the count starts anew: the memory stays bounded, the limit gives way. */
const MAX_ADDRESSES = 100_000;

/** Counts the requests of an address in the running minute; those of one host in IPv6 together. */
export interface AddressLimit {
  /** True when the address has had its share of this minute. */
  isReached(address: string, at: Instant): boolean;
}

export function createAddressLimit(requestsPerMinute: number): AddressLimit {
  let minute = 0;
  const requests = new Map<string, number>();
  return {
    isReached(address, at) {
      const network = clientNetwork(address);
      const current = Math.floor(at / MINUTE_MS);
      if (current !== minute || requests.size >= MAX_ADDRESSES) {
        minute = current;
        requests.clear();
      }
      const count = (requests.get(network) ?? 0) + 1;
      requests.set(network, count);
      return count > requestsPerMinute;
    },
  };
}
