import { Writable } from 'node:stream';
import { Hono } from 'hono';
import { requestId } from 'hono/request-id';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { accessLog } from './access-log.ts';
import type { HttpEnv } from './environment.ts';
import { problemErrorHandler, problemFallback } from './error-handler.ts';

const CANARY = 'canary-7f3a';

function appWithLog() {
  const lines: string[] = [];
  const log = pino(
    { base: null },
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString());
        done();
      },
    }),
  );
  const app = new Hono<HttpEnv>();
  app.use(requestId(), accessLog(log));
  app.onError(problemErrorHandler({ log }));
  app.notFound(problemFallback(app));
  app.post('/orders/:id', async (c) => c.text(await c.req.text()));
  app.get('/fail/:id', (c) => {
    throw new Error(`no such ${c.req.param('id')}`);
  });
  return { app, lines };
}

test('a request leaves its route, status and duration', async () => {
  const { app, lines } = appWithLog();
  const aNumber: unknown = expect.any(Number);
  await app.request('/orders/1', { method: 'POST', headers: { 'X-Request-Id': 'r1' } });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    requestId: 'r1',
    method: 'POST',
    route: '/orders/:id',
    status: 200,
    durationMs: aNumber,
  });
});

test('nothing that a caller sent stands in the log', async () => {
  const { app, lines } = appWithLog();
  const headers = {
    'User-Agent': CANARY,
    'X-Forwarded-For': CANARY,
    Referer: `https://${CANARY}.nl/`,
    Cookie: CANARY,
    Authorization: `Bearer ${CANARY}`,
    'X-Request-Id': `${CANARY}@example.nl`,
  };
  await app.request(`/orders/${CANARY}?email=${CANARY}&${CANARY}=1`, {
    method: 'POST',
    body: CANARY,
    headers,
  });
  await app.request(`/fail/${CANARY}?q=${CANARY}`, { headers });
  await app.request(`/${CANARY}`, { headers });
  expect(lines.length).toBeGreaterThanOrEqual(4);
  expect(lines.join('')).toContain('"status":500');
  expect(lines.join('')).toContain('"status":404');
  expect(lines.join('')).not.toContain(CANARY);
});
