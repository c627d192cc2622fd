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
      headers: z.object({
        currency: z
          .string()
          .regex(/^[A-Z]{3}$/, 'a code such as EUR')
          .optional(),
      }),
      query: z.strictObject({
        limit: z.coerce.number().max(500).optional(),
        day: z.iso.date().optional(),
        at: z.iso.datetime({ offset: true }).optional(),
        email: z.email().optional(),
      }),
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
  ['/orders/abc', '{"a/b":1.5,"kind":"x"}', '/a~1b', 'a whole number'],
  ['/orders/abc', '{"a/b":1,"kind":"z"}', '/kind', 'x | y'],
  ['/orders/abc', '{"a/b":1,"kind":"x","typo":1}', '', 'without typo'],
  ['/orders/ABC', '{"a/b":1,"kind":"x"}', 'param/id', '/^[a-z]+$/'],
  ['/orders/abc?limit=501', '{"a/b":1,"kind":"x"}', 'query/limit', 'at most 500'],
  ['/orders/abc?limits=5', '{"a/b":1,"kind":"x"}', 'query', 'without limits'],
  ['/orders/abc?day=2026-02-30', '{"a/b":1,"kind":"x"}', 'query/day', 'a day such as 2026-03-01'],
  [
    '/orders/abc?at=2026-02-30T00:00:00Z',
    '{"a/b":1,"kind":"x"}',
    'query/at',
    'a moment with its offset, such as 2026-03-01T09:30:00Z',
  ],
  [
    '/orders/abc?email=anna',
    '{"a/b":1,"kind":"x"}',
    'query/email',
    'an e-mail address such as anna@example.nl',
  ],
])('%s %s names %s and what would be right', async (path, body, at, expected) => {
  const response = await post(path, body);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    code: 'invalid_request',
    errors: [{ path: at, expected }],
  });
});

test.each([
  [
    'a name that is not known',
    {},
    '{"a/b":1,"kind":"x","typo":1}',
    '',
    'there is no typo here; known are a/b, kind',
    'without typo',
  ],
  ['a value that is missing', {}, '{"kind":"x"}', '/a~1b', 'is missing', 'number'],
  [
    'a pattern explained in words',
    { currency: 'euro' },
    '{"a/b":1,"kind":"x"}',
    'header/currency',
    'has another form',
    'a code such as EUR',
  ],
])('%s is told in words', async (_, headers, body, path, problem, expected) => {
  const response = await app.request('/orders/abc', {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json', ...headers },
  });
  expect(await response.json()).toMatchObject({ errors: [{ path, problem, expected }] });
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
