import * as z from 'zod';

/** Whole hundredths of a currency's unit, in every currency: also where its coins are larger or smaller. */
export type Cents = number;

/** 1/100 of a percent: 1,000 basis points are 10 %. */
export type BasisPoints = number;

/** Of what is told of one order: ten thousand million units, so that thousands of the largest still add up exactly. */
export const MAX_AMOUNT_CENTS = 1_000_000_000_000;

export const centsSchema = z.int().min(0).max(MAX_AMOUNT_CENTS);
export const signedCentsSchema = z.int().min(-MAX_AMOUNT_CENTS).max(MAX_AMOUNT_CENTS);

/** What many amounts come to: as far as whole numbers are exact. In VND or IDR a payout may well be above the most of one. */
export const sumCentsSchema = z.int().min(0);
export const signedSumCentsSchema = z.int();

export const basisPointsSchema = z.int().min(0).max(10_000);

/** ISO 4217 alphabetic code, upper case. */
export const currencySchema = z
  .string()
  .regex(/^[A-Z]{3}$/, { error: 'an ISO 4217 code such as EUR', abort: true });

const known: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/**
 * A currency that people pay in, as far as this runtime knows them. For what is told anew only: what was recorded stays
 * readable under every runtime.
 */
export const payableCurrencySchema = currencySchema.refine(
  (code) => known.has(code),
  'no currency of ISO 4217, such as EUR',
);

const BASIS_POINTS_PER_WHOLE = 10_000n;

/** `amountCents` × `rateBps`, rounded half up to a whole cent; exact, no floats. `amountCents` ≥ 0. */
export function shareOf(amountCents: Cents, rateBps: BasisPoints): Cents {
  const product = BigInt(amountCents) * BigInt(rateBps);
  return Number((product + BASIS_POINTS_PER_WHOLE / 2n) / BASIS_POINTS_PER_WHOLE);
}
