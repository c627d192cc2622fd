import { createHash } from 'node:crypto';

const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz';
const CHARACTERS = 8;

/** A short code made of a seed (46 bits of it), without the characters that people mix up (0 O, 1 I l). */
export function linkCodeOf(seed: string): string {
  let rest = createHash('sha256').update(seed).digest().readBigUInt64BE();
  let code = '';
  while (code.length < CHARACTERS) {
    code += ALPHABET.charAt(Number(rest % BigInt(ALPHABET.length)));
    rest /= BigInt(ALPHABET.length);
  }
  return code;
}
