import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { HttpEnv } from '../environment.ts';
import { problemErrorHandler } from '../error-handler.ts';
import { countRequests } from '../rate-limit.ts';
import { createApiKey, hashApiKey } from './api-key.ts';
import { bearerAuth } from './bearer-auth.ts';
import type { KeyRing, Principal } from './principal.ts';

const finance = createApiKey();
const principal: Principal = { keyId: 'k1', scopes: ['finance'], partnerId: null };
const lookedUp: string[] = [];
const keyRing: KeyRing = {
  find(secretHash) {
    lookedUp.push(secretHash);
    return secretHash === hashApiKey(finance) ? principal : null;
  },
};

const app = new Hono<HttpEnv>();
app.onError(problemErrorHandler({ log: { error: () => undefined } }));
app.get('/money', bearerAuth(keyRing, ['admin', 'finance']), (c) => c.json(c.get('principal')));
app.get('/keys', bearerAuth(keyRing, ['admin']), (c) => c.text('ok'));

const get = (path: string, authorization?: string) =>
  app.request(path, authorization ? { headers: { Authorization: authorization } } : {});

test('a key with one of the scopes gets in', async () => {
  const response = await get('/money', `Bearer ${finance}`);
  expect(await response.json()).toEqual(principal);
});

test.each([
  [undefined, 'Bearer'],
  ['Basic YTpi', 'Bearer error="invalid_token"'],
  [`Bearer ${createApiKey()}`, 'Bearer error="invalid_token"'],
])('%s is answered 401', async (authorization, challenge) => {
  const response = await get('/money', authorization);
  expect(response.status).toBe(401);
  expect(response.headers.get('WWW-Authenticate')).toBe(challenge);
  expect(await response.json()).toMatchObject({ code: 'not_authenticated' });
});

test('too many without a valid key are answered 429; one with a key is not counted', async () => {
  const limited = new Hono<HttpEnv>();
  limited.onError(problemErrorHandler({ log: { error: () => undefined } }));
  const count = countRequests({
    policy: 'client-address',
    requests: 2,
    windowSeconds: 60,
    counted: () => 'one address',
  });
  limited.get('/money', bearerAuth(keyRing, ['finance'], count), (c) => c.text('ok'));
  const call = (key: string) =>
    limited.request('/money', { headers: { Authorization: `Bearer ${key}` } });

  const first = await call('nothing');
  expect(first.status).toBe(401);
  expect(first.headers.get('RateLimit-Policy')).toBe('"client-address";q=2;w=60');
  expect(first.headers.get('RateLimit')).toMatch(/^"client-address";r=1;t=\d+$/);
  expect((await call(createApiKey())).status).toBe(401);
  const third = await call('nothing');
  expect(third.status).toBe(429);
  expect(Number(third.headers.get('Retry-After'))).toBeGreaterThan(0);
  const known = await call(finance);
  expect([known.status, known.headers.get('RateLimit')]).toEqual([200, null]);
});

test('a mistyped key is refused without looking it up', async () => {
  lookedUp.length = 0;
  const mistyped = finance.slice(0, -1) + (finance.endsWith('A') ? 'B' : 'A');
  expect((await get('/money', `Bearer ${mistyped}`)).status).toBe(401);
  expect(lookedUp).toEqual([]);
});

test('a key without the scope is answered 403, naming what it needs', async () => {
  const response = await get('/keys', `Bearer ${finance}`);
  expect(response.status).toBe(403);
  expect(response.headers.get('WWW-Authenticate')).toContain('scope="admin"');
  expect(await response.json()).toMatchObject({ code: 'scope_missing', neededScopes: ['admin'] });
});
