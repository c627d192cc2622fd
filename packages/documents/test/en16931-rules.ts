import type { Rule } from './xml.ts';

const LINES = '(cac:InvoiceLine | cac:CreditNoteLine)';
const EACH_LINE = '/*/cac:InvoiceLine | /*/cac:CreditNoteLine';
const SELLER = 'cac:AccountingSupplierParty/cac:Party';
const BUYER = 'cac:AccountingCustomerParty/cac:Party';
const TOTALS = 'cac:LegalMonetaryTotal';
const SUBTOTALS = '/*/cac:TaxTotal/cac:TaxSubtotal';
const VAT_ID = "cac:PartyTaxScheme[cac:TaxScheme/cbc:ID = 'VAT']/cbc:CompanyID";
const AMOUNTS =
  '//cbc:LineExtensionAmount | //cbc:TaxExclusiveAmount | //cbc:TaxInclusiveAmount | //cbc:PayableAmount | //cbc:TaxAmount | //cbc:TaxableAmount';

/** Cents as a whole number, since XPath 1.0 only knows floats. */
function cents(path: string): string {
  return `round(100 * ${path})`;
}

function of(context: string, rules: Readonly<Record<string, string>>): readonly Rule[] {
  return Object.entries(rules).map(([id, test]) => ({ id, context, test }));
}

const presence: readonly Rule[] = [
  ...of('/*', {
    'BR-01': 'normalize-space(cbc:CustomizationID)',
    'BR-02': 'normalize-space(cbc:ID)',
    'BR-03': 'normalize-space(cbc:IssueDate)',
    'BR-04': 'normalize-space(cbc:InvoiceTypeCode | cbc:CreditNoteTypeCode)',
    'BR-05': 'normalize-space(cbc:DocumentCurrencyCode)',
    'BR-06': `normalize-space(${SELLER}/cac:PartyLegalEntity/cbc:RegistrationName)`,
    'BR-07': `normalize-space(${BUYER}/cac:PartyLegalEntity/cbc:RegistrationName)`,
    'BR-08': `${SELLER}/cac:PostalAddress`,
    'BR-09': `normalize-space(${SELLER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode)`,
    'BR-10': `${BUYER}/cac:PostalAddress`,
    'BR-11': `normalize-space(${BUYER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode)`,
    'BR-12': `${TOTALS}/cbc:LineExtensionAmount`,
    'BR-13': `${TOTALS}/cbc:TaxExclusiveAmount`,
    'BR-14': `${TOTALS}/cbc:TaxInclusiveAmount`,
    'BR-15': `${TOTALS}/cbc:PayableAmount`,
    'BR-16': LINES,
  }),
  ...of(EACH_LINE, {
    'BR-21': 'normalize-space(cbc:ID)',
    'BR-22': 'cbc:InvoicedQuantity | cbc:CreditedQuantity',
    'BR-23': '(cbc:InvoicedQuantity | cbc:CreditedQuantity)/@unitCode',
    'BR-24': 'cbc:LineExtensionAmount',
    'BR-25': 'normalize-space(cac:Item/cbc:Name)',
    'BR-26': 'cac:Price/cbc:PriceAmount',
    'BR-27': 'number(cac:Price/cbc:PriceAmount) >= 0',
    'BR-CO-04': "cac:Item/cac:ClassifiedTaxCategory[cac:TaxScheme/cbc:ID = 'VAT']/cbc:ID",
  }),
  ...of(SUBTOTALS, {
    'BR-45': 'cbc:TaxableAmount',
    'BR-46': 'cbc:TaxAmount',
    'BR-47': 'cac:TaxCategory/cbc:ID',
    'BR-48': "cac:TaxCategory/cbc:Percent or cac:TaxCategory/cbc:ID = 'O'",
  }),
  ...of('/*/cac:PaymentMeans', {
    'BR-49': 'normalize-space(cbc:PaymentMeansCode)',
    'BR-61':
      'not(cbc:PaymentMeansCode = 30 or cbc:PaymentMeansCode = 58) or normalize-space(cac:PayeeFinancialAccount/cbc:ID)',
  }),
  ...of('/*/cac:BillingReference', {
    'BR-55': 'normalize-space(cac:InvoiceDocumentReference/cbc:ID)',
  }),
  ...of('//cbc:EndpointID', { 'BR-62': 'normalize-space(@schemeID)' }),
];

