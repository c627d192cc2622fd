import { getCountrySpecifications, validateIBAN, ValidationErrorsIBAN } from 'ibantools';
import { z } from 'zod';
import { isInSepa } from './countries.ts';
import { withoutPunctuation } from './typed-text.ts';

/** As typed, with spaces or without; read in electronic format. */
export const ibanSchema = z
  .string()
  .max(64)
  .transform(withoutPunctuation)
  .superRefine((iban, context) => {
    const mistake = ibanMistake(iban);
    if (mistake !== null) context.addIssue({ code: 'custom', message: mistake });
  });

export function countryOfIban(iban: string): string {
  return iban.slice(0, 2);
}

/** What is wrong with an IBAN in electronic format, without repeating it; null when nothing is. */
function ibanMistake(iban: string): string | null {
  const country = countryOfIban(iban);
  const { errorCodes } = validateIBAN(iban, { allowQRIBAN: false });
  const mistake = MISTAKES.find(([code]) => errorCodes.includes(code));
  if (mistake !== undefined) return mistake[1](country, iban.length);
  if (errorCodes.length > 0) return 'this is no IBAN';
  return isInSepa(country)
    ? null
    : `payouts are SEPA credit transfers, and ${country} is not in SEPA; give an account in a SEPA country`;
}

type Told = (country: string, length: number) => string;

/** What is told first stands first: a wrong length also makes the check digits wrong. */
const MISTAKES: readonly (readonly [ValidationErrorsIBAN, Told])[] = [
  [ValidationErrorsIBAN.NoIBANProvided, () => 'an IBAN is needed, such as NL91 ABNA 0417 1643 00'],
  [
    ValidationErrorsIBAN.NoIBANCountry,
    () =>
      'an IBAN begins with the two letters of a country that has IBANs, such as NL91 ABNA 0417 1643 00',
  ],
  [
    ValidationErrorsIBAN.WrongBBANLength,
    (country, length) =>
      `an IBAN of ${country} has ${charactersOf(country)} characters; this has ${String(length)}`,
  ],
  [
    ValidationErrorsIBAN.ChecksumNotNumber,
    () => 'the third and the fourth character of an IBAN are its check digits; these are no digits',
  ],
  [
    ValidationErrorsIBAN.WrongBBANFormat,
    (country) => `letters and digits are not where an IBAN of ${country} has them`,
  ],
  [
    ValidationErrorsIBAN.WrongIBANChecksum,
    () => 'the check digits of this IBAN are wrong: was it copied whole?',
  ],
  [
    ValidationErrorsIBAN.WrongAccountBankBranchChecksum,
    (country) =>
      `the check digit that ${country} puts into its account numbers is wrong: was it copied whole?`,
  ],
  [
    ValidationErrorsIBAN.QRIBANNotAllowed,
    () =>
      'a QR-IBAN takes payments with a QR reference only; give the ordinary IBAN of the account',
  ],
];

function charactersOf(country: string): string {
  return String(getCountrySpecifications()[country]?.chars ?? 'another number of');
}
