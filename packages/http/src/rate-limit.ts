import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { HttpEnv } from './environment.ts';
import { httpProblem } from './problem.ts';

export interface RateLimitOptions {
  /** Stands in the headers, so that a client knows which limit it met. */
  readonly policy: string;
  readonly requests: number;
  readonly windowSeconds: number;
  /** Who is counted: an access key, a shop, an address. Kept in memory for the window, and nowhere else. */
  readonly counted: (c: Context<HttpEnv>) => string;
}

/**
 * Counts one request of a caller and resolves to the headers of its answer, `RateLimit` and `RateLimit-Policy`
 * (draft-ietf-httpapi-ratelimit-headers). Throws `rate_limited` above the limit.
 */
export type RequestCounter = (c: Context<HttpEnv>) => Promise<Readonly<Record<string, string>>>;

/** At most so many requests of one caller in a window, counted in this process. */
export function countRequests(options: RateLimitOptions): RequestCounter {
  const limiter = new RateLimiterMemory({
    points: options.requests,
    duration: options.windowSeconds,
  });
  const policy = `"${options.policy}";q=${String(options.requests)};w=${String(options.windowSeconds)}`;
  return async (c) => {
    const state = await consume(limiter, options.counted(c));
    const secondsLeft = Math.ceil(state.msBeforeNext / 1000);
    const headers = {
      'RateLimit-Policy': policy,
      RateLimit: `"${options.policy}";r=${String(state.remaining)};t=${String(secondsLeft)}`,
    };
    if (!state.allowed) {
      throw httpProblem(
        'rate_limited',
        `At most ${String(options.requests)} requests in ${String(options.windowSeconds)} s; go on in ${String(secondsLeft)} s.`,
        { headers: { ...headers, 'Retry-After': String(secondsLeft) } },
      );
    }
    return headers;
  };
}

/** Counts every request that comes by; beyond the limit it is answered 429. */
export function rateLimit(options: RateLimitOptions) {
  const count = countRequests(options);
  return createMiddleware<HttpEnv>(async (c, next) => {
    const headers = await count(c);
    await next();
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
  });
}

async function consume(limiter: RateLimiterMemory, key: string) {
  try {
    const state = await limiter.consume(key);
    return { allowed: true, remaining: state.remainingPoints, msBeforeNext: state.msBeforeNext };
  } catch (refusal) {
    // The library rejects with its own result when the limit is met, and with an Error otherwise.
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    return { allowed: false, remaining: 0, msBeforeNext: refusal.msBeforeNext };
  }
}
