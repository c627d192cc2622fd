import { z } from 'zod';
import { UsageError } from '@provisie/process';

const instantText = z.iso.datetime({ offset: true });
const dayText = z.iso.date();

/**
 * A moment as a person types it, as ISO 8601 in UTC: a moment with an offset, or a day in the Netherlands, of which
 * its first or its last millisecond is meant.
 */
export async function typedMoment(
  option: string,
  text: string,
  ofDay: 'first' | 'last',
): Promise<string> {
  if (instantText.safeParse(text).success) return new Date(text).toISOString();
  if (!dayText.safeParse(text).success) {
    throw new UsageError(
      `${option}: ${JSON.stringify(text)} is neither a day such as 2026-03-31 nor a moment with an offset such as 2026-03-31T22:00:00Z.`,
    );
  }
  const { dayNamed, startOfDay } = await import('@provisie/domain');
  const day = dayNamed(text);
  return new Date(ofDay === 'last' ? startOfDay(day + 1) - 1 : startOfDay(day)).toISOString();
}

const AMOUNT = /^(\d{1,12})\.(\d{2})$/;

/** An amount such as `1243.88`, in cents. */
export function typedAmount(option: string, text: string): number {
  const [, whole, cents] = AMOUNT.exec(text) ?? [];
  if (whole === undefined || cents === undefined) {
    throw new UsageError(
      `${option}: ${JSON.stringify(text)} is not an amount such as 1243.88 (a point, two decimals, nothing else).`,
    );
  }
  return Number(whole + cents);
}

/** The other way round: `1243.88`. */
export function amountText(cents: number): string {
  return (cents / 100).toFixed(2);
}
