import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sepaCreditTransfer } from '../src/index.ts';
import type { BankAddress, CreditTransfer } from '../src/index.ts';
import { formats, schemasAreThere, schemaValidator } from './iso20022-schema.ts';
import { merchant, orderOf, partner, payment, payments, streamOf, textOf } from './samples.ts';

const address: BankAddress = { street: null, postalCode: null, city: 'Köln', country: 'DE' };
const fullAddress: BankAddress = { ...address, street: 'Große Straße 7', postalCode: '50667' };

const cases: readonly (readonly [string, readonly CreditTransfer[]])[] = [
  ['one payment', payments(1)],
  ['3,000 payments', payments(3000)],
  ['a structured address', [payment(1, { creditor: { ...partner, address: fullAddress } })]],
  ['an address of town and country', [payment(1, { creditor: { ...partner, address } })]],
  ['a BIC', [payment(1, { creditor: { ...partner, bic: 'COBADEFFXXX' } })]],
];

/** Wild, but with a letter in it: text of nothing a bank can print is refused. */
const wildText = fc
  .string({ unit: 'grapheme', maxLength: 8 })
  .map((text) => `a${text}`)
  .map((text) => text.toWellFormed());
const wildBytes = fc.string({ unit: 'binary', maxLength: 8 }).map((text) => `${text}Z`);

describe.skipIf(!schemasAreThere())('the schema', () => {
  describe.each(formats)('of %s', (format) => {
    const mistakesIn = schemaValidator(format);

    test.each(cases)('takes %s', async (_, transfers) => {
      for (const bic of [merchant.bic, null]) {
        const order = orderOf(transfers, { debtor: { ...merchant, bic } });
        const xml = await textOf(sepaCreditTransfer(format, order, streamOf(transfers)));
        expect(mistakesIn(xml)).toBeNull();
      }
    });

    test('takes whatever names and remittances are written in, in SEPA characters', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.oneof(wildText, wildBytes), wildText), { minLength: 1 }),
          async (texts) => {
            const transfers = texts.map(([name, remittance], number) =>
              payment(number, { creditor: { ...partner, name }, remittance }),
            );
            const chunks = sepaCreditTransfer(format, orderOf(transfers), streamOf(transfers));
            const xml = await textOf(chunks);
            expect(mistakesIn(xml)).toBeNull();
            for (const [, text = ''] of xml.matchAll(/<(?:Nm|Ustrd)>([^<]*)</g)) {
              expect(text.replaceAll('&apos;', "'")).toMatch(/^[A-Za-z0-9/\-?:().,'+ ]+$/);
            }
          },
        ),
        { numRuns: 150 },
      );
    });

    test('takes none without an end-to-end id', async () => {
      const transfers = payments(1);
      const xml = await textOf(sepaCreditTransfer(format, orderOf(transfers), streamOf(transfers)));
      expect(mistakesIn(xml.replace(/<PmtId>.*<\/PmtId>/, ''))).toContain('PmtId');
    });
  });
});
