import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { HttpEnv } from './environment.ts';
import { problemErrorHandler } from './error-handler.ts';
import { idempotency } from './idempotency.ts';

function appWith(required: boolean, handle: () => Promise<void> = async () => undefined) {
  const app = new Hono<HttpEnv>();
  app.onError(problemErrorHandler({ log: { error: () => undefined } }));
  app.use(async (c, next) => {
    c.set('principal', { keyId: 'k1', scopes: [], partnerId: null });
    await next();
  });
  app.post('/keys', idempotency({ required }), async (c) => {
    await handle();
    return c.json({ seen: c.get('idempotency'), body: await c.req.json<unknown>() });
  });
  return app;
}

const post = (app: Hono<HttpEnv>, key: string | null, body = '{}') =>
  app.request('/keys', {
    method: 'POST',
    body,
    headers: key === null ? {} : { 'Idempotency-Key': key },
  });

test('missing where it is needed: 400; fine where it is not', async () => {
  const response = await post(appWith(true), null);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 'idempotency_key_missing' });
  expect(await (await post(appWith(false), null)).json()).toEqual({ seen: null, body: {} });
});

test('names the request and hashes the body, which the handler can still read', async () => {
  const app = appWith(true);
  const seen = async (body: string) => {
    const answer = z
      .object({
        seen: z.object({ name: z.array(z.string()), requestHash: z.string() }),
        body: z.unknown(),
      })
      .parse(await (await post(app, 'abc', body)).json());
    expect(answer.body).toEqual(JSON.parse(body));
    return answer.seen;
  };
  const first = await seen('{"a":1}');
  expect(first.name).toEqual(['k1', 'POST /keys', 'abc']);
  expect(first.requestHash).toMatch(/^[0-9a-f]{64}$/);
  expect(await seen('{"a":1}')).toEqual(first);
  expect((await seen('{"a":2}')).requestHash).not.toBe(first.requestHash);
});

test('the same key while it is being handled: 409, and free again afterwards', async () => {
  const { promise: finish, resolve: letFinish } = Promise.withResolvers<void>();
  const { promise: started, resolve: hasStarted } = Promise.withResolvers<void>();
  const app = appWith(true, async () => {
    hasStarted();
    await finish;
  });
  const first = post(app, 'abc');
  await started;
  const second = await post(app, 'abc');
  expect(second.status).toBe(409);
  expect(await second.json()).toMatchObject({ code: 'idempotency_in_progress' });
  letFinish();
  expect((await first).status).toBe(200);
  expect((await post(app, 'abc')).status).toBe(200);
});

test.each(['ü', 'with space', 'x'.repeat(256)])('the key %j is refused', async (key) => {
  const app = appWith(true);
  const response = await app.request(
    new Request('http://api/keys', {
      method: 'POST',
      body: '{}',
      headers: { 'Idempotency-Key': key },
    }),
  );
  expect(response.status).toBe(400);
});
