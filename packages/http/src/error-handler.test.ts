import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { requestId } from 'hono/request-id';
import { expect, test } from 'vitest';
import type { HttpEnv } from './environment.ts';
import { problemErrorHandler, problemFallback } from './error-handler.ts';
import { httpProblem } from './problem.ts';

class StoreError extends Error {
  readonly code = 'store_busy';
}

function appThatThrows(error: Error) {
  const logged: object[] = [];
  const app = new Hono<HttpEnv>();
  app.use(requestId());
  app.onError(
    problemErrorHandler({
      log: { error: (fields) => logged.push(fields) },
      translate: (thrown) =>
        thrown instanceof StoreError ? httpProblem('store_busy', 'Try again.') : null,
    }),
  );
  app.notFound(problemFallback(app));
  app.get('/', () => {
    throw error;
  });
  return { app, logged };
}

test.each([
  [httpProblem('rate_limited', 'Wait.'), 429, 'rate_limited'],
  [new HTTPException(400, { message: 'Malformed JSON' }), 400, 'malformed_json'],
  [new HTTPException(415), 415, 'unsupported_media_type'],
  [new StoreError('busy'), 503, 'store_busy'],
])('%s becomes %i %s', async (error, status, code) => {
  const { app, logged } = appThatThrows(error);
  const response = await app.request('/');
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ code, status });
  expect(logged).toEqual([]);
});

test('an unexpected error shows nothing of itself and is logged without what it quotes', async () => {
  const { app, logged } = appThatThrows(new Error('UNIQUE failed for anna@example.nl'));
  const response = await app.request('/', { headers: { 'X-Request-Id': 'req-1' } });
  expect(response.status).toBe(500);
  expect(response.headers.get('X-Request-Id')).toBe('req-1');
  const text = await response.text();
  expect(text).toContain('urn:request:req-1');
  expect(text).not.toContain('anna');
  expect(text).not.toContain('error-handler.test');
  expect(logged).toHaveLength(1);
  expect(logged[0]).toMatchObject({ requestId: 'req-1', err: { name: 'Error' } });
  expect(JSON.stringify(logged)).toContain('error-handler.test');
  expect(JSON.stringify(logged)).not.toContain('anna');
});

test('an unknown route is a problem too', async () => {
  const response = await appThatThrows(new Error('unused')).app.request('/nothing');
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ code: 'not_found' });
});

test('another method than a route takes is told which it takes', async () => {
  const app = new Hono<HttpEnv>();
  app.notFound(problemFallback(app));
  app.use('/v1/*', async (_, next) => next());
  app.get('/v1/orders/:id', (c) => c.text('ok'));
  app.delete('/v1/orders/:id', (c) => c.text('ok'));
  app.post('/v1/orders', (c) => c.text('ok'));

  const response = await app.request('/v1/orders/1', { method: 'PUT' });
  expect(response.status).toBe(405);
  expect(response.headers.get('Allow')).toBe('DELETE, GET, HEAD');
  expect(await response.json()).toMatchObject({ code: 'method_not_allowed' });
  expect((await app.request('/v1/orders')).headers.get('Allow')).toBe('POST');
  expect((await app.request('/v1/nothing')).status).toBe(404);
});
