import { merchantDetailsSchema } from '@provisie/domain';
import { expect, test } from 'vitest';
import { merchantSchema } from './merchant-schema.ts';

const merchant = {
  legalName: 'Voorbeeld Bouwshop B.V.',
  street: 'Dorpsstraat 1',
  postalCode: '3511 AB',
  city: 'Utrecht',
  vatId: 'NL 8537.46.333.B01',
  iban: 'NL91 ABNA 0417 1643 00',
};

test('what it accepts is what the event holds', () => {
  const details = merchantSchema.parse(merchant);
  expect(merchantDetailsSchema.parse(details)).toEqual({
    ...merchant,
    country: 'NL',
    vatId: 'NL853746333B01',
    iban: 'NL91ABNA0417164300',
    registrationNumber: null,
    email: null,
    bic: null,
  });
});

test.each<[object, string, RegExp]>([
  [{ iban: 'NL92ABNA0417164300' }, 'iban', /check digits/],
  [{ bic: 'DEUTDEFF' }, 'bic', /this BIC is in DE/],
  [{ vatId: 'DE136695976' }, 'vatId', /begins with NL/],
  [{ vatId: 'NL853746334B01' }, 'vatId', /check digits/],
  [{ country: 'BE' }, 'country', /Dutch merchant/],
  [{ postalCode: '10115' }, 'postalCode', /1012 AB/],
  [{ registrationNumber: '1' }, 'registrationNumber', /eight digits/],
])('%j: %s', (change, field, message) => {
  const { error } = merchantSchema.safeParse({ ...merchant, ...change });
  expect(error?.issues.map(({ path, message }) => [path.join('/'), message])).toEqual([
    [field, expect.stringMatching(message)],
  ]);
});
