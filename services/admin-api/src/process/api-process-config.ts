import { STORE_SECRETS, STORE_VARIABLES, storesOf, type Stores } from '@provisie/engines/variables';
import type { PayoutPolicy } from '@provisie/payouts';
import { origin, readVariables, type Environment, type LogLevel } from '@provisie/process';
import { API_VARIABLES, payoutPolicyOf } from './api-variables.ts';

const variables = {
  ...API_VARIABLES,
  ...STORE_VARIABLES,
  PROVISIE_PUBLIC_URL: origin,
} as const;

/** How a process of the API alone is to run. */
export interface ApiProcessConfig {
  readonly host: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  readonly stores: Stores;
  /** Of the trackers: tracking links begin with it. */
  readonly publicUrl: string;
  readonly clientAddressHeader: string | null;
  readonly corsOrigins: readonly string[];
  readonly limits: {
    readonly requestsPerMinute: number;
    readonly unknownPerMinute: number;
  };
  readonly shutdownMs: number;
  readonly payoutPolicy: PayoutPolicy;
}

/** Reads the environment; throws `ConfigError` with all mistakes at once. */
export function readApiProcessConfig(environment: Environment): ApiProcessConfig {
  const read = readVariables(environment, variables, { secrets: STORE_SECRETS });
  return {
    host: read.HOST,
    port: read.PORT,
    logLevel: read.PROVISIE_LOG_LEVEL,
    stores: storesOf(read),
    publicUrl: read.PROVISIE_PUBLIC_URL,
    clientAddressHeader: read.PROVISIE_CLIENT_ADDRESS_HEADER ?? null,
    corsOrigins: read.PROVISIE_CORS_ORIGINS ?? [],
    limits: {
      requestsPerMinute: read.PROVISIE_REQUESTS_PER_MINUTE,
      unknownPerMinute: read.PROVISIE_UNKNOWN_REQUESTS_PER_MINUTE,
    },
    shutdownMs: read.PROVISIE_SHUTDOWN_SECONDS * 1000,
    payoutPolicy: payoutPolicyOf(read),
  };
}
