import { resolve } from 'node:path';
import type { PayoutPolicy } from '@provisie/payouts';
import { createEnv } from '@t3-oss/env-core';
import { z } from 'zod';

/** What was wrong with the environment: every mistake, a line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(mistakes: readonly string[]) {
    super(`The configuration is wrong:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const wholeNumber = (lowest: number, highest: number, byDefault: number) => {
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

const headerName = z
  .string()
  .regex(/^[A-Za-z0-9-]+$/, 'must be the name of a request header, such as X-Forwarded-For')
  .transform((name) => name.toLowerCase());

const variables = {
  /** 0: any free port. */
  PORT: wholeNumber(0, 65_535, 8080),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/, 'must be an IP address or a host name to listen on')
    .default('127.0.0.1'),
  PROVISIE_DATA_DIR: z.string().default('data'),
  PROVISIE_PUBLIC_URL: origin.optional(),
  PROVISIE_LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  PROVISIE_SECURE_COOKIES: z.enum(['true', 'false'], 'must be true or false').optional(),
  PROVISIE_CLIENT_ADDRESS_HEADER: headerName.optional(),
  PROVISIE_COUNTRY_HEADER: headerName.optional(),
  PROVISIE_CORS_ORIGINS: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(origin))
    .optional(),
  PROVISIE_REQUESTS_PER_MINUTE: wholeNumber(1, 10_000_000, 1200),
  PROVISIE_BEACONS_PER_MINUTE: wholeNumber(1, 10_000_000, 600),
  PROVISIE_MAX_EVENT_FILE_MB: wholeNumber(1, 100_000_000, 100_000_000),
  PROVISIE_SHUTDOWN_SECONDS: wholeNumber(1, 600, 20),
  PROVISIE_PAYOUT_COOLING_HOURS: wholeNumber(0, 720, 72),
  PROVISIE_PAYOUT_APPROVALS: z.enum(['1', '2'], 'must be 1 or 2').default('1'),
} as const;

/** What the commands read that call a running server. */
const clientVariables = z.object({
  PORT: variables.PORT,
  PROVISIE_URL: origin.optional(),
  PROVISIE_ACCESS_KEY: z.string().trim().optional(),
});

/** How one process is to run. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Absolute. */
  readonly dataFolder: string;
  /** Where browsers and shops reach it; null: at the host and port it listens on. */
  readonly publicUrl: string | null;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly secureCookies: boolean;
  /** Which header of the proxy in front holds the visitor's address; null: nobody is in front. */
  readonly clientAddressHeader: string | null;
  readonly countryHeader: string | null;
  readonly corsOrigins: readonly string[];
  readonly requestsPerMinute: number;
  readonly beaconsPerMinute: number;
  readonly maxEventFileBytes: number;
  readonly shutdownMs: number;
  readonly payoutPolicy: PayoutPolicy;
}

/** Reads the environment; throws `ConfigError` with all mistakes at once. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const read = createEnv({
    server: variables,
    runtimeEnv: { ...environment },
    emptyStringAsUndefined: true,
    isServer: true,
    onValidationError: (issues) => {
      throw new ConfigError([
        ...issues.map(({ path, message }) => mistake(environment, path, message)),
        ...unknownNames(environment),
      ]);
    },
  });
  const unknown = unknownNames(environment);
  if (unknown.length > 0) throw new ConfigError(unknown);
  return {
    host: read.HOST,
    port: read.PORT,
    dataFolder: resolve(read.PROVISIE_DATA_DIR),
    publicUrl: read.PROVISIE_PUBLIC_URL ?? null,
    logLevel: read.PROVISIE_LOG_LEVEL,
    secureCookies: isSecure(read.PROVISIE_SECURE_COOKIES, read.PROVISIE_PUBLIC_URL),
    clientAddressHeader: read.PROVISIE_CLIENT_ADDRESS_HEADER ?? null,
    countryHeader: read.PROVISIE_COUNTRY_HEADER ?? null,
    corsOrigins: read.PROVISIE_CORS_ORIGINS ?? [],
    requestsPerMinute: read.PROVISIE_REQUESTS_PER_MINUTE,
    beaconsPerMinute: read.PROVISIE_BEACONS_PER_MINUTE,
    maxEventFileBytes: read.PROVISIE_MAX_EVENT_FILE_MB * 1_048_576,
    shutdownMs: read.PROVISIE_SHUTDOWN_SECONDS * 1000,
    payoutPolicy: {
      coolingMs: read.PROVISIE_PAYOUT_COOLING_HOURS * 3_600_000,
      approvalsRequired: read.PROVISIE_PAYOUT_APPROVALS === '2' ? 2 : 1,
    },
  };
}

/** The server that commands call, and as whom. */
export interface ClientConfig {
  /** Without a slash at the end. */
  readonly url: string;
  readonly accessKey: string | null;
}

/** Reads the environment of a command that calls a server; throws `ConfigError`. */
export function readClientConfig(
  environment: Readonly<Record<string, string | undefined>>,
): ClientConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, text]) => text !== ''));
  const read = clientVariables.safeParse(given);
  const mistakes = [
    ...(read.error?.issues ?? []).map(({ path, message }) => mistake(environment, path, message)),
    ...unknownNames(environment),
  ];
  if (!read.success || mistakes.length > 0) throw new ConfigError(mistakes);
  const { PORT, PROVISIE_URL, PROVISIE_ACCESS_KEY } = read.data;
  return {
    url: PROVISIE_URL ?? `http://127.0.0.1:${String(PORT)}`,
    accessKey: PROVISIE_ACCESS_KEY ?? null,
  };
}

/** Cookies are secure unless everything is served in the clear, as on a developer's machine. */
function isSecure(choice: 'true' | 'false' | undefined, publicUrl: string | undefined): boolean {
  return choice === undefined ? publicUrl?.startsWith('https:') === true : choice === 'true';
}

type IssuePath = readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;

function mistake(
  environment: Readonly<Record<string, string | undefined>>,
  path: IssuePath,
  message: string,
): string {
  const [first] = path ?? [];
  const name = String(typeof first === 'object' ? first.key : first);
  return `${name} ${message}; it is ${JSON.stringify(environment[name])}`;
}

/** A misspelt name would silently do nothing. */
function unknownNames(environment: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith('PROVISIE_') && !isKnown(name))
    .map((name) => `${name} is no variable of this program (misspelt?)`);
}

function isKnown(name: string): boolean {
  return Object.hasOwn(variables, name) || Object.hasOwn(clientVariables.shape, name);
}
