import { resolve } from 'node:path';
import { API_VARIABLES, payoutPolicyOf } from '@provisie/admin-api/variables';
import { STORE_SECRETS, STORE_VARIABLES, storesOf, type Stores } from '@provisie/engines/variables';
import type { PayoutPolicy } from '@provisie/payouts';
import {
  headerName,
  origin,
  readVariables,
  wholeNumber,
  type Environment,
  type LogLevel,
} from '@provisie/process';
import { EDGE_VARIABLES } from '@provisie/tracker/variables';
import { z } from 'zod';

const variables = {
  ...API_VARIABLES,
  ...EDGE_VARIABLES,
  ...STORE_VARIABLES,
  PROVISIE_SECURE_COOKIES: z.enum(['true', 'false'], 'must be true or false').optional(),
  PROVISIE_COUNTRY_HEADER: headerName.optional(),
  PROVISIE_BEACONS_PER_MINUTE: wholeNumber(1, 10_000_000, 600),
  PROVISIE_MAX_EVENT_FILE_MB: wholeNumber(1, 100_000_000, 100_000_000),
} as const;

const SECRETS = [...STORE_SECRETS, ...Object.keys(EDGE_VARIABLES)];

/** What the commands read that call a running server. */
const clientVariables = {
  PORT: variables.PORT,
  PROVISIE_URL: origin.optional(),
  PROVISIE_ACCESS_KEY: z.string().trim().optional(),
} as const;

/** How one process is to run. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Absolute. */
  readonly dataFolder: string;
  /** In the data folder, unless they are said to be elsewhere. */
  readonly stores: Stores;
  /** Where browsers and shops reach it; null: at the host and port it listens on. */
  readonly publicUrl: string | null;
  readonly logLevel: LogLevel;
  readonly secureCookies: boolean;
  /** Which header of the proxy in front holds the visitor's address; null: nobody is in front. */
  readonly clientAddressHeader: string | null;
  readonly countryHeader: string | null;
  readonly corsOrigins: readonly string[];
  readonly requestsPerMinute: number;
  /** Of one address that shows no valid key. */
  readonly unknownRequestsPerMinute: number;
  readonly beaconsPerMinute: number;
  readonly maxEventFileBytes: number;
  /** Null: the links are given to nobody. */
  readonly directoryToken: string | null;
  /** Null: touches of edge workers aren't taken. As `readSigningSecrets` reads them. */
  readonly collectorSecret: string | null;
  readonly shutdownMs: number;
  readonly payoutPolicy: PayoutPolicy;
}

/** Reads the environment; throws `ConfigError` with all mistakes at once. */
export function readConfig(environment: Environment): Config {
  const read = readVariables(environment, variables, {
    secrets: SECRETS,
    others: Object.keys(clientVariables),
  });
  return {
    host: read.HOST,
    port: read.PORT,
    dataFolder: resolve(read.PROVISIE_DATA_DIR),
    stores: storesOf(read),
    publicUrl: read.PROVISIE_PUBLIC_URL ?? null,
    logLevel: read.PROVISIE_LOG_LEVEL,
    secureCookies: isSecure(read.PROVISIE_SECURE_COOKIES, read.PROVISIE_PUBLIC_URL),
    clientAddressHeader: read.PROVISIE_CLIENT_ADDRESS_HEADER ?? null,
    countryHeader: read.PROVISIE_COUNTRY_HEADER ?? null,
    corsOrigins: read.PROVISIE_CORS_ORIGINS ?? [],
    requestsPerMinute: read.PROVISIE_REQUESTS_PER_MINUTE,
    unknownRequestsPerMinute: read.PROVISIE_UNKNOWN_REQUESTS_PER_MINUTE,
    beaconsPerMinute: read.PROVISIE_BEACONS_PER_MINUTE,
    maxEventFileBytes: read.PROVISIE_MAX_EVENT_FILE_MB * 1_048_576,
    directoryToken: read.PROVISIE_LINK_DIRECTORY_TOKEN ?? null,
    collectorSecret: read.PROVISIE_COLLECTOR_SECRET ?? null,
    shutdownMs: read.PROVISIE_SHUTDOWN_SECONDS * 1000,
    payoutPolicy: payoutPolicyOf(read),
  };
}

/** The server that commands call, and as whom. */
export interface ClientConfig {
  /** Without a slash at the end. */
  readonly url: string;
  readonly accessKey: string | null;
}

/** Reads the environment of a command that calls a server; throws `ConfigError`. */
export function readClientConfig(environment: Environment): ClientConfig {
  const others = [...Object.keys(variables), ...SECRETS.map((name) => `${name}_FILE`)];
  const read = readVariables(environment, clientVariables, {
    secrets: ['PROVISIE_ACCESS_KEY'],
    others,
  });
  const { PORT, PROVISIE_URL, PROVISIE_ACCESS_KEY } = read;
  return {
    url: PROVISIE_URL ?? `http://127.0.0.1:${String(PORT)}`,
    accessKey: PROVISIE_ACCESS_KEY ?? null,
  };
}

/** Cookies are secure unless everything is served in the clear, as on a developer's machine. */
function isSecure(choice: 'true' | 'false' | undefined, publicUrl: string | undefined): boolean {
  return choice === undefined ? publicUrl?.startsWith('https:') === true : choice === 'true';
}
