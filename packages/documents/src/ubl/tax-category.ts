import { percentage } from '../amounts.ts';
import type { DocumentContent, VatTreatment } from '../document.ts';
import { vatRemark } from '../remarks.ts';

/** What UBL of an invoice knows of a treatment. A private person's document has none. */
type InvoicedTreatment = Exclude<VatTreatment, 'no_vat'>;

/** UNCL5305, the subset of EN 16931. */
const CATEGORIES: Readonly<Record<InvoicedTreatment, string>> = {
  standard: 'S',
  small_business: 'E',
  reverse_charge: 'AE',
  outside_scope: 'O',
};

/** The VATEX code list has none for the small-business scheme; its text says it. */
const EXEMPTION_CODES: Readonly<Record<InvoicedTreatment, string | null>> = {
  standard: null,
  small_business: null,
  reverse_charge: 'VATEX-EU-AE',
  outside_scope: 'VATEX-EU-O',
};

interface Taxed {
  readonly treatment: VatTreatment;
  readonly rateBps: number;
}

/** `cac:ClassifiedTaxCategory` of a line. */
export function lineTaxCategory({ treatment, rateBps }: Taxed) {
  if (treatment === 'no_vat') return null;
  return {
    'cbc:ID': CATEGORIES[treatment],
    'cbc:Percent': percentOf(treatment, rateBps),
    'cac:TaxScheme': { 'cbc:ID': 'VAT' },
  };
}

/** `cac:TaxCategory` of a VAT group, which also says why there is no VAT. */
export function groupTaxCategory(content: DocumentContent, { treatment, rateBps }: Taxed) {
  if (treatment === 'no_vat') return null;
  return {
    'cbc:ID': CATEGORIES[treatment],
    'cbc:Percent': percentOf(treatment, rateBps),
    'cbc:TaxExemptionReasonCode': EXEMPTION_CODES[treatment],
    'cbc:TaxExemptionReason': vatRemark(content, treatment),
    'cac:TaxScheme': { 'cbc:ID': 'VAT' },
  };
}

/** BR-O-05: what is outside the scope has no rate, not even zero. */
function percentOf(treatment: VatTreatment, rateBps: number): string | null {
  return treatment === 'outside_scope' ? null : percentage(rateBps);
}
