import type { MerchantDetails } from '@provisie/domain';
import { z } from 'zod';
import { bicOfAccountMistake, bicSchema } from '../details/bic.ts';
import { ibanSchema } from '../details/iban.ts';
import { lineForBankAndPaper, lineOfText, withoutPunctuation } from '../details/typed-text.ts';
import { vatIdMistake } from '../details/vat-id.ts';

/** The details of the merchant as a person gives them; a Dutch business that charges VAT. */
export const merchantSchema = z
  .strictObject({
    legalName: lineForBankAndPaper(70),
    street: lineForBankAndPaper(70),
    postalCode: lineOfText(16).pipe(
      z.string().regex(/^\d{4} ?[A-Z]{2}$/i, 'a Dutch postal code looks like 1012 AB'),
    ),
    city: lineForBankAndPaper(35),
    country: z.literal('NL', 'NL: the VAT rules here are those of a Dutch merchant').default('NL'),
    vatId: z
      .string()
      .max(32)
      .transform(withoutPunctuation)
      .superRefine((vatId, context) => {
        const message = vatId.startsWith('NL')
          ? vatIdMistake(vatId)
          : 'the VAT id of a Dutch merchant begins with NL, as in NL000099998B57';
        if (message !== null) context.addIssue({ code: 'custom', message });
      }),
    registrationNumber: z
      .string()
      .regex(/^\d{8}$/, 'a KvK number has eight digits')
      .nullable()
      .default(null),
    email: z.email().max(254).nullable().default(null),
    iban: ibanSchema,
    bic: bicSchema.nullable().default(null),
  })
  .superRefine(({ iban, bic }, context) => {
    const message = bicOfAccountMistake(iban, bic);
    if (message !== null) context.addIssue({ code: 'custom', path: ['bic'], message });
  }) satisfies z.ZodType<MerchantDetails>;