const sums: readonly Rule[] = [
  ...of('/*', {
    'BR-CO-03': 'not(cbc:TaxPointDate and cac:InvoicePeriod/cbc:DescriptionCode)',
    'BR-CO-10': `${cents(`sum(${LINES}/cbc:LineExtensionAmount)`)} = ${cents(`${TOTALS}/cbc:LineExtensionAmount`)}`,
    'BR-CO-11': `not(cac:AllowanceCharge) and not(${TOTALS}/cbc:AllowanceTotalAmount)`,
    'BR-CO-12': `not(cac:AllowanceCharge) and not(${TOTALS}/cbc:ChargeTotalAmount)`,
    'BR-CO-13': `number(${TOTALS}/cbc:TaxExclusiveAmount) = number(${TOTALS}/cbc:LineExtensionAmount)`,
    'BR-CO-14': `${cents('sum(cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount)')} = ${cents('cac:TaxTotal/cbc:TaxAmount')}`,
    'BR-CO-15': `${cents(`${TOTALS}/cbc:TaxInclusiveAmount`)} = ${cents(`(${TOTALS}/cbc:TaxExclusiveAmount + cac:TaxTotal/cbc:TaxAmount)`)}`,
    'BR-CO-16': `number(${TOTALS}/cbc:PayableAmount) = number(${TOTALS}/cbc:TaxInclusiveAmount)`,
    'BR-CO-18': 'cac:TaxTotal/cac:TaxSubtotal',
    'BR-CO-19': 'cac:InvoicePeriod/cbc:StartDate | cac:InvoicePeriod/cbc:EndDate',
    'BR-CO-25': `not(${TOTALS}/cbc:PayableAmount > 0) or normalize-space(cbc:DueDate | cac:PaymentTerms/cbc:Note)`,
    'BR-CO-26': `normalize-space(${SELLER}/cac:PartyIdentification/cbc:ID | ${SELLER}/cac:PartyLegalEntity/cbc:CompanyID | ${SELLER}/${VAT_ID})`,
  }),
  ...of(`//${VAT_ID}`, {
    'BR-CO-09':
      "string-length(translate(substring(., 1, 2), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', '')) = 0",
  }),
  ...of(SUBTOTALS, {
    // Half a cent up; the tiny addend makes up for a float just below the half.
    'BR-CO-17': `${cents('cbc:TaxAmount')} = floor(cbc:TaxableAmount * sum(cac:TaxCategory/cbc:Percent) + 0.5000001)`,
  }),
  ...of(AMOUNTS, {
    'BR-DEC': "string-length(substring-after(., '.')) <= 2",
    'PEPPOL-EN16931-R051': '@currencyID = /*/cbc:DocumentCurrencyCode',
  }),
];

/** What holds for every category: its lines and its subtotals belong together. */
function categoryRules(category: string): readonly Rule[] {
  const lines = linesWhere(`cbc:ID = '${category}'`);
  const subtotal = `${SUBTOTALS}[cac:TaxCategory/cbc:ID = '${category}']`;
  const exemption =
    'cac:TaxCategory/cbc:TaxExemptionReason | cac:TaxCategory/cbc:TaxExemptionReasonCode';
  const isTaxed = category === 'S';
  const summed = isTaxed ? linesWhere(`cbc:ID = 'S' and cbc:Percent = $rate`) : lines;
  return [
    ...of(lines, { [`BR-${category}-01`]: subtotal }),
    ...of(subtotal, {
      [`BR-${category}-08`]: `${cents('cbc:TaxableAmount')} = ${cents(`sum(${summed}/cbc:LineExtensionAmount)`)}`,
      [`BR-${category}-09`]: isTaxed ? 'cbc:TaxAmount' : 'number(cbc:TaxAmount) = 0',
      [`BR-${category}-10`]: isTaxed ? `not(${exemption})` : exemption,
    }),
  ];
}

function linesWhere(category: string): string {
  return `(${EACH_LINE})[cac:Item/cac:ClassifiedTaxCategory[${category}]]`;
}

