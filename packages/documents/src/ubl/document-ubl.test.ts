import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DOCUMENT_RULES } from '../../test/en16931-rules.ts';
import { contentOf, sampleContent } from '../../test/samples.ts';
import type { LineSample } from '../../test/samples.ts';
import { brokenRules, schemaErrors, textAt, textsAt } from '../../test/xml.ts';
import type { DocumentContent, VatTreatment } from '../document.ts';
import { documentUbl } from '../index.ts';

const KINDS = ['self_billing_invoice', 'credit_note'] as const;
const INVOICED = ['standard', 'small_business', 'reverse_charge', 'outside_scope'] as const;
const LANGUAGES = ['nl', 'en'] as const;

const CASES = KINDS.flatMap((kind) =>
  INVOICED.flatMap((treatment) => LANGUAGES.map((language) => ({ kind, treatment, language }))),
);

const EXPECTED_TAX: Readonly<Record<(typeof INVOICED)[number], readonly [string, string, string]>> =
  {
    standard: ['S', '21', ''],
    small_business: ['E', '0', ''],
    reverse_charge: ['AE', '0', 'VATEX-EU-AE'],
    outside_scope: ['O', '', 'VATEX-EU-O'],
  };

describe.each(CASES)('a $kind under $treatment in $language', ({ kind, treatment, language }) => {
  const content = sampleContent(kind, treatment, language);

  test('is valid UBL 2.1 and breaks no rule', () => {
    const xml = documentUbl(content);
    expect(schemaErrors(xml)).toEqual([]);
    expect(brokenRules(xml, DOCUMENT_RULES)).toEqual([]);
  });

  test('has the parties, the amounts and the category of its treatment', () => {
    const xml = documentUbl(content);
    const name = 'cac:Party/cac:PartyLegalEntity/cbc:RegistrationName';
    const category = '//cac:TaxSubtotal/cac:TaxCategory';
    expect(textAt(xml, `/*/cac:AccountingSupplierParty/${name}`)).toBe(content.supplier.name);
    expect(textAt(xml, `/*/cac:AccountingCustomerParty/${name}`)).toBe(content.customer.name);
    expect(textAt(xml, '//cbc:PayableAmount')).toBe((content.totalCents / 100).toFixed(2));
    expect([
      textAt(xml, `${category}/cbc:ID`),
      textAt(xml, `${category}/cbc:Percent`),
      textAt(xml, `${category}/cbc:TaxExemptionReasonCode`),
    ]).toEqual(EXPECTED_TAX[treatment]);
  });
});

test('an invoice is a self-billed one, paid by the merchant to the masked account', () => {
  const xml = documentUbl(sampleContent('self_billing_invoice', 'standard', 'nl'));
  expect(textAt(xml, '/*/cbc:InvoiceTypeCode')).toBe('389');
  expect(textAt(xml, '//cbc:PaymentMeansCode')).toBe('58');
  expect(textAt(xml, '//cac:PayeeFinancialAccount/cbc:ID')).toBe('NL•• •••• •••• ••43 00');
  expect(textAt(xml, '/*/cbc:Note')).toContain('Factuur uitgereikt door afnemer.');
});

test('an erased account leaves an invoice that says nothing of how it was paid', () => {
  const content = sampleContent('self_billing_invoice', 'standard', 'nl');
  const xml = documentUbl({ ...content, accountMasked: null });
  expect(textAt(xml, '//cbc:PaymentMeansCode')).toBe('1');
  expect(schemaErrors(xml)).toEqual([]);
  expect(brokenRules(xml, DOCUMENT_RULES)).toEqual([]);
});

test('a credit note names every invoice that it corrects', () => {
  const corrects = [
    { number: 'jansen-0003', issueDate: '2026-07-01' },
    { number: 'jansen-0005', issueDate: '2026-09-21' },
  ];
  const xml = documentUbl({ ...sampleContent('credit_note', 'standard', 'nl'), corrects });
  const reference = '/*/cac:BillingReference/cac:InvoiceDocumentReference';
  expect(textAt(xml, '/*/cbc:CreditNoteTypeCode')).toBe('261');
  expect(textsAt(xml, `${reference}/cbc:ID`)).toEqual(['jansen-0003', 'jansen-0005']);
  expect(textsAt(xml, `${reference}/cbc:IssueDate`)).toEqual(['2026-07-01', '2026-09-21']);
  expect(schemaErrors(xml)).toEqual([]);
});

