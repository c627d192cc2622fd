import type { Instant } from '../instant.ts';
import type { BasisPoints, Cents } from '../money.ts';

/** How to call a partner. */
export type PartnerName = (partnerId: string) => string;

const SYMBOLS: Readonly<Record<string, string>> = { EUR: '€', GBP: '£', USD: '$' };

/** `€1,234.50`, `-€5.00`, `CHF 12.00`: always two decimals. */
export function amountText(amountCents: Cents, currency: string): string {
  const absolute = Math.abs(amountCents);
  const whole = String(Math.trunc(absolute / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
  const cents = String(absolute % 100).padStart(2, '0');
  const sign = amountCents < 0 ? '-' : '';
  return `${sign}${SYMBOLS[currency] ?? `${currency} `}${whole}.${cents}`;
}

/** 1,000 basis points: `10.00 %`. */
export function percentageText(rateBps: BasisPoints): string {
  return `${Math.trunc(rateBps / 100)}.${String(rateBps % 100).padStart(2, '0')} %`;
}

/** UTC in ISO 8601, to the millisecond. */
export function timeText(at: Instant): string {
  return new Date(at).toISOString();
}
