const DECIMAL = /^(-?)(\d{1,13})(?:\.(\d{1,12}))?$/;

/**
 * A decimal amount as a shop writes it (`"82.64"`, `"-12.1"`, `"82.644628"`) in cents, exactly; beyond two decimals
 * rounded half away from zero. Null when it isn't one.
 */
export function centsOf(text: string): number | null {
  const match = DECIMAL.exec(text.trim());
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = fraction.padEnd(3, '0');
  const cents = Number(whole) * 100 + Number(digits.slice(0, 2)) + (Number(digits[2]) >= 5 ? 1 : 0);
  return sign === '-' && cents !== 0 ? -cents : cents;
}