describe('a party is addressed by', () => {
  test.each([
    ['its KvK number', {}, '0106', '87654321'],
    ['its Dutch VAT id', { registrationNumber: null }, '9944', 'NL001234567B12'],
    ['its German VAT id', { country: 'DE', vatId: 'DE123456788' }, '9930', 'DE123456788'],
    ['its Greek VAT id', { country: 'GR', vatId: 'EL123456783' }, '9933', 'EL123456783'],
    [
      'its Swedish organisation number',
      { country: 'SE', vatId: 'SE556036079301' },
      '0007',
      '5560360793',
    ],
    ['its Finnish business id', { country: 'FI', vatId: 'FI12345671' }, '0216', '003712345671'],
  ])('%s', (_, change, schemeId, id) => {
    const content = sampleContent('self_billing_invoice', 'standard', 'nl');
    const xml = documentUbl({ ...content, supplier: { ...content.supplier, ...change } });
    const endpoint = '/*/cac:AccountingSupplierParty/cac:Party/cbc:EndpointID';
    expect([textAt(xml, `${endpoint}/@schemeID`), textAt(xml, endpoint)]).toEqual([schemeId, id]);
    expect(brokenRules(xml, DOCUMENT_RULES)).toEqual([]);
  });

  test('its e-mail address, and is known by it too, when it has nothing else', () => {
    const content = sampleContent('self_billing_invoice', 'outside_scope', 'en');
    const supplier = { ...content.supplier, registrationNumber: null, vatId: null };
    const xml = documentUbl({ ...content, supplier });
    expect(textAt(xml, '/*/cac:AccountingSupplierParty/cac:Party/cbc:EndpointID/@schemeID')).toBe(
      'EM',
    );
    expect(schemaErrors(xml)).toEqual([]);
    expect(brokenRules(xml, DOCUMENT_RULES)).toEqual([]);
  });
});

describe('there is no UBL of', () => {
  test.each(['payout_statement', 'credit_note'] as const)('a private person’s %s', (kind) => {
    const content = sampleContent(kind, 'no_vat', 'nl');
    expect(() => documentUbl(content)).toThrow(
      expect.objectContaining({ name: 'DocumentError', code: 'not_an_invoice', path: 'kind' }),
    );
  });

  test.each(['standard', 'small_business', 'reverse_charge'] as const)(
    'a supplier without VAT id under %s',
    (treatment) => {
      const content = sampleContent('self_billing_invoice', treatment, 'nl');
      const supplier = { ...content.supplier, vatId: null };
      expect(() => documentUbl({ ...content, supplier })).toThrow(
        expect.objectContaining({ code: 'missing', path: 'supplier.vatId' }),
      );
    },
  );

  test('a party that can’t be addressed', () => {
    const content = sampleContent('self_billing_invoice', 'outside_scope', 'nl');
    const supplier = { ...content.supplier, registrationNumber: null, email: null };
    expect(() => documentUbl({ ...content, supplier })).toThrow(
      expect.objectContaining({ code: 'missing', path: 'supplier' }),
    );
  });

  test('sums that do not add up', () => {
    const content = sampleContent('self_billing_invoice', 'standard', 'nl');
    expect(() => documentUbl({ ...content, vatCents: 0 })).toThrow(
      expect.objectContaining({ code: 'sums_differ', path: 'vatCents' }),
    );
  });
});

test('names are written as they are, but for what XML can’t hold', () => {
  const content = sampleContent('self_billing_invoice', 'standard', 'nl');
  const name = 'Ђорђе & <Söhne> "山田"';
  const supplier = { ...content.supplier, name: `${name}\u0000\u000B\uFFFF`, street: ' ' };
  const xml = documentUbl({ ...content, supplier });
  expect(textAt(xml, '/*/cac:AccountingSupplierParty/cac:Party/cac:PartyName/cbc:Name')).toBe(name);
  expect(schemaErrors(xml)).toEqual([]);
  expect(brokenRules(xml, DOCUMENT_RULES)).toEqual([]);
});

const anyTreatment = fc.constantFrom<VatTreatment>('standard', 'small_business', 'reverse_charge');
const anyLine = fc.record({
  orderCents: fc.array(fc.integer({ min: 0, max: 5_000_000 }), { minLength: 1, maxLength: 5 }),
  treatment: anyTreatment,
  rate: fc.constantFrom(2100, 900, 925, 1),
});

