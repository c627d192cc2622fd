import { z } from 'zod';
import { ConfigError } from './config-error.ts';
import { LOG_LEVELS } from './logger.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export const wholeNumber = (lowest: number, highest: number, byDefault: number) => {
  const expected = `must be a whole number from ${lowest} to ${highest}`;
  return z
    .string()
    .regex(/^\d{1,12}$/, expected)
    .transform(Number)
    .refine((value) => value >= lowest && value <= highest, expected)
    .default(byDefault);
};

const webAddress = 'must be an address such as https://go.example.nl, without a path';
const isOrigin = (text: string) => {
  const address = URL.parse(text);
  return (
    address !== null &&
    /^https?:$/.test(address.protocol) &&
    address.origin === text.replace(/\/$/, '')
  );
};
/** Of a server, as `https://go.example.nl`. */
export const origin = z
  .string()
  .refine(isOrigin, webAddress)
  .transform((text) => text.replace(/\/$/, ''));

export const headerName = z
  .string()
  .regex(/^[A-Za-z0-9-]+$/, 'must be the name of a request header, such as X-Forwarded-For')
  .transform((name) => name.toLowerCase());

export const hostName = z
  .string()
  .regex(/^[A-Za-z0-9.:_-]+$/, 'must be an IP address or a host name to listen on');

export const logLevel = z
  .enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`)
  .default('info');

type Variables = z.ZodRawShape;

/**
 * Reads the variables of a process from its environment; an empty one counts as absent. Throws
 * `ConfigError` with all mistakes at once. `others` are names that other processes of ours read.
 */
export function readVariables<Shape extends Variables>(
  environment: Environment,
  shape: Shape,
  others: readonly string[] = [],
): z.output<z.ZodObject<Shape>> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, text]) => text !== ''));
  const read = z.object(shape).safeParse(given);
  const mistakes = [
    ...(read.error?.issues ?? []).map(({ path, message }) => mistake(environment, path, message)),
    ...unknownNames(environment, [...Object.keys(shape), ...others]),
  ];
  if (!read.success || mistakes.length > 0) throw new ConfigError(mistakes);
  return read.data;
}

/** What is wrong with the value of one variable. A secret's value, or an address that may hold one, isn't shown. */
function mistake(environment: Environment, path: readonly PropertyKey[], message: string): string {
  const name = String(path[0]);
  const value = environment[name];
  const isSecret = /SECRET|KEY|TOKEN|PASSWORD/.test(name) || /:\/\/[^/]*@/.test(value ?? '');
  return isSecret && value !== undefined
    ? `${name} ${message}`
    : `${name} ${message}; it is ${JSON.stringify(value)}`;
}

/** A misspelt name would silently do nothing. */
function unknownNames(environment: Environment, known: readonly string[]): string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith('PROVISIE_') && !known.includes(name))
    .map((name) => `${name} is no variable of this program (misspelt?)`);
}
