import { STORE_SECRETS, STORE_VARIABLES, storesOf } from '@provisie/engines';
import {
  hostName,
  logLevel,
  readVariables,
  wholeNumber,
  type Environment,
  type LogLevel,
} from '@provisie/process';

const { PROVISIE_DATA_DIR, PROVISIE_EVENT_STORE, PROVISIE_READ_MODEL, PROVISIE_VAULT } =
  STORE_VARIABLES;

const variables = {
  PROVISIE_DATA_DIR,
  PROVISIE_EVENT_STORE,
  PROVISIE_READ_MODEL,
  /** A projector has no use for it; whoever sets it for all processes makes no mistake. */
  PROVISIE_VAULT,
  /** Of the pages about the process itself. 0: any free one. */
  PORT: wholeNumber(0, 65_535, 9464),
  HOST: hostName.default('127.0.0.1'),
  PROVISIE_LOG_LEVEL: logLevel,
  PROVISIE_SHUTDOWN_SECONDS: wholeNumber(1, 600, 20),
  PROVISIE_BATCH_EVENTS: wholeNumber(1, 10_000, 500),
  PROVISIE_MAX_LAG_SECONDS: wholeNumber(1, 86_400, 30),
  PROVISIE_KEEP_RETIRED_MINUTES: wholeNumber(1, 10_080, 10),
  PROVISIE_KEEP_OLDER_HOURS: wholeNumber(0, 8_760, 24),
} as const;

/** How a projector is to run. */
export interface ProjectorConfig {
  readonly host: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  /** Addresses. */
  readonly eventStore: string;
  readonly readModel: string;
  readonly shutdownMs: number;
  readonly batchSize: number;
  readonly maxLagMs: number;
  /** How long generations stay that another one took the place of. */
  readonly sweepTimes: { readonly retiredMs: number; readonly olderVersionMs: number };
}

/** Reads the environment; throws `ConfigError` with all mistakes at once. */
export function readProjectorConfig(environment: Environment): ProjectorConfig {
  const read = readVariables(environment, variables, { secrets: STORE_SECRETS });
  const { eventStore, readModel } = storesOf(read);
  return {
    host: read.HOST,
    port: read.PORT,
    logLevel: read.PROVISIE_LOG_LEVEL,
    eventStore,
    readModel,
    shutdownMs: read.PROVISIE_SHUTDOWN_SECONDS * 1000,
    batchSize: read.PROVISIE_BATCH_EVENTS,
    maxLagMs: read.PROVISIE_MAX_LAG_SECONDS * 1000,
    sweepTimes: {
      retiredMs: read.PROVISIE_KEEP_RETIRED_MINUTES * 60_000,
      olderVersionMs: read.PROVISIE_KEEP_OLDER_HOURS * 3_600_000,
    },
  };
}
