import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from '@hono/zod-openapi';
import type { Scope } from '@provisie/domain';
import {
  bearerAuth,
  clientNetwork,
  countRequests,
  idempotency,
  rateLimit,
  utf8Json,
} from '@provisie/http';
import type { HttpEnv, RequestCounter } from '@provisie/http';
import { DEFAULT_PAYOUT_POLICY } from '@provisie/payouts';
import type { PayoutPolicy } from '@provisie/payouts';
import type { Context, MiddlewareHandler } from 'hono';
import type { AdminApiOptions, ApiLimits } from './api-options.ts';
import type { Changed, Command } from './change-stream.ts';
import { changeStream } from './change-stream.ts';
import { waitForPosition } from './wait-for-position.ts';

/** The name of the security scheme in the OpenAPI document. */
export const ACCESS_KEY = 'accessKey';

/** What every endpoint gets: the app it adds itself to, the ports, and how routes are guarded. */
export interface Api extends AdminApiOptions {
  readonly payoutPolicy: PayoutPolicy;
  readonly app: OpenAPIHono<HttpEnv>;
  readonly allLimits: ApiLimits;
  /** Counts a request that shows no valid key or signature by the client's address. */
  readonly countUnknown: RequestCounter;
  /** For a route that reads: who may, and waiting for a position. */
  readonly reads: (...scopes: readonly [Scope, ...Scope[]]) => Guard;
  /** For a route that writes: who may, and repeating safely. */
  readonly writes: (...scopes: readonly [Scope, ...Scope[]]) => Guard;
  /** For a route that writes and has no name of its own for what it makes. */
  readonly writesOnce: (...scopes: readonly [Scope, ...Scope[]]) => Guard;
}

/** Spread into a route: its part of the OpenAPI document, and what runs before its handler. */
interface Guard {
  readonly security: Record<string, string[]>[];
  readonly parameters: ReturnType<typeof idempotencyKey>[];
  readonly middleware: MiddlewareHandler<HttpEnv>[];
}

/** Of the document only: `idempotency` reads it. */
const idempotencyKey = (required: boolean) => ({
  name: 'Idempotency-Key',
  in: 'header' as const,
  required,
  description: 'A value of your own, such as a UUID; the same one when you repeat the request.',
  schema: { type: 'string' as const, minLength: 1, maxLength: 255 },
});

/** Adds one or more routes. */
export type Endpoint = (api: Api) => void;

export function createApi(
  app: OpenAPIHono<HttpEnv>,
  options: AdminApiOptions,
  limits: ApiLimits,
): Api {
  const limiter = rateLimit({
    policy: 'access-key',
    requests: limits.requestsPerMinute,
    windowSeconds: 60,
    counted: (c) => c.get('principal').keyId,
  });
  const countUnknown = unknownCounter(options, limits);
  const wait = waitForPosition(options.readModel, limits.waitMs);
  const guard =
    (parameters: Guard['parameters'], ...more: readonly MiddlewareHandler<HttpEnv>[]) =>
    (...scopes: readonly Scope[]): Guard => ({
      security: [{ [ACCESS_KEY]: [...scopes] }],
      parameters,
      middleware: [bearerAuth(options.keyRing, scopes, countUnknown), limiter, ...more],
    });
  return {
    ...options,
    payoutPolicy: { ...DEFAULT_PAYOUT_POLICY, ...options.payoutPolicy },
    app,
    allLimits: limits,
    countUnknown,
    reads: guard([], wait),
    writes: guard([idempotencyKey(false)], utf8Json(), idempotency({ required: false })),
    writesOnce: guard([idempotencyKey(true)], utf8Json(), idempotency({ required: true })),
  };
}

function unknownCounter(
  { clientAddress }: AdminApiOptions,
  { unknownPerMinute }: ApiLimits,
): RequestCounter {
  if (clientAddress === undefined) return async () => ({});
  return countRequests({
    policy: 'client-address',
    requests: unknownPerMinute,
    windowSeconds: 60,
    counted: (c) => clientNetwork(clientAddress(c) ?? ''),
  });
}

/** Carries out what the caller of `c` asks for. */
export function change(
  api: Api,
  c: Context<HttpEnv>,
  command: Pick<Command, 'stream' | 'decide'>,
): Promise<Changed> {
  const by = c.get('principal').keyId;
  return changeStream(api, { ...command, by, idempotency: c.get('idempotency') });
}

/** Every answer to a write has it: a read that waits for it sees the write. */
export const writtenPosition = z
  .int()
  .openapi({ description: 'Place in the log; a read may wait for it.', example: 1042 });

/** Puts the position into the header `Provisie-Position` and the body. */
export function written<Body extends object>(
  c: Context<HttpEnv>,
  changed: Pick<Changed, 'position'>,
  body: Body,
): Body & { position: number } {
  c.header('Provisie-Position', String(changed.position));
  return { ...body, position: changed.position };
}
