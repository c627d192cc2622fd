import { describe, expect, test } from 'vitest';
import {
  amountText,
  countryText,
  dayText,
  decimalAmount,
  percentage,
  rateText,
} from './amounts.ts';

/** The spaces of a formatted amount don't break. */
const NBSP = '\u00A0';

describe('an amount', () => {
  test.each([
    [123_456, 'EUR', 'nl', `€${NBSP}1.234,56`],
    [123_456, 'EUR', 'en', '€1,234.56'],
    [5, 'EUR', 'nl', `€${NBSP}0,05`],
    [0, 'EUR', 'en', '€0.00'],
    [-2_575, 'EUR', 'en', '-€25.75'],
    [1_000_000_000_000, 'EUR', 'en', '€10,000,000,000.00'],
    // Whatever coins a currency has: a cent is a hundredth in the log, so it is one on paper.
    [1_500_000, 'HUF', 'nl', `HUF${NBSP}15.000,00`],
    [1234, 'JPY', 'en', 'JP¥12.34'],
    [1234, 'BHD', 'en', `BHD${NBSP}12.34`],
  ] as const)('of %i %s is written in %s as %s', (cents, currency, language, text) => {
    expect(amountText(cents, currency, language)).toBe(text);
  });

  test.each([
    [0, '0.00'],
    [7, '0.07'],
    [-7, '-0.07'],
    [99, '0.99'],
    [100, '1.00'],
    [999_999_999_999, '9999999999.99'],
  ] as const)('of %i cents is %s for a machine', (cents, text) => {
    expect(decimalAmount(cents)).toBe(text);
  });
});

test('a rate has no needless zeros', () => {
  expect([percentage(2100), percentage(925), percentage(0)]).toEqual(['21', '9.25', '0']);
  expect([rateText(2100, 'nl'), rateText(925, 'nl'), rateText(925, 'en')]).toEqual([
    '21%',
    '9,25%',
    '9.25%',
  ]);
});

test('days and countries are named in the language of the document', () => {
  expect([dayText('2026-03-01', 'nl'), dayText('2026-03-01', 'en')]).toEqual([
    '1 maart 2026',
    '1 March 2026',
  ]);
  expect([countryText('DE', 'nl'), countryText('DE', 'en')]).toEqual(['Duitsland', 'Germany']);
});
