import { unprintableCharacters } from '@provisie/documents/characters';
import { PayoutFileError } from '@provisie/payout-files/payout-file-error';
import { sepaText } from '@provisie/payout-files/sepa-text';
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
        .regex(/^\P{Cc}*$/u, 'text without control characters'),
    );
}

/** A line that will stand on invoices. */
export function lineForPaper(maxLength: number) {
  return lineOfText(maxLength).pipe(
    z
      .string()
      .refine(
        (line) => unprintableCharacters(line).length === 0,
        'it has characters that can’t be printed on an invoice; write it in Latin, Greek or Cyrillic letters',
      ),
  );
}

/**
 * A line that will stand in payment files, where accents go and other scripts are written in Latin letters, and on
 * invoices. What can stand in neither is refused here: later it would hold up a whole payment file.
 */
export function lineForBankAndPaper(maxLength: number) {
  return lineForPaper(maxLength).pipe(
    z.string().superRefine((line, context) => {
      const message = mistakeForBank(line, maxLength);
      if (message !== null) context.addIssue({ code: 'custom', message });
    }),
  );
}

function mistakeForBank(line: string, maxLength: number): string | null {
  try {
    sepaText(line, maxLength);
    return null;
  } catch (error) {
    if (!(error instanceof PayoutFileError)) throw error;
    return error.code === 'text_too_long'
      ? `in the letters that banks take it has more than ${String(maxLength)} characters; shorten it`
      : 'nothing of it is left in the letters that banks take; write it in Latin letters';
  }
}
