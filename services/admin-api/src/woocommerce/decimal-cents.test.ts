import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { centsOf } from './decimal-cents.ts';

test.each([
  ['0.00', 0],
  ['-0.00', 0],
  ['82.64', 8264],
  ['82.6', 8260],
  ['82', 8200],
  ['-12.10', -1210],
  ['0.005', 1],
  ['0.00499', 0],
  ['82.644628', 8264],
  ['82.645', 8265],
  ['-82.645', -8265],
  ['1.005', 101],
  ['9999999999.99', 999_999_999_999],
  [' 5.00 ', 500],
  ['', null],
  ['1,00', null],
  ['1e3', null],
  ['NaN', null],
  ['.5', null],
  ['1.', null],
])('%j is %j cents', (text, cents) => {
  expect(centsOf(text)).toBe(cents);
});

test('every amount in cents comes back as it was', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (cents) => {
      const text = `${String(Math.floor(cents / 100))}.${String(cents % 100).padStart(2, '0')}`;
      expect(centsOf(text)).toBe(cents);
    }),
  );
});
