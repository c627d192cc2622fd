import { taxProfileSchema } from '@provisie/domain';
import { z } from 'zod';
import { bicOfAccountMistake, bicSchema } from './bic.ts';
import { isCountry } from './countries.ts';
import { ibanSchema } from './iban.ts';
import type { PayoutDetails } from './payout-details.ts';
import { taxMistakes } from './tax-rules.ts';
import { lineForBankAndPaper, lineForPaper, lineOfText, withoutPunctuation } from './typed-text.ts';

/** The SEPA rulebook's limit for the name of a party. */
const MAX_NAME = 70;

/** Of the payment files’ schemas. */
const MAX_POSTAL_CODE = 16;
const NO_POSTAL_CODE = 'it has no letter or digit; where there are no postal codes, write 00000';

/** Payout details as a person gives them. Every mistake has the path of its field, and never repeats what was given. */
export const payoutDetailsSchema = z
  .strictObject({
    accountHolder: lineForBankAndPaper(MAX_NAME),
    iban: ibanSchema,
    bic: bicSchema.nullable().default(null),
    taxProfile: taxProfileSchema,
    vatId: z.string().max(32).transform(withoutPunctuation).nullable().default(null),
    registrationNumber: lineForPaper(20).nullable().default(null),
    street: lineForBankAndPaper(70),
    postalCode: lineOfText(MAX_POSTAL_CODE)
      .pipe(z.string().regex(/[\p{L}\p{N}]/u, NO_POSTAL_CODE))
      .pipe(lineForBankAndPaper(MAX_POSTAL_CODE)),
    city: lineForBankAndPaper(35),
    country: z
      .string()
      .max(8)
      .transform((typed) => typed.trim().toUpperCase())
      .refine(isCountry, 'not a country of ISO 3166-1, such as NL'),
    language: z.enum(['nl', 'en']).default('nl'),
  })
  .superRefine((details, context) => {
    for (const { path, message } of mistakesAcross(details)) {
      context.addIssue({ code: 'custom', path: [path], message });
    }
  });

function* mistakesAcross(details: PayoutDetails) {
  const message = bicOfAccountMistake(details.iban, details.bic);
  if (message !== null) yield { path: 'bic', message };
  yield* taxMistakes(details);
}
