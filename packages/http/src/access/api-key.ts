import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const PREFIX = 'pv_live_';
/** 32 characters of base 62 are 190 random bits. */
const RANDOM_CHARACTERS = 32;
const CHECKSUM_CHARACTERS = 6;
const HINT_CHARACTERS = PREFIX.length + 4;

const SHAPE = new RegExp(
  `^${PREFIX}[0-9A-Za-z]{${String(RANDOM_CHARACTERS + CHECKSUM_CHARACTERS)}}$`,
);

/** A new secret: `pv_live_`, 32 random characters, and 6 that are a checksum of all before them. */
export function createApiKey(): string {
  const random = Array.from({ length: RANDOM_CHARACTERS }, () => BASE62[randomInt(62)]).join('');
  return PREFIX + random + checksumOf(PREFIX + random);
}

/** Whether it can be a key of ours at all; a mistyped one can't, and needs no look-up. */
export function isApiKey(secret: string): boolean {
  if (!SHAPE.test(secret)) return false;
  return checksumOf(secret.slice(0, -CHECKSUM_CHARACTERS)) === secret.slice(-CHECKSUM_CHARACTERS);
}

/** SHA-256, hex: all that is kept. The secret is random, so it needs no salt and no slow hash. */
export function hashApiKey(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** The first characters, so that a person recognises the key in a list. */
export function hintOf(secret: string): string {
  return `${secret.slice(0, HINT_CHARACTERS)}…`;
}

function checksumOf(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let place = 0; place < CHECKSUM_CHARACTERS; place += 1) {
    digits = BASE62.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}
