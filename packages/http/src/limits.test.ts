import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { HttpEnv } from './environment.ts';
import { problemErrorHandler } from './error-handler.ts';
import { limitBody, limitTime } from './limits.ts';
import { apiSecurityHeaders } from './security-headers.ts';

function app() {
  const app = new Hono<HttpEnv>();
  app.onError(problemErrorHandler({ log: { error: () => undefined } }));
  app.use(apiSecurityHeaders(), limitBody(10), limitTime(50));
  app.post('/', async (c) => c.text(await c.req.text()));
  app.get('/slow', () => new Promise<Response>(() => undefined));
  return app;
}

test('a body of the limit passes, one byte more is refused, also when it is streamed', async () => {
  expect((await app().request('/', { method: 'POST', body: '0123456789' })).status).toBe(200);
  const streamed = new Request('http://api/', {
    method: 'POST',
    body: new Blob(['01234567890']).stream(),
    duplex: 'half',
  });
  const response = await app().request(streamed);
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ code: 'body_too_large' });
});

test('a handler that hangs is answered for, and the answer says what to do', async () => {
  const response = await app().request('/slow');
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ code: 'request_timeout' });
});

test('every answer tells browsers to run and frame nothing, failures too', async () => {
  for (const response of [
    await app().request('/', { method: 'POST', body: 'x' }),
    await app().request('/slow'),
  ]) {
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(response.headers.get('X-Frame-Options')).toBe('DENY');
  }
});
