import { TypeOverrides, types } from 'pg';
import { storedText, textOfStored } from './texts.ts';

/** A parameter as the driver takes it. */
export function parameterOf(value: unknown): unknown {
  if (typeof value === 'string') return storedText(value);
  return Array.isArray(value) ? value.map(parameterOf) : value;
}

/**
 * Whole numbers come as JS numbers, sums too, which PostgreSQL makes wider than any column: one that isn't a safe
 * integer is an error, not another number.
 */
export const VALUES = new TypeOverrides();
VALUES.setTypeParser(types.builtins.INT8, wholeNumber);
VALUES.setTypeParser(types.builtins.NUMERIC, wholeNumber);
VALUES.setTypeParser(types.builtins.TEXT, textOfStored);

function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number;
  throw new RangeError(`The database gave ${text}, which isn't a safe integer.`);
}
