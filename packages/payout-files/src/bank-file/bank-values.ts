import { daySchema } from '@provisie/domain';
import type { Cents } from '@provisie/domain';
import type { BankTime } from './bank-report.ts';

const decimal = /^\+?(\d{1,13})(?:\.(\d{1,5}))?$/;
const offset = /(?:Z|[+-]\d{2}:\d{2})$/;
/** As of XML's `date`: some banks say of a day too in which time zone it is one. */
const dayWithOffset = /^.{10}(?:Z|[+-]\d{2}:\d{2})?$/;

/** `12`, `12.5` and `12.50`, exact; null for anything else, a comma and zero included. */
export function centsIn(text: string): Cents | null {
  const [, whole, fraction = ''] = decimal.exec(text) ?? [];
  if (whole === undefined || !/^0*$/.test(fraction.slice(2))) return null;
  const cents = Number(whole + fraction.slice(0, 2).padEnd(2, '0'));
  return cents > 0 ? cents : null;
}

/**
 * A day, or an ISO 8601 time. One without a time zone is the bank's own time, which nobody knows: its day is taken.
 * Null when it is neither.
 */
export function bankTimeIn(text: string): BankTime | null {
  const day = text.slice(0, 10);
  if (!daySchema.safeParse(day).success) return null;
  if (dayWithOffset.test(text)) return { kind: 'day', day };
  const at = Date.parse(text);
  if (text[10] !== 'T' || Number.isNaN(at)) return null;
  return offset.test(text) ? { kind: 'instant', at } : { kind: 'day', day };
}
