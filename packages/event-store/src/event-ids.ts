import { ulid } from 'ulid';
import { createNameUuids } from '#uuid-of-name';

/** Never to be changed: ids that are in logs were made with it. */
const uuidOfKey = createNameUuids('6f0c1c5e-0d3b-5b7e-9c53-0f7f5b1d9a42');

/**
 * The id of an event that a caller may repeat: a UUIDv5 (RFC 9562) of the fact's own key, such as
 * `eventIdOf('OrderRefunded', orderId, refundId)`. The parts are joined unambiguously.
 */
export function eventIdOf(...key: readonly string[]): string {
  return uuidOfKey(JSON.stringify(key));
}

/** Times from here on have no room in an id. */
const END_OF_TIMES = 2 ** 48;

/**
 * The same for a fact that many report and that tells its time (UTC milliseconds), which has to be the same whenever it is
 * reported: a UUIDv8 (RFC 9562) of the time and 74 bits of the key's UUIDv5. Facts of one time stand beside each other in
 * an index, which ids in no order make as expensive as it is long. A time that no clock shows is left out.
 */
export function eventIdAt(at: number, ...key: readonly string[]): string {
  const id = eventIdOf(...key, String(at));
  if (!Number.isSafeInteger(at) || at < 0 || at >= END_OF_TIMES) return id;
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-8${id.slice(15)}`;
}

export interface EventIdOptions {
  /** UTC milliseconds; default the clock. */
  readonly now?: () => number;
  /** From 0 up to 1; default cryptographic. */
  readonly random?: () => number;
}

/** Makes ids of new facts: the 128 bits of a ULID written as a UUID, growing with every call. */
export function createEventIds(options: EventIdOptions = {}): () => string {
  const { now = Date.now, random = pooledRandom() } = options;
  let latest = 0;
  let head = '';
  let tail = 0;

  const begin = (at: number) => {
    const id = uuidOf(ulid(at, random));
    latest = at;
    head = id.slice(0, -TAIL_DIGITS);
    tail = Number.parseInt(id.slice(-TAIL_DIGITS), 16);
  };

  return () => {
    const at = now();
    if (at > latest) begin(at);
    else if (tail < LAST_TAIL) tail += 1;
    // So many in one millisecond take the next one's.
    else begin(latest + 1);
    return head + tail.toString(16).padStart(TAIL_DIGITS, '0');
  };
}

/** Of the id's hexadecimal digits, those that are counted up within a millisecond: making a ULID takes longer. */
const TAIL_DIGITS = 6;
const LAST_TAIL = 16 ** TAIL_DIGITS - 1;

const crockfordDigits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const valueOfDigit = new Map(Array.from(crockfordDigits, (digit, value) => [digit, value]));

/** As `ulidToUUID` of ulid, which takes a fifth of the time of an append; this one hardly shows. */
function uuidOf(id: string): string {
  let hex = '';
  let rest = 0;
  // 26 digits of five bits are two bits more than 128.
  let restBits = -2;
  for (const digit of id) {
    rest = (rest << 5) | (valueOfDigit.get(digit) ?? 0);
    for (restBits += 5; restBits >= 4; restBits -= 4) {
      hex += ((rest >> (restBits - 4)) & 15).toString(16);
    }
    rest &= 15;
  }
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A call of the system's generator for every character of a ULID would cost more than all the rest. */
function pooledRandom(): () => number {
  const pool = new Uint8Array(1024);
  let used = pool.length;
  return () => {
    if (used === pool.length) {
      crypto.getRandomValues(pool);
      used = 0;
    }
    used += 1;
    return (pool[used - 1] ?? 0) / 256;
  };
}
