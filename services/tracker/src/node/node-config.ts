import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { addressVariable } from '@provisie/engines';
import { headerName, hostName, logLevel, readVariables, wholeNumber } from '@provisie/process';
import type { Environment, LogLevel } from '@provisie/process';
import * as z from 'zod';
import { EDGE_VARIABLES, keyVariable, tokenVariable } from './secret-variables.ts';

const NODE_NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;

const variables = {
  PROVISIE_DATA_DIR: z.string().default('data'),
  PROVISIE_EVENT_STORE: z
    .string('must be the address of the log, such as postgres://user:password@host/database')
    .pipe(addressVariable('sqlite', 'postgresql', 'kurrent')),
  /** 0: any free port. */
  PORT: wholeNumber(0, 65_535, 8080),
  HOST: hostName.default('127.0.0.1'),
  PROVISIE_LOG_LEVEL: logLevel,
  PROVISIE_NODE_NAME: z
    .string()
    .regex(NODE_NAME, 'must be up to 40 of a-z, 0-9 and -, such as ams1')
    .optional(),
  PROVISIE_SECURE_COOKIES: z.enum(['true', 'false'], 'must be true or false').default('true'),
  PROVISIE_CLIENT_ADDRESS_HEADER: headerName.optional(),
  PROVISIE_COUNTRY_HEADER: headerName.optional(),
  PROVISIE_BEACONS_PER_MINUTE: wholeNumber(1, 10_000_000, 600),
  PROVISIE_SHUTDOWN_SECONDS: wholeNumber(1, 600, 20),
  PROVISIE_SPOOL_MAX_MB: wholeNumber(1, 10_000_000, 8192),
  PROVISIE_CUSTOMER_KEY: keyVariable.optional(),
  PROVISIE_IP_KEY: keyVariable.optional(),
  PROVISIE_LINK_DIRECTORY_URL: z
    .url({ protocol: /^https?$/, error: 'must be the address of a /link-directory' })
    .optional(),
  PROVISIE_REFRESH_SECONDS: wholeNumber(1, 86_400, 30),
  ...EDGE_VARIABLES,
} as const;

/** Those that may also be named as the file that holds them. */
const SECRETS = [
  'PROVISIE_EVENT_STORE',
  'PROVISIE_VAULT',
  'PROVISIE_CUSTOMER_KEY',
  'PROVISIE_IP_KEY',
  'PROVISIE_LINK_DIRECTORY_TOKEN',
  'PROVISIE_COLLECTOR_SECRET',
] as const;

/** Where the keys of customers and of addresses come from. */
export type KeySource =
  | { readonly kind: 'given'; readonly customers: Uint8Array; readonly addresses: Uint8Array }
  /** An address. */
  | { readonly kind: 'vault'; readonly vault: string };

/** How a tracker node is to run. */
export interface NodeConfig {
  readonly host: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  readonly nodeName: string;
  /** Absolute. */
  readonly dataFolder: string;
  /** An address. */
  readonly eventStore: string;
  readonly keys: KeySource;
  readonly secureCookies: boolean;
  readonly clientAddressHeader: string | null;
  readonly countryHeader: string | null;
  readonly beaconsPerMinute: number;
  readonly shutdownMs: number;
  readonly spoolMaxBytes: number;
  /** Null: the directory is given to nobody. */
  readonly directoryToken: string | null;
  /** Null: links come from the log. */
  readonly directoryUrl: string | null;
  readonly refreshMs: number;
  /** Null: touches of edge workers aren't taken. As `readSigningSecrets` reads them. */
  readonly collectorSecret: string | null;
}

/** Reads the environment, and the files it names for secrets; throws `ConfigError` with all mistakes at once. */
export function readNodeConfig(environment: Environment): NodeConfig {
  const read = readVariables(environment, variablesOf, {
    secrets: SECRETS,
    others: ['PROVISIE_READ_MODEL'],
  });
  const { PROVISIE_CUSTOMER_KEY: customers, PROVISIE_IP_KEY: addresses } = read;
  return {
    host: read.HOST,
    port: read.PORT,
    logLevel: read.PROVISIE_LOG_LEVEL,
    nodeName: read.PROVISIE_NODE_NAME ?? nameOfMachine(),
    dataFolder: resolve(read.PROVISIE_DATA_DIR),
    eventStore: read.PROVISIE_EVENT_STORE,
    keys:
      customers === undefined || addresses === undefined
        ? { kind: 'vault', vault: read.PROVISIE_VAULT ?? '' }
        : { kind: 'given', customers, addresses },
    secureCookies: read.PROVISIE_SECURE_COOKIES === 'true',
    clientAddressHeader: read.PROVISIE_CLIENT_ADDRESS_HEADER ?? null,
    countryHeader: read.PROVISIE_COUNTRY_HEADER ?? null,
    beaconsPerMinute: read.PROVISIE_BEACONS_PER_MINUTE,
    shutdownMs: read.PROVISIE_SHUTDOWN_SECONDS * 1000,
    spoolMaxBytes: read.PROVISIE_SPOOL_MAX_MB * 1_048_576,
    directoryToken: read.PROVISIE_LINK_DIRECTORY_TOKEN ?? null,
    directoryUrl: read.PROVISIE_LINK_DIRECTORY_URL ?? null,
    refreshMs: read.PROVISIE_REFRESH_SECONDS * 1000,
    collectorSecret: read.PROVISIE_COLLECTOR_SECRET ?? null,
  };
}

/** What some of them have to be depends on others. */
const variablesOf = (given: Environment) => ({
  ...variables,
  PROVISIE_VAULT: vaultVariable(given),
  PROVISIE_LINK_DIRECTORY_TOKEN: directoryTokenVariable(given),
});

/** A vault of its own would make keys of its own: the log would know every customer by two names. */
function vaultVariable(given: Environment) {
  const vault = addressVariable('sqlite', 'postgresql');
  if ('PROVISIE_CUSTOMER_KEY' in given && 'PROVISIE_IP_KEY' in given) return vault.optional();
  return z
    .string(
      'must be the address of the vault, unless PROVISIE_CUSTOMER_KEY and PROVISIE_IP_KEY are given',
    )
    .pipe(vault);
}

/** Whoever polls has to send one. */
function directoryTokenVariable(given: Environment) {
  if (!('PROVISIE_LINK_DIRECTORY_URL' in given)) return tokenVariable.optional();
  return z.string('must be given with PROVISIE_LINK_DIRECTORY_URL').pipe(tokenVariable);
}

function nameOfMachine(): string {
  const name = hostname()
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 40);
  return NODE_NAME.test(name) ? name : 'node';
}