test('whatever the lines, every sum of the XML adds up to the cent', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { minLength: 1, maxLength: 8 }), (lines) => {
      const samples: readonly LineSample[] = lines.map((line, index) => ({
        programmeId: `p${index}`,
        orderCents: line.orderCents,
        treatment: line.treatment,
        rateBps: line.treatment === 'standard' ? line.rate : 0,
      }));
      const xml = documentUbl(contentOf('self_billing_invoice', 'nl', samples));
      expect(brokenRules(xml, DOCUMENT_RULES)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

describe('the rules themselves catch', () => {
  const invoice = sampleContent('self_billing_invoice', 'standard', 'nl');
  const reverse = sampleContent('self_billing_invoice', 'reverse_charge', 'nl');
  const outside = sampleContent('self_billing_invoice', 'outside_scope', 'nl');
  const credit = sampleContent('credit_note', 'small_business', 'nl');

  const MUTATIONS: readonly (readonly [DocumentContent, string | RegExp, string, string])[] = [
    [invoice, /<cbc:ID>jansen-0007<\/cbc:ID>/, '', 'BR-02'],
    [invoice, /<cbc:InvoiceTypeCode>389/, '<cbc:InvoiceTypeCode>380', 'PEPPOL-EN16931-P0100'],
    [credit, '>261<', '>381<', 'PEPPOL-EN16931-P0101'],
    [invoice, /<cac:Country>[^]*?<\/cac:Country>/, '', 'BR-09'],
    [invoice, /(<cbc:PayableAmount[^>]*>)[^<]*/, '$11.00', 'BR-CO-16'],
    [invoice, /(<cbc:TaxInclusiveAmount[^>]*>)[^<]*/, '$11.00', 'BR-CO-15'],
    [invoice, /(<cac:TaxSubtotal>\s*<cbc:TaxableAmount[^>]*>)[^<]*/, '$11.00', 'BR-S-08'],
    [invoice, /(<cac:TaxSubtotal>[^]*?<cbc:TaxAmount[^>]*>)278.07/, '$1278.08', 'BR-CO-17'],
    [invoice, /(<cac:TaxTotal>\s*<cbc:TaxAmount[^>]*>)278.07/, '$1278.08', 'BR-CO-14'],
    [invoice, /(<cac:LegalMonetaryTotal>\s*<cbc:L[^>]*>)[^<]*/, '$11324.14', 'BR-CO-10'],
    [invoice, /<cac:PaymentTerms>[^]*?<\/cac:PaymentTerms>/, '', 'BR-CO-25'],
    [invoice, /<cac:PayeeFinancialAccount>[^]*?<\/cac:PayeeFinancialAccount>/, '', 'BR-61'],
    [
      invoice,
      '<cbc:PriceAmount currencyID="EUR">29.08',
      '<cbc:PriceAmount>29.09',
      'PEPPOL-EN16931-R120',
    ],
    [invoice, 'currencyID="EUR"', 'currencyID="USD"', 'PEPPOL-EN16931-R051'],
    [invoice, '1324.13', '1324.130', 'BR-DEC'],
    [invoice, '<cbc:CompanyID>NL', '<cbc:CompanyID>12', 'BR-CO-09'],
    [invoice, /<cac:PartyTaxScheme>[^]*?<\/cac:PartyTaxScheme>/, '', 'BR-S-02'],
    [invoice, /<cbc:StreetName>[^<]*/, '<cbc:StreetName>', 'PEPPOL-EN16931-R008'],
    [reverse, /<cbc:TaxExemptionReasonCode>[^]*<\/cbc:TaxExemptionReason>/, '', 'BR-AE-10'],
    [reverse, /(<cac:Classified[^]*?<cbc:Percent>)0</, '$121<', 'BR-AE-05'],
    [reverse, 'VATEX-EU-AE', 'VATEX-EU-O', 'PEPPOL-EN16931-P0105'],
    [outside, /<cbc:ID>O<\/cbc:ID>(?=\s*<cac:TaxScheme>)/, '<cbc:ID>E</cbc:ID>', 'BR-O-12'],
    [credit, /<cbc:TaxExemptionReason>[^<]*<\/cbc:TaxExemptionReason>/, '', 'BR-E-10'],
  ];

  test.each(MUTATIONS)('$3', (content, from, to, id) => {
    const xml = documentUbl(content);
    const mutated = xml.replace(from, to);
    expect(mutated).not.toBe(xml);
    expect(brokenRules(mutated, DOCUMENT_RULES)).toContain(id);
  });

  test('the schema says so when elements are out of order', () => {
    const xml = documentUbl(invoice);
    const note = /<cbc:Note>[^<]*<\/cbc:Note>/.exec(xml)?.[0] ?? '';
    const moved = xml.replace(note, '').replace('<cbc:ID>', `${note}<cbc:ID>`);
    expect(schemaErrors(moved)).not.toEqual([]);
  });
});
