import type { BasisPoints, Cents } from '@provisie/domain';
import type { DocumentLanguage } from './document.ts';

const LOCALES: Readonly<Record<DocumentLanguage, string>> = { nl: 'nl-NL', en: 'en-GB' };

/** Exact decimal text with two digits, in every currency: `1234.56`. EN 16931 BR-DEC allows no more. */
export function decimalAmount(cents: Cents): `${number}` {
  return decimal(cents);
}

/** Percentage without needless zeros: 2100 → `21`, 925 → `9.25`. */
export function percentage(rateBps: BasisPoints): `${number}` {
  return `${Number(decimal(rateBps))}`;
}

/** `€ 1.234,56` in Dutch, `€1,234.56` in English; in every currency the cents show. */
export function amountText(cents: Cents, currency: string, language: DocumentLanguage): string {
  return formatOf(currency, language).format(decimalAmount(cents));
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
function decimal(hundredths: number): `${number}` {
  const digits = `${Math.abs(hundredths)}`.padStart(3, '0');
  const text = `${hundredths < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
  return isDecimal(text) ? text : '0';
}

function isDecimal(text: string): text is `${number}` {
  return /^-?\d+\.\d\d$/.test(text);
}

const formats = new Map<string, Intl.NumberFormat>();

/** Making a format is a hundred times slower than using it, and an annex has thousands of amounts. */
function formatOf(currency: string, language: DocumentLanguage): Intl.NumberFormat {
  const key = `${language} ${currency}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat(LOCALES[language], {
    style: 'currency',
    currency,
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  formats.set(key, format);
  return format;
}
