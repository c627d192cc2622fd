import type { BasisPoints, Cents, DocumentKind, VatTreatment } from '@provisie/domain';

export type { DocumentKind, VatTreatment };
export type DocumentLanguage = 'nl' | 'en';

export interface DocumentParty {
  readonly name: string;
  readonly street: string | null;
  readonly postalCode: string | null;
  readonly city: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly vatId: string | null;
  /** Chamber of commerce (KvK) or the like. */
  readonly registrationNumber: string | null;
  readonly email: string | null;
}

/** A sum of commissions of one programme under one VAT treatment. All amounts as positive numbers, on a credit note too. */
export interface DocumentLine {
  readonly programmeId: string;
  readonly programmeName: string;
  readonly orders: number;
  readonly netCents: Cents;
  readonly treatment: VatTreatment;
  readonly rateBps: BasisPoints;
}

export interface DocumentVat {
  readonly treatment: VatTreatment;
  readonly rateBps: BasisPoints;
  readonly netCents: Cents;
  /** Of the sum, rounded half up; not the sum of rounded lines. */
  readonly vatCents: Cents;
}

/** An order in the specification behind the totals. */
export interface DocumentOrder {
  readonly orderId: string;
  readonly programmeId: string;
  readonly netCents: Cents;
}

/** All that stands on a document. The supplier is the partner, the customer the merchant, who issues it. */
export interface DocumentContent {
  readonly kind: DocumentKind;
  readonly number: string;
  /** `YYYY-MM-DD`. */
  readonly issueDate: string;
  /** The commissions in it became payable by this day. */
  readonly periodEnd: string;
  readonly language: DocumentLanguage;
  readonly currency: string;
  readonly supplier: DocumentParty;
  readonly customer: DocumentParty;
  readonly payoutId: string;
  /** Masked, such as `NL•• •••• •••• ••43 00`; null when it was erased. */
  readonly accountMasked: string | null;
  /** The invoices that a credit note corrects; empty otherwise. */
  readonly corrects: readonly { readonly number: string; readonly issueDate: string }[];
  readonly lines: readonly DocumentLine[];
  readonly vat: readonly DocumentVat[];
  readonly netCents: Cents;
  readonly vatCents: Cents;
  readonly totalCents: Cents;
  readonly orders: readonly DocumentOrder[];
}
