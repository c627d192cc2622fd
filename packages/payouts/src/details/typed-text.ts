import { z } from 'zod';

/** How people write IBANs, BICs and VAT ids: with spaces, dots and dashes, in small letters. */
export function withoutPunctuation(typed: string): string {
  return typed
    .normalize('NFKC')
    .replaceAll(/[\s.\-‐-―]/gu, '')
    .toUpperCase();
}

/** A line of text: white space is made single, control characters are refused. */
export function lineOfText(maxLength: number) {
  return z
    .string()
    .max(4 * maxLength)
    .transform((typed) => typed.normalize('NFC').replaceAll(/\s+/gu, ' ').trim())
    .pipe(
      z
        .string()
        .min(1, 'it is empty')
        .max(maxLength, `at most ${String(maxLength)} characters`)
        .regex(/^\P{Cc}*$/u, 'control characters stand in it'),
    );
}
