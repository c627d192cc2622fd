import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { connectionTo } from './connection.ts';

const done = z.object({ done: z.boolean() });

/** A server that answers the first requests so, and then well. */
async function serverThat(...first: ((response: ServerResponse) => void)[]) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request.resume());
    const answer = first.shift();
    if (answer !== undefined) answer(response);
    else response.end('{"done":true}');
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  const said: string[] = [];
  const connection = connectionTo({
    url: `http://127.0.0.1:${port}`,
    accessKey: 'pv_live_x',
    say: (line) => void said.push(line),
  });
  return { connection, requests, said };
}

const dies = (response: ServerResponse) => void response.destroy();
const refuses =
  (status: number, code: string, retryAfter?: string) => (response: ServerResponse) => {
    const headers = retryAfter === undefined ? {} : { 'Retry-After': retryAfter };
    const problem = { code, title: code, detail: `It is ${code}.` };
    response.writeHead(status, headers).end(JSON.stringify(problem));
  };

test.for<[string, (response: ServerResponse) => void]>([
  ['a connection that breaks', dies],
  ['a read model that is behind', refuses(503, 'read_model_behind', '0')],
  ['a proxy whose server is away', (response) => void response.writeHead(502).end('<html>')],
  ['too many requests', refuses(429, 'rate_limited', '0')],
  ['the same request under way', refuses(409, 'idempotency_in_progress', '0')],
])('after %s the same is sent again, with the same key', async ([, first]) => {
  const { connection, requests, said } = await serverThat(first);
  expect(await connection.post('/v1/x', { a: 1 }, done)).toEqual({ done: true });
  const keys = requests.map(({ headers }) => headers['idempotency-key']);
  expect(keys).toHaveLength(2);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys[1]).toBe(keys[0]);
  expect(said).toHaveLength(1);
});

test('what is refused for good is not sent again, and told with its places', async () => {
  const { connection, requests } = await serverThat((response) => {
    const errors = [{ path: '/a', problem: 'too small', expected: 'at least 2' }];
    const problem = { code: 'invalid_request', title: 'x', detail: 'One value is off.', errors };
    response.writeHead(400).end(JSON.stringify(problem));
  });
  await expect(connection.post('/v1/x', { a: 1 }, done)).rejects.toThrow(
    'One value is off.\n  /a: too small (expected: at least 2)',
  );
  expect(requests).toHaveLength(1);
});

test('a redirect is not followed: the key is for the address that was given', async () => {
  const { connection, requests } = await serverThat((response) => {
    response.writeHead(301, { Location: 'https://elsewhere.example/' }).end();
  });
  await expect(connection.get('/v1/x', done)).rejects.toThrow(/leads on to https:\/\/elsewhere/);
  expect(requests).toHaveLength(1);
});

test('a download that breaks off is an error, never half of it', async () => {
  const { connection } = await serverThat((response) => {
    response.writeHead(200, { 'Content-Length': '1000' });
    response.write('some');
    setImmediate(() => response.destroy());
  });
  await expect(Array.fromAsync(await connection.download('/v1/x'))).rejects.toThrow(
    /^No server answers at /,
  );
});

test('another program’s answer, and a key that can be none, are said to be so', async () => {
  const { connection } = await serverThat((response) => void response.end('<html>'));
  await expect(connection.get('/v1/x', done)).rejects.toThrow(/is not understood/);
  const connect = () =>
    connectionTo({ url: 'http://127.0.0.1', accessKey: 'pv_live\nx', say: () => {} });
  expect(connect).toThrow(/^PROVISIE_ACCESS_KEY holds characters that no access key has\.$/);
});
