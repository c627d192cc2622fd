import { monotonicFactory, ulidToUUID } from 'ulid';
import { v5 } from 'uuid';

/** Never to be changed: ids that are in logs were made with it. */
const provisieNamespace = '6f0c1c5e-0d3b-5b7e-9c53-0f7f5b1d9a42';

/**
 * The id of an event that a caller may repeat: a UUIDv5 (RFC 9562) of the fact's own key, such as
 * `eventIdOf('OrderRefunded', orderId, refundId)`. The parts are joined unambiguously.
 */
export function eventIdOf(...key: readonly string[]): string {
  return v5(JSON.stringify(key), provisieNamespace);
}

export interface EventIdOptions {
  /** UTC milliseconds; default the clock. */
  readonly now?: () => number;
  /** From 0 up to 1; default cryptographic. */
  readonly random?: () => number;
}

/** Makes ids of new facts: the 128 bits of a ULID written as a UUID, growing with every call. */
export function createEventIds(options: EventIdOptions = {}): () => string {
  const next = monotonicFactory(options.random);
  const now = options.now ?? Date.now;
  return () => ulidToUUID(next(now())).toLowerCase();
}
