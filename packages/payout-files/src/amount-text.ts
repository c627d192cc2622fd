import type { Cents } from '@provisie/domain';

/** `-12345` → `-123.45`: a dot, two decimals, no grouping. Throws `RangeError` for what isn't whole cents. */
export function amountText(cents: Cents): string {
  if (!Number.isSafeInteger(cents)) throw new RangeError(`${cents} isn't a whole number of cents.`);
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
