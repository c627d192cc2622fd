import { create } from 'xmlbuilder2';
import { decimalAmount } from '../amounts.ts';
import { checkContent } from '../check-content.ts';
import { DocumentError } from '../document-error.ts';
import type { DocumentContent, DocumentLine } from '../document.ts';
import { plainText } from '../plain-text.ts';
import { isStatement, legalRemarks } from '../remarks.ts';
import { WORDS } from '../words.ts';
import { ublParty } from './party.ts';
import { groupTaxCategory, lineTaxCategory } from './tax-category.ts';

/** Peppol BIS Self-Billing 3.0. */
const CUSTOMIZATION =
  'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:selfbilling:3.0';
const PROFILE = 'urn:fdc:peppol.eu:2017:poacc:selfbilling:01:1.0';
const NAMESPACE = 'urn:oasis:names:specification:ubl:schema:xsd';

/** UNCL4461. */
const SEPA_CREDIT_TRANSFER = '58';
const NOT_DEFINED = '1';

/** What the two kinds of document call the same things; UNCL1001 type codes. */
const KINDS = {
  self_billing_invoice: {
    root: 'Invoice',
    typeCode: { 'cbc:InvoiceTypeCode': '389' },
    line: 'cac:InvoiceLine',
    quantity: 'cbc:InvoicedQuantity',
  },
  credit_note: {
    root: 'CreditNote',
    typeCode: { 'cbc:CreditNoteTypeCode': '261' },
    line: 'cac:CreditNoteLine',
    quantity: 'cbc:CreditedQuantity',
  },
} as const;

/**
 * The invoice or credit note as UBL 2.1 (EN 16931, Peppol BIS Self-Billing 3.0), the supplier being the partner.
 * Throws a `DocumentError`: `not_an_invoice` for a private person's document, `missing` when a party lacks an
 * identifier that the format demands, `sums_differ` when the content disagrees with itself.
 */
export function documentUbl(content: DocumentContent): string {
  checkContent(content);
  if (content.kind === 'payout_statement' || isStatement(content)) {
    const message = 'a private person gets no invoice, so there is no UBL of it';
    throw new DocumentError('not_an_invoice', content, 'kind', message);
  }
  const kind = KINDS[content.kind];
  const document = {
    [kind.root]: {
      '@xmlns': `${NAMESPACE}:${kind.root}-2`,
      '@xmlns:cac': `${NAMESPACE}:CommonAggregateComponents-2`,
      '@xmlns:cbc': `${NAMESPACE}:CommonBasicComponents-2`,
      ...header(content, kind.typeCode),
      'cac:AccountingSupplierParty': { 'cac:Party': ublParty(content, 'supplier') },
      'cac:AccountingCustomerParty': { 'cac:Party': ublParty(content, 'customer') },
      ...payment(content),
      'cac:TaxTotal': taxTotal(content),
      'cac:LegalMonetaryTotal': monetaryTotal(content),
      [kind.line]: content.lines.map((line, index) => ublLine(content, line, index, kind.quantity)),
    },
  };
  return create({ version: '1.0', encoding: 'UTF-8' }, document).end({ prettyPrint: true });
}

function header(content: DocumentContent, typeCode: Readonly<Record<string, string>>) {
  return {
    'cbc:CustomizationID': CUSTOMIZATION,
    'cbc:ProfileID': PROFILE,
    'cbc:ID': content.number,
    'cbc:IssueDate': content.issueDate,
    ...typeCode,
    'cbc:Note': plainText(legalRemarks(content).join(' ')),
    'cbc:DocumentCurrencyCode': content.currency,
    'cbc:BuyerReference': content.payoutId,
    'cac:InvoicePeriod': { 'cbc:EndDate': content.periodEnd },
    'cac:BillingReference': content.corrects.map((invoice) => ({
      'cac:InvoiceDocumentReference': {
        'cbc:ID': invoice.number,
        'cbc:IssueDate': invoice.issueDate,
      },
    })),
  };
}

/** An invoice is paid by the customer; a credit note is set off, so no means of payment. */
function payment(content: DocumentContent) {
  const words = WORDS[content.language];
  if (content.kind === 'credit_note')
    return { 'cac:PaymentTerms': { 'cbc:Note': words.settlement } };
  const account = content.accountMasked;
  const code = account !== null && content.currency === 'EUR' ? SEPA_CREDIT_TRANSFER : NOT_DEFINED;
  return {
    'cac:PaymentMeans': {
      'cbc:PaymentMeansCode': code,
      'cbc:PaymentID': content.payoutId,
      'cac:PayeeFinancialAccount': account === null ? null : { 'cbc:ID': account },
    },
    'cac:PaymentTerms': { 'cbc:Note': words.reference(content.payoutId) },
  };
}

function taxTotal(content: DocumentContent) {
  return {
    'cbc:TaxAmount': money(content, content.vatCents),
    'cac:TaxSubtotal': content.vat.map((vat) => ({
      'cbc:TaxableAmount': money(content, vat.netCents),
      'cbc:TaxAmount': money(content, vat.vatCents),
      'cac:TaxCategory': groupTaxCategory(content, vat),
    })),
  };
}

function monetaryTotal(content: DocumentContent) {
  return {
    'cbc:LineExtensionAmount': money(content, content.netCents),
    'cbc:TaxExclusiveAmount': money(content, content.netCents),
    'cbc:TaxInclusiveAmount': money(content, content.totalCents),
    'cbc:PayableAmount': money(content, content.totalCents),
  };
}

function ublLine(content: DocumentContent, line: DocumentLine, index: number, quantity: string) {
  const words = WORDS[content.language];
  const count = words.orderCount(line.orders, `${line.orders}`);
  return {
    'cbc:ID': `${index + 1}`,
    [quantity]: { '@unitCode': 'C62', '#': '1' },
    'cbc:LineExtensionAmount': money(content, line.netCents),
    'cac:Item': {
      'cbc:Description': count,
      'cbc:Name': plainText(words.commission(line.programmeName)),
      'cac:SellersItemIdentification': { 'cbc:ID': line.programmeId },
      'cac:ClassifiedTaxCategory': lineTaxCategory(line),
    },
    'cac:Price': { 'cbc:PriceAmount': money(content, line.netCents) },
  };
}

function money(content: DocumentContent, cents: number) {
  return { '@currencyID': content.currency, '#': decimalAmount(cents) };
}
