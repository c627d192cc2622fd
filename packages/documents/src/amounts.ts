import type { BasisPoints, Cents } from '@provisie/domain';
import type { DocumentLanguage } from './document.ts';

const LOCALES: Readonly<Record<DocumentLanguage, string>> = { nl: 'nl-NL', en: 'en-GB' };

/** Exact decimal text with the minor digits of the currency: `1234.56`. */
export function decimalAmount(cents: Cents, currency: string): `${number}` {
  return decimal(cents, minorDigits(currency));
}

/** Percentage without needless zeros: 2100 → `21`, 925 → `9.25`. */
export function percentage(rateBps: BasisPoints): `${number}` {
  return `${Number(decimal(rateBps, 2))}`;
}

/** `€ 1.234,56` in Dutch, `€1,234.56` in English. */
export function amountText(cents: Cents, currency: string, language: DocumentLanguage): string {
  return formatOf(currency, language).format(decimalAmount(cents, currency));
}

/** `21%` or `9,25%`. */
export function rateText(rateBps: BasisPoints, language: DocumentLanguage): string {
  const rate = new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 2 });
  return `${rate.format(percentage(rateBps))}%`;
}

export function countText(count: number, language: DocumentLanguage): string {
  return new Intl.NumberFormat(LOCALES[language]).format(count);
}

/** `22 november 2026` of a day `2026-11-22`. */
export function dayText(day: string, language: DocumentLanguage): string {
  return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: 'UTC' }).format(
    startOfDay(day),
  );
}

export function startOfDay(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** The country's name in the language; the code itself where it isn't one. */
export function countryText(country: string, language: DocumentLanguage): string {
  const names = new Intl.DisplayNames(LOCALES[language], { type: 'region', fallback: 'code' });
  return names.of(country) ?? country;
}

/** From digits, so that no float comes in between. */
function decimal(amount: number, digits: number): `${number}` {
  const sign = amount < 0 ? '-' : '';
  const padded = `${Math.abs(amount)}`.padStart(digits + 1, '0');
  const whole = padded.slice(0, padded.length - digits);
  const fraction = padded.slice(padded.length - digits);
  const text = digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
  return isDecimal(text) ? text : '0';
}

function isDecimal(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(text);
}

const formats = new Map<string, Intl.NumberFormat>();

/** Making a format is a hundred times slower than using it, and an annex has thousands of amounts. */
function formatOf(currency: string, language: DocumentLanguage): Intl.NumberFormat {
  const key = `${language} ${currency}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency });
  formats.set(key, format);
  return format;
}

function minorDigits(currency: string): number {
  return formatOf(currency, 'en').resolvedOptions().maximumFractionDigits ?? 2;
}
