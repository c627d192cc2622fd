import type { TaxProfile } from '@provisie/domain';

/** Where a partner's money goes and who they are on invoices; kept sealed in `PayoutDetailsChanged`. */
export interface PayoutDetails {
  /** The legal name of the account holder: banks compare it (Verification of Payee). */
  readonly accountHolder: string;
  /** Electronic format: upper case, no spaces. */
  readonly iban: string;
  readonly bic: string | null;
  readonly taxProfile: TaxProfile;
  /** With its country prefix. Needed of a Dutch business that charges VAT and of one elsewhere in the EU. */
  readonly vatId: string | null;
  /** Of the chamber of commerce (KvK) or the like. */
  readonly registrationNumber: string | null;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Of invoices and statements. */
  readonly language: 'nl' | 'en';
}
