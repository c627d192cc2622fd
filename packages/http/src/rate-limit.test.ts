import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { HttpEnv } from './environment.ts';
import { problemErrorHandler } from './error-handler.ts';
import { rateLimit } from './rate-limit.ts';

test('counts each caller apart, says what is left, and answers 429 beyond', async () => {
  const app = new Hono<HttpEnv>();
  app.onError(problemErrorHandler({ log: { error: () => undefined } }));
  app.use(
    rateLimit({
      policy: 'key',
      requests: 2,
      windowSeconds: 60,
      counted: (c) => c.req.header('X-Caller') ?? '',
    }),
  );
  app.get('/', (c) => c.text('ok'));
  const get = (caller: string) => app.request('/', { headers: { 'X-Caller': caller } });

  const first = await get('a');
  expect(first.status).toBe(200);
  expect(first.headers.get('RateLimit-Policy')).toBe('"key";q=2;w=60');
  expect(first.headers.get('RateLimit')).toMatch(/^"key";r=1;t=\d+$/);
  expect((await get('a')).status).toBe(200);
  const third = await get('a');
  expect(third.status).toBe(429);
  expect(third.headers.get('RateLimit')).toMatch(/^"key";r=0;t=\d+$/);
  expect(Number(third.headers.get('Retry-After'))).toBeGreaterThan(0);
  expect(await third.json()).toMatchObject({ code: 'rate_limited' });
  expect((await get('b')).status).toBe(200);
});
