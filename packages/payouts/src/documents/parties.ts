import type { DocumentParty } from '@provisie/documents';
import type { MerchantDetails, Sealed } from '@provisie/domain';
import type { Vault } from '@provisie/privacy';
import { z } from 'zod';
import { maskedIban } from '../details/masked-iban.ts';
import type { PayoutDetails } from '../details/payout-details.ts';
import { PayoutError } from '../errors.ts';

const text = z.string().nullable();
const partySchema = z.object({
  name: z.string(),
  street: text,
  postalCode: text,
  city: text,
  country: z.string(),
  vatId: text,
  registrationNumber: text,
  email: text,
});
const partiesSchema = z.object({
  supplier: partySchema,
  customer: partySchema,
  accountMasked: text,
  language: z.enum(['nl', 'en']),
});

/** Who stands on a document: the partner, who supplies, and the merchant, who pays and issues it. */
export interface Parties {
  readonly supplier: DocumentParty;
  readonly customer: DocumentParty;
  readonly accountMasked: string | null;
  readonly language: 'nl' | 'en';
}

export function partiesOf(merchant: MerchantDetails, details: PayoutDetails): Parties {
  const { legalName, iban: _iban, bic: _bic, ...customer } = merchant;
  const { street, postalCode, city, country, vatId, registrationNumber } = details;
  return {
    supplier: {
      street,
      postalCode,
      city,
      country,
      vatId,
      registrationNumber,
      name: details.accountHolder,
      email: null,
    },
    customer: { ...customer, name: legalName },
    accountMasked: maskedIban(details.iban),
    language: details.language,
  };
}

/**
 * Under a key of their own, not the partner's: invoices are kept for seven years (AWR art. 52), also when the partner's
 * own data are erased.
 */
export function sealParties(vault: Vault, partnerId: string, parties: Parties): Promise<Sealed> {
  const { accountMasked, language } = parties;
  const supplier = { ...parties.supplier };
  const customer = { ...parties.customer };
  return vault.seal(`documents:${partnerId}`, { supplier, customer, accountMasked, language });
}

export async function openParties(vault: Vault, sealed: Sealed): Promise<Parties> {
  const opened = await vault.open(sealed);
  if (opened === null) {
    throw new PayoutError(
      'details_erased',
      'The names on this document were erased, or another vault holds them.',
    );
  }
  return partiesSchema.parse(opened);
}
