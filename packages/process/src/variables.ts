import { z } from 'zod';
import { ConfigError } from './config-error.ts';
import type { Environment } from './environment.ts';
import { LOG_LEVELS } from './logger.ts';
import { withSecretFiles } from './secret-files.ts';

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
  .string(webAddress)
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

export interface VariableOptions {
  /** Those that hold a secret: they may be named as files (`NAME_FILE`), and are never shown. */
  readonly secrets?: readonly string[];
  /** Names that other processes of ours read. */
  readonly others?: readonly string[];
}

/**
 * Reads the variables of a process from its environment; an empty one counts as absent. What one has to be may depend
 * on which others are given. Throws `ConfigError` with all mistakes at once.
 */
export function readVariables<Shape extends z.ZodRawShape>(
  environment: Environment,
  variables: Shape | ((given: Environment) => Shape),
  { secrets = [], others = [] }: VariableOptions = {},
): z.output<z.ZodObject<Shape>> {
  const { filled, mistakes } = withSecretFiles(environment, secrets);
  const given = Object.fromEntries(Object.entries(filled).filter(([, text]) => text !== ''));
  const shape = typeof variables === 'function' ? variables(given) : variables;
  const read = z.object(shape).safeParse(given);
  const known = [...Object.keys(shape), ...secrets.map((name) => `${name}_FILE`), ...others];
  const all = [
    ...mistakes,
    ...(read.error?.issues ?? []).map(({ path, message }) =>
      mistake(given, path, message, secrets),
    ),
    ...unknownNames(environment, known),
  ];
  if (!read.success || all.length > 0) throw new ConfigError(all);
  return read.data;
}

/** What is wrong with the value of one variable. */
function mistake(
  given: Environment,
  path: readonly PropertyKey[],
  message: string,
  secrets: readonly string[],
): string {
  const name = String(path[0]);
  const value = given[name];
  if (value === undefined) return `${name} ${message}; it is not given`;
  return secrets.includes(name)
    ? `${name} ${message}`
    : `${name} ${message}; it is ${JSON.stringify(value)}`;
}

/** A misspelt name would silently do nothing. */
function unknownNames(environment: Environment, known: readonly string[]): string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith('PROVISIE_') && !known.includes(name))
    .map((name) => `${name} is no variable of this program (misspelt?)`);
}
