import {
  CLOCKS_DIFFER_MS,
  createEventIds,
  logAheadMs,
  type EventStore,
} from '@provisie/event-store';
import type { HttpEnv } from '@provisie/http';
import { createAccountKeys, createPayoutRuns, type PayoutPolicy } from '@provisie/payouts';
import { createCustomerKeys, SECRETS, type Vault } from '@provisie/privacy';
import type { ReadModel } from '@provisie/read-model';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { createAdminApi } from '../admin-api.ts';
import type { ApiLimits, ApiLog } from '../api-options.ts';
import { openKeyRing, type LiveKeyRing } from '../keys/key-ring.ts';

export interface OpenApiOptions {
  readonly store: EventStore;
  readonly readModel: ReadModel;
  readonly vault: Vault;
  readonly logger: ApiLog & { error(fields: object, message: string): void };
  readonly clientAddress: (context: Context) => string | null;
  readonly corsOrigins: readonly string[];
  /** Tracking links are this and `/r/{code}`; without a slash at the end. */
  readonly trackerBaseUrl: string;
  readonly payoutPolicy: PayoutPolicy;
  readonly limits: Partial<ApiLimits>;
}

/** The API with what runs behind it: the ring of access keys and the payout runs that were broken off. */
export interface OpenedApi {
  readonly app: OpenAPIHono<HttpEnv>;
  readonly keyRing: LiveKeyRing;
  /** Makes ids of new events. */
  readonly ids: () => string;
  /** Ends what runs behind it; the store, the read model and the vault stay open. */
  close(): Promise<void>;
}

/** Resolves when every access key of the log is known and the broken-off payout runs go on. */
export async function openApi(options: OpenApiOptions): Promise<OpenedApi> {
  const { store, readModel, vault, logger, payoutPolicy } = options;
  const stop = new AbortController();
  const onError = (part: string) => (error: unknown) => {
    logger.error({ err: error, part }, `${part}: something went wrong`);
  };
  try {
    await warnOfLogAhead(store, logger);
    const keyRing = await openKeyRing(store, {
      signal: stop.signal,
      onError: onError('access keys'),
    });
    const payoutRuns = createPayoutRuns({
      store,
      readModel,
      vault,
      now: Date.now,
      policy: payoutPolicy,
      signal: stop.signal,
      onError: onError('payout runs'),
    });
    await payoutRuns.resume();
    const ids = createEventIds();
    const app = createAdminApi({
      ...options,
      customerKeys: createCustomerKeys(await vault.secret(SECRETS.customerKeys)),
      accountKeys: createAccountKeys(await vault.secret(SECRETS.payoutAccounts)),
      keyRing,
      ids,
      now: Date.now,
      payoutRuns,
    });
    const close = async () => {
      stop.abort();
      await payoutRuns.idle();
    };
    return { app, keyRing, ids, close };
  } catch (error) {
    stop.abort();
    throw error;
  }
}

async function warnOfLogAhead(store: EventStore, logger: ApiLog): Promise<void> {
  const now = Date.now();
  const aheadMs = await logAheadMs(store, now);
  if (aheadMs <= CLOCKS_DIFFER_MS) return;
  const until = new Date(now + aheadMs).toISOString();
  logger.warn(
    { aheadMs, until },
    'the last event of the log was recorded later than it is now: until then, knownAt leaves out what is recorded',
  );
}