const categories: readonly Rule[] = [
  ...['S', 'E', 'AE', 'O'].flatMap(categoryRules),
  ...of("/*[.//cac:ClassifiedTaxCategory/cbc:ID = 'S']", {
    'BR-S-02': `normalize-space(${SELLER}/${VAT_ID})`,
  }),
  ...of("/*[.//cac:ClassifiedTaxCategory/cbc:ID = 'E']", {
    'BR-E-02': `normalize-space(${SELLER}/${VAT_ID})`,
  }),
  ...of("/*[.//cac:ClassifiedTaxCategory/cbc:ID = 'AE']", {
    'BR-AE-02': `normalize-space(${SELLER}/${VAT_ID}) and normalize-space(${BUYER}/${VAT_ID} | ${BUYER}/cac:PartyLegalEntity/cbc:CompanyID)`,
  }),
  ...of("/*[.//cac:ClassifiedTaxCategory/cbc:ID = 'O']", {
    'BR-O-02': `not(.//${VAT_ID})`,
    'BR-O-11': "not(.//cac:TaxSubtotal/cac:TaxCategory[cbc:ID != 'O'])",
    'BR-O-12': "not(.//cac:ClassifiedTaxCategory[cbc:ID != 'O'])",
  }),
  ...of('//cac:ClassifiedTaxCategory', {
    'BR-S-05': "cbc:ID != 'S' or number(cbc:Percent) > 0",
    'BR-E-05': "cbc:ID != 'E' or number(cbc:Percent) = 0",
    'BR-AE-05': "cbc:ID != 'AE' or number(cbc:Percent) = 0",
    'BR-O-05': "cbc:ID != 'O' or not(cbc:Percent)",
  }),
];

const SPECIFICATION =
  'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:selfbilling:3.0';

const peppol: readonly Rule[] = [
  ...of('/*', {
    'PEPPOL-EN16931-R001': 'normalize-space(cbc:ProfileID)',
    'PEPPOL-EN16931-R002': 'count(cbc:Note) <= 1',
    'PEPPOL-EN16931-R003': 'normalize-space(cbc:BuyerReference | cac:OrderReference/cbc:ID)',
    'PEPPOL-EN16931-R004': `cbc:CustomizationID = '${SPECIFICATION}'`,
    'PEPPOL-EN16931-R007': "cbc:ProfileID = 'urn:fdc:peppol.eu:2017:poacc:selfbilling:01:1.0'",
    'PEPPOL-EN16931-R010': `normalize-space(${BUYER}/cbc:EndpointID)`,
    'PEPPOL-EN16931-R020': `normalize-space(${SELLER}/cbc:EndpointID)`,
    'PEPPOL-EN16931-R053': 'count(cac:TaxTotal[cac:TaxSubtotal]) = 1',
    'PEPPOL-EN16931-P0100': "not(cbc:InvoiceTypeCode) or cbc:InvoiceTypeCode = '389'",
    'PEPPOL-EN16931-P0101': "not(cbc:CreditNoteTypeCode) or cbc:CreditNoteTypeCode = '261'",
  }),
  ...of('//*', { 'PEPPOL-EN16931-R008': '* or normalize-space(.)' }),
  ...of(EACH_LINE, {
    'PEPPOL-EN16931-R120': `${cents('cbc:LineExtensionAmount')} = ${cents('((cbc:InvoicedQuantity | cbc:CreditedQuantity) * cac:Price/cbc:PriceAmount)')}`,
  }),
  ...of('//cac:TaxCategory[cbc:TaxExemptionReasonCode]', {
    'PEPPOL-EN16931-P0107': "cbc:TaxExemptionReasonCode != 'VATEX-EU-AE' or cbc:ID = 'AE'",
    'PEPPOL-EN16931-P0105': "cbc:TaxExemptionReasonCode != 'VATEX-EU-O' or cbc:ID = 'O'",
  }),
];

/** Rules of EN 16931 and of Peppol's self-billing that these documents can break, in our own words. */
export const DOCUMENT_RULES: readonly Rule[] = [...presence, ...sums, ...categories, ...peppol];
