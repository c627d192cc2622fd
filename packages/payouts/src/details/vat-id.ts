import {
  austria,
  belgium,
  bulgaria,
  checkVAT,
  croatia,
  cyprus,
  czechRepublic,
  denmark,
  estonia,
  finland,
  france,
  germany,
  greece,
  hungary,
  ireland,
  italy,
  latvia,
  lithuania,
  luxembourg,
  malta,
  netherlands,
  poland,
  portugal,
  romania,
  slovakiaRepublic,
  slovenia,
  spain,
  sweden,
} from 'jsvat';
import type { Country } from 'jsvat';

/** Belgian numbers begin with 1 too since 2023; jsvat 2.5 only knows those with 0. */
const belgiumSince2023: Country = {
  ...belgium,
  calcFn: (digits) => 97 - (Number(digits.slice(0, 8)) % 97) === Number(digits.slice(8)),
  rules: { multipliers: {}, regex: [/^(BE)([01]\d{9})$/] },
};

const MEMBER_STATES: readonly Country[] = [
  austria,
  belgiumSince2023,
  bulgaria,
  croatia,
  cyprus,
  czechRepublic,
  denmark,
  estonia,
  finland,
  france,
  germany,
  greece,
  hungary,
  ireland,
  italy,
  latvia,
  lithuania,
  luxembourg,
  malta,
  netherlands,
  poland,
  portugal,
  romania,
  slovakiaRepublic,
  slovenia,
  spain,
  sweden,
];

/** ISO 3166-1 alpha-2 of the EU country that a VAT id names; null when it names none. Greece is `EL` there. */
export function countryOfVatId(vatId: string): string | null {
  const prefix = vatId.slice(0, 2);
  const country = MEMBER_STATES.find(({ codes }) => codes[0] === isoOf(prefix));
  return country?.codes[0] ?? null;
}

/**
 * What is wrong with the VAT id of an EU business, in upper case without spaces; null when nothing is. Of Dutch ones
 * both kinds are right: those of companies (mod 11) and those that sole traders have since 2020 (mod 97).
 */
export function vatIdMistake(vatId: string): string | null {
  const country = countryOfVatId(vatId);
  if (country === null) {
    return 'the VAT id of an EU business begins with its country, as in NL000099998B57 (EL for Greece)';
  }
  const { isValid, isValidFormat } = checkVAT(vatId, MEMBER_STATES);
  if (isValid) return null;
  if (isValidFormat) return 'the check digits of this VAT id are wrong: was it copied whole?';
  return country === 'NL'
    ? 'a Dutch VAT id (btw-id) is NL, nine digits, B and two digits, as in NL000099998B57'
    : `this has not the form of a VAT id of ${country}: was it copied whole?`;
}

function isoOf(prefix: string): string | null {
  if (prefix === 'EL') return 'GR';
  return prefix === 'GR' ? null : prefix;
}
