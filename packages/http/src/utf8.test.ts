import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { HttpEnv } from './environment.ts';
import { problemErrorHandler } from './error-handler.ts';
import { utf8Json } from './utf8.ts';

const app = new Hono<HttpEnv>();
app.onError(problemErrorHandler({ log: { error: () => undefined } }));
app.post('/', utf8Json(), async (c) => c.json(await c.req.json()));
app.post('/file', utf8Json(), async (c) =>
  c.text(Buffer.from(await c.req.arrayBuffer()).toString('hex')),
);

const LATIN_1 = Buffer.from('{"id":"café"}', 'latin1');
const post = (path: string, type: string, body: Uint8Array<ArrayBuffer>) =>
  app.request(path, { method: 'POST', headers: { 'Content-Type': type }, body });

test.each(['application/json', 'Application/JSON; charset=latin1', 'application/merge-patch+json'])(
  'a body of %s that is not UTF-8 is refused',
  async (type) => {
    const response = await post('/', type, LATIN_1);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'malformed_json' });
  },
);

test('a body of UTF-8 is read as it came', async () => {
  const response = await post('/', 'application/json', Buffer.from('{"id":"café \u{1F600}"}'));
  expect(await response.json()).toEqual({ id: 'café \u{1F600}' });
});

test('what is no JSON is left alone: a file of a bank names its own encoding', async () => {
  const response = await post('/file', 'application/xml', LATIN_1);
  expect(await response.text()).toBe(LATIN_1.toString('hex'));
});
