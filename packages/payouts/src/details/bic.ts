import { validateBIC, ValidationErrorsBIC } from 'ibantools';
import { z } from 'zod';
import { canBelongTo, isCountry, isInSepa, needsBic } from './countries.ts';
import { countryOfIban } from './iban.ts';
import { withoutPunctuation } from './typed-text.ts';

export const bicSchema = z
  .string()
  .max(32)
  .transform(withoutPunctuation)
  .superRefine((bic, context) => {
    const mistake = bicMistake(bic);
    if (mistake !== null) context.addIssue({ code: 'custom', message: mistake });
  });

/** What is wrong with the BIC for this account; null when nothing is, or when one of them is wrong by itself. */
export function bicOfAccountMistake(iban: string, bic: string | null): string | null {
  const country = countryOfIban(iban);
  if (!isInSepa(country)) return null;
  if (bic === null) {
    return needsBic(country)
      ? `an account in ${country}, outside the EEA, is found with its BIC only: give it`
      : null;
  }
  const bicCountry = bic.slice(4, 6);
  return !isCountry(bicCountry) || canBelongTo(country, bicCountry)
    ? null
    : `the bank of this BIC is in ${bicCountry}, the account in ${country}: one of them is wrong`;
}

function bicMistake(bic: string): string | null {
  const { valid, errorCodes } = validateBIC(bic);
  if (valid) return null;
  return errorCodes.includes(ValidationErrorsBIC.NoBICCountry)
    ? 'the fifth and sixth character of a BIC are those of a country, as in ABNANL2A'
    : 'a BIC has 8 or 11 characters: four letters of the bank, two of the country, then letters or digits, as in ABNANL2A';
}
