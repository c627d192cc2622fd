import anyAscii from 'any-ascii';
import { PayoutFileError } from './payout-file-error.ts';
import type { OrderField } from './payout-file-error.ts';

export interface SepaText {
  readonly text: string;
  readonly changed: boolean;
}

const notSepa = /[^A-Za-z0-9/\-?:().,'+ ]/g;
const sepaIdentifier = /^(?!.*\/\/)(?!\/)[A-Za-z0-9/\-?:().,'+ ]+(?<!\/)$/;

/** What EPC217-08 recommends for ASCII outside of the set, in its spirit where it says a full stop. */
const replacements: ReadonlyMap<string, string> = new Map([
  ['&', '+'],
  [';', ','],
  ['_', '-'],
  ['~', '-'],
  ['[', '('],
  ['{', '('],
  ['<', '('],
  [']', ')'],
  ['}', ')'],
  ['>', ')'],
  ['\\', '/'],
  ['|', '/'],
  ['"', "'"],
  ['`', "'"],
  ['!', '.'],
  ['#', '.'],
  ['$', '.'],
  ['%', '.'],
  ['*', '.'],
  ['=', '.'],
  ['@', '.'],
  ['^', '.'],
]);

/**
 * The text in the characters that every SEPA bank takes (EPC217-08: Latin letters without accents, digits
 * and `/ - ? : ( ) . , ' +`), other scripts transliterated, runs of white space as one space, emoji left out.
 * `changed` says that it isn't what came in. Throws `PayoutFileError` `text_empty` when no letter or digit
 * is left, and `text_too_long` for more than `maxLength` characters; nothing is cut off silently.
 */
export function sepaText(text: string, maxLength: number): SepaText {
  return sepaTextAt(text, maxLength, null);
}

/** The same, with errors that name where the text stands. */
export function sepaTextAt(text: string, maxLength: number, place: OrderField | null): SepaText {
  const latin = toSepaLatin(text);
  if (!/[A-Za-z0-9]/.test(latin)) {
    throw new PayoutFileError(
      'text_empty',
      place,
      `${JSON.stringify(text)} leaves no letter or digit that a SEPA bank takes; write it in Latin letters.`,
    );
  }
  if (latin.length > maxLength) {
    throw new PayoutFileError(
      'text_too_long',
      place,
      `"${latin}" has ${latin.length} characters; at most ${maxLength} fit. Shorten it.`,
    );
  }
  return { text: latin, changed: latin !== text };
}

/** Throws `PayoutFileError` `identifier_invalid`. An identifier is never changed: the bank sends it back. */
export function checkSepaIdentifier(identifier: string, place: OrderField): void {
  if (identifier.length <= 35 && sepaIdentifier.test(identifier)) return;
  throw new PayoutFileError(
    'identifier_invalid',
    place,
    `${JSON.stringify(identifier)} must be 1 to 35 of A-Z a-z 0-9 / - ? : ( ) . , ' + and space, without "/" at an end and without "//".`,
  );
}

function toSepaLatin(text: string): string {
  const ascii = anyAscii(text.normalize('NFC').replace(/\p{Emoji_Presentation}/gu, ' '));
  const latin = ascii.replace(notSepa, (character) => replacements.get(character) ?? ' ');
  return latin.replace(/ {2,}/g, ' ').trim();
}
