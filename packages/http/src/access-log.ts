import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import type { HttpEnv } from './environment.ts';

/** Where requests are written. A pino logger fits. */
export interface AccessLog {
  info(fields: object, message: string): void;
}

/**
 * One line a request: the route's pattern (never the path, whose parts may say something of a person), no query,
 * no body, no address, no agent; the caller is the access key's id.
 */
export function accessLog(log: AccessLog, now: () => number = Date.now) {
  return createMiddleware<HttpEnv>(async (c, next) => {
    const startedAt = now();
    await next();
    log.info(
      {
        requestId: c.get('requestId'),
        method: c.req.method,
        route: routeOf(c),
        status: c.res.status,
        durationMs: now() - startedAt,
        keyId: principalIdOf(c),
        problem: c.get('problemCode'),
      },
      'request',
    );
  });
}

function routeOf(c: Context<HttpEnv>): string {
  const pattern = routePath(c, -1);
  return pattern === '' || pattern === '*' || pattern === '/*' ? 'none' : pattern;
}

function principalIdOf(c: Context<HttpEnv>): string | undefined {
  const principal: { keyId: string } | undefined = c.get('principal');
  return principal?.keyId;
}
