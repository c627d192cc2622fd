import type { Instant } from '@provisie/domain';
import type { EventStore } from '@provisie/event-store';
import type { AccessLog, ErrorLog } from '@provisie/http';
import type { AccountKeys, PayoutPolicy, PayoutRuns } from '@provisie/payouts';
import type { CustomerKeys, Vault } from '@provisie/privacy';
import type { ReadModel } from '@provisie/read-model';
import type { Context } from 'hono';
import type { LiveKeyRing } from './keys/key-ring.ts';

export interface ApiLimits {
  readonly bodyBytes: number;
  /** Of what a bank reports on many payments. */
  readonly bankFileBytes: number;
  /** Of one request. */
  readonly timeoutMs: number;
  /** A read waits at most so long for a position. */
  readonly waitMs: number;
  /** Of one access key, or of one shop's webhooks. */
  readonly requestsPerMinute: number;
  /** Of one client address, of requests without a valid key or signature. */
  readonly unknownPerMinute: number;
}

export const DEFAULT_LIMITS: ApiLimits = {
  bodyBytes: 1_048_576,
  bankFileBytes: 33_554_432,
  timeoutMs: 30_000,
  waitMs: 5_000,
  requestsPerMinute: 6_000,
  unknownPerMinute: 120,
};

/** From when on a lagging read model makes the service not ready. */
export interface ReadinessBounds {
  readonly maxLagPositions: number;
  /** Of the oldest event that the read model has not handled. */
  readonly maxLagMs: number;
}

export const DEFAULT_READINESS: ReadinessBounds = { maxLagPositions: 100_000, maxLagMs: 30_000 };

export interface ApiLog extends AccessLog, ErrorLog {
  warn(fields: object, message: string): void;
}

export interface AdminApiOptions {
  readonly store: EventStore;
  readonly readModel: ReadModel;
  readonly vault: Vault;
  readonly customerKeys: CustomerKeys;
  readonly accountKeys: AccountKeys;
  /** From `openKeyRing`. */
  readonly keyRing: LiveKeyRing;
  /** Ids of new events. */
  readonly ids: () => string;
  readonly now: () => Instant;
  /** A pino logger fits. */
  readonly logger: ApiLog;
  readonly limits?: Partial<ApiLimits>;
  /**
   * Who sent a request, null when it can't be told; used to count requests that show no valid key, never
   * kept or logged. Without it they aren't limited.
   */
  readonly clientAddress?: (context: Context) => string | null;
  /** Where partner portals are served from; only `/v1/me` answers browsers elsewhere. */
  readonly corsOrigins?: readonly string[];
  /** Tracking links are this and `/r/{code}`; without a slash at the end. */
  readonly trackerBaseUrl: string;
  readonly readiness?: Partial<ReadinessBounds>;
  readonly payoutPolicy?: Partial<PayoutPolicy>;
  /** From `createPayoutRuns`, with the same policy. */
  readonly payoutRuns: PayoutRuns;
}
