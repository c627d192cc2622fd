import { describe, expect, test } from 'vitest';
import { payoutDetailsSchema } from './payout-details-schema.ts';

const person = {
  accountHolder: 'A. de Vries',
  iban: 'NL91ABNA0417164300',
  taxProfile: 'private_person',
  street: 'Keizersgracht 1',
  postalCode: '1015 CJ',
  city: 'Amsterdam',
  country: 'NL',
};
const business = { ...person, taxProfile: 'nl_business', vatId: 'NL000099998B57' };
const german = {
  ...person,
  taxProfile: 'eu_business',
  iban: 'DE89370400440532013000',
  vatId: 'DE136695976',
  country: 'DE',
  postalCode: '10115',
};
const british = {
  ...person,
  taxProfile: 'non_eu_business',
  iban: 'GB29NWBK60161331926819',
  bic: 'NWBKGB2L',
  country: 'GB',
  postalCode: 'EC1A 1BB',
};

test('what was typed with spaces, dots and small letters is read in one form', () => {
  const typed = {
    ...business,
    accountHolder: '  De  Woonblog\tB.V. ',
    iban: 'nl91 abna-0417 1643 00',
    bic: 'abna nl 2a',
    vatId: 'nl 0000.99.998.b57',
    registrationNumber: '12345678',
    country: 'nl',
  };
  expect(payoutDetailsSchema.parse(typed)).toEqual({
    ...business,
    accountHolder: 'De Woonblog B.V.',
    bic: 'ABNANL2A',
    registrationNumber: '12345678',
    language: 'nl',
  });
});

test.each([
  ['a private person', person],
  ['a Dutch company, mod 11', { ...business, vatId: 'NL853746333B01' }],
  ['a Dutch sole trader since 2020, mod 97', { ...business, vatId: 'NL002342672B42' }],
  [
    'under the small-business scheme',
    { ...business, taxProfile: 'nl_small_business', vatId: null },
  ],
  ['a name with letters that banks don’t take', { ...person, accountHolder: 'Łukasz Şahin-Ђорђе' }],
  ['a German business', german],
  ['a Belgian number beginning with 1', { ...german, vatId: 'BE1000000120', country: 'BE' }],
  ['Greece, EL in VAT ids', { ...german, vatId: 'EL094259216', country: 'GR' }],
  ['a British business', british],
  [
    'an American one with an account in the EU',
    { ...british, iban: person.iban, bic: null, country: 'US' },
  ],
  [
    'a Swiss account',
    { ...british, iban: 'CH9300762011623852957', bic: 'UBSWCHZH80A', country: 'CH' },
  ],
  ['Jersey banks have GB IBANs', { ...british, bic: 'NWBKJESX' }],
])('%s', (_, details) => {
  expect(payoutDetailsSchema.safeParse(details).error?.issues).toBeUndefined();
});

describe('each mistake names its field and what would be right', () => {
  test.each<[object, string, RegExp]>([
    [{ accountHolder: '王小明' }, 'accountHolder', /can’t be printed on an invoice/],
    [{ accountHolder: '···' }, 'accountHolder', /nothing of it is left/],
    [{ accountHolder: 'Щ'.repeat(30) }, 'accountHolder', /more than 70 characters/],
    [{ iban: 'NL92ABNA0417164300' }, 'iban', /check digits of this IBAN are wrong: was it copied/],
    [{ iban: 'NL91ABNA041716430' }, 'iban', /an IBAN of NL has 18 characters; this has 17/],
    [{ iban: '0417164300' }, 'iban', /begins with the two letters of a country/],
    [{ iban: 'NLX1ABNA0417164300' }, 'iban', /third and the fourth character/],
    [{ iban: 'NL91A2NA0417164300' }, 'iban', /where an IBAN of NL has them/],
    [{ iban: 'CH4431999123000889012', bic: 'UBSWCHZH80A' }, 'iban', /QR-IBAN/],
    [{ iban: 'TR330006100519786457841326' }, 'iban', /TR is not in SEPA/],
    [{ bic: 'ABN4NL2A' }, 'bic', /8 or 11 characters/],
    [{ bic: 'ABNAXX2A' }, 'bic', /those of a country/],
    [{ bic: 'DEUTDEFF' }, 'bic', /this BIC is in DE, the account in NL/],
    [{ ...british, bic: null }, 'bic', /account in GB, outside the EEA/],
    [{ vatId: 'NL000099998B57' }, 'vatId', /private person has no VAT id/],
    [{ ...business, vatId: null }, 'vatId', /gives its VAT id .*NL000099998B57/],
    [{ ...business, vatId: 'NL000099998B58' }, 'vatId', /check digits of this VAT id are wrong/],
    [{ ...business, vatId: 'NL12345678B01' }, 'vatId', /NL, nine digits, B and two digits/],
    [{ ...business, vatId: 'DE136695976' }, 'vatId', /begins with NL/],
    [{ ...business, country: 'BE' }, 'country', /address in NL/],
    [{ ...business, postalCode: '10115' }, 'postalCode', /looks like 1012 AB/],
    [{ ...business, registrationNumber: '1234' }, 'registrationNumber', /eight digits/],
    [{ ...german, vatId: null }, 'vatId', /reverse charge needs it/],
    [{ ...german, vatId: 'NL000099998B57', country: 'NL' }, 'vatId', /it is nl_business/],
    [{ ...german, country: 'FR' }, 'country', /VAT id is of DE: give the address there/],
    [{ ...german, vatId: 'GB999999973' }, 'vatId', /begins with its country/],
    [{ ...british, country: 'FR' }, 'country', /FR is in the EU: it is eu_business/],
    [{ postalCode: '-' }, 'postalCode', /no letter or digit.* write 00000/],
    [{ postalCode: '一五〇' }, 'postalCode', /can’t be printed on an invoice/],
    [{ registrationNumber: '登記 123' }, 'registrationNumber', /can’t be printed on an invoice/],
    [{ country: 'ZZ' }, 'country', /not a country/],
    [{ accountHolder: '   ' }, 'accountHolder', /it is empty/],
    [{ accountHolder: 'A\u0007B' }, 'accountHolder', /control characters/],
  ])('%j: %s', (change, field, message) => {
    const { error } = payoutDetailsSchema.safeParse({ ...person, ...change });
    const told = error?.issues.map((issue) => [issue.path.join('/'), issue.message]);
    expect(told).toEqual([[field, expect.stringMatching(message)]]);
  });

  test('none of them repeats an account', () => {
    const { error } = payoutDetailsSchema.safeParse({ ...person, iban: 'NL92ABNA0417164300' });
    expect(String(error?.message)).not.toContain('0417164300');
  });
});
