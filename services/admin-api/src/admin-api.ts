import { OpenAPIHono } from '@hono/zod-openapi';
import {
  accessLog,
  apiSecurityHeaders,
  limitBody,
  limitTime,
  problemErrorHandler,
  problemFallback,
  validationHook,
} from '@provisie/http';
import type { HttpEnv } from '@provisie/http';
import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { requestId } from 'hono/request-id';
import { createApi } from './api.ts';
import { DEFAULT_LIMITS } from './api-options.ts';
import type { AdminApiOptions, ApiLimits } from './api-options.ts';
import { ENDPOINTS } from './endpoints.ts';
import { BANK_FILES } from './payouts/payouts-endpoints.ts';
import { translateError } from './problems.ts';

const MAX_REQUEST_ID_LENGTH = 64;

/** The admin, finance, partner and order ingestion API. It opens nothing and closes nothing of what it is given. */
export function createAdminApi(options: AdminApiOptions): OpenAPIHono<HttpEnv> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const app = new OpenAPIHono<HttpEnv>({ defaultHook: validationHook });
  app.onError(problemErrorHandler({ log: options.logger, translate: translateError }));
  app.notFound(problemFallback(app));
  app.use(
    requestId({ limitLength: MAX_REQUEST_ID_LENGTH }),
    accessLog(options.logger, options.now),
    apiSecurityHeaders(),
    limitTime(limits.timeoutMs),
    limitBodies(limits),
  );
  app.use('/v1/*', async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-store');
  });
  app.use('/v1/me/*', forBrowsers(options.corsOrigins ?? []));
  const api = createApi(app, options, limits);
  for (const endpoint of ENDPOINTS) endpoint(api);
  return app;
}

function limitBodies({ bodyBytes, bankFileBytes }: ApiLimits): MiddlewareHandler<HttpEnv> {
  const usual = limitBody(bodyBytes);
  const ofBankFiles = limitBody(bankFileBytes);
  return (c, next) => (c.req.path === BANK_FILES ? ofBankFiles : usual)(c, next);
}

/** Only partner portals call from a browser, with the partner's own key. */
function forBrowsers(origins: readonly string[]) {
  return cors({
    origin: [...origins],
    allowMethods: ['GET', 'POST', 'PUT'],
    allowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'Provisie-Position'],
    exposeHeaders: ['Link', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id'],
    maxAge: 600,
  });
}
