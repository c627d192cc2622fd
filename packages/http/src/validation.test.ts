import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { expect, test } from 'vitest';
import type { HttpEnv } from './environment.ts';
import { problemErrorHandler } from './error-handler.ts';
import { validationHook } from './validation.ts';

const app = new OpenAPIHono<HttpEnv>({ defaultHook: validationHook });
app.onError(problemErrorHandler({ log: { error: () => undefined } }));
app.openapi(
  createRoute({
    method: 'post',
    path: '/orders/{id}',
    request: {
      params: z.object({ id: z.string().regex(/^[a-z]+$/) }),
      query: z.object({ limit: z.coerce.number().max(500).optional() }),
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z.strictObject({ 'a/b': z.int().min(0), kind: z.enum(['x', 'y']) }),
          },
        },
      },
    },
    responses: { 200: { description: 'ok' } },
  }),
  (c) => c.body(null, 200),
);

const post = (path: string, body: string) =>
  app.request(path, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json' },
  });

test.each([
  ['/orders/abc', '{"a/b":-1,"kind":"x"}', '/a~1b', 'at least 0'],
  ['/orders/abc', '{"a/b":1.5,"kind":"x"}', '/a~1b', 'int'],
  ['/orders/abc', '{"a/b":1,"kind":"z"}', '/kind', 'x | y'],
  ['/orders/abc', '{"a/b":1,"kind":"x","typo":1}', '', 'without typo'],
  ['/orders/ABC', '{"a/b":1,"kind":"x"}', 'param/id', '/^[a-z]+$/'],
  ['/orders/abc?limit=501', '{"a/b":1,"kind":"x"}', 'query/limit', 'at most 500'],
])('%s %s names %s and what would be right', async (path, body, at, expected) => {
  const response = await post(path, body);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    code: 'invalid_request',
    errors: [{ path: at, expected }],
  });
});

test('a body that is no JSON at all says so', async () => {
  const response = await post('/orders/abc', '{"a');
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 'malformed_json' });
});

test('a body of another media type is refused', async () => {
  const response = await app.request('/orders/abc', { method: 'POST', body: 'a=1' });
  expect(response.status).toBe(415);
});

test('what fits passes', async () => {
  expect((await post('/orders/abc?limit=5', '{"a/b":1,"kind":"x"}')).status).toBe(200);
});
