import { connect, type Socket } from 'node:net';
import { on, once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { listen, type Door } from './door.ts';

async function door(patience: { patienceMs?: number } = {}): Promise<Door> {
  const listening = await listen({ host: '127.0.0.1', port: 0, ...patience });
  onTestFinished(() => listening.close(0));
  return listening;
}

/** A connection such as a proxy keeps. */
async function connection({ url }: Door): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.setEncoding('utf8');
  onTestFinished(() => {
    socket.destroy();
  });
  await once(socket, 'connect');
  return socket;
}

/** Sends a request; resolves to its whole answer. */
async function ask(socket: Socket): Promise<string> {
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi');
  let answer = '';
  for await (const part of on(socket, 'data')) {
    answer += String(part);
    if (answer.endsWith('well')) break;
  }
  return answer;
}

const well = () => new Response('well');

test('a connection is kept for longer than a proxy in front keeps it', async () => {
  const opened = await door();
  opened.open(well);
  const answer = await fetch(opened.url);
  expect(await answer.text()).toBe('well');
  expect(answer.headers.get('keep-alive')).toBe('timeout=130');
});

test('what the front takes nobody else answers, and what it leaves is answered as ever', async () => {
  const opened = await door();
  opened.open(well, ({ url }, outgoing) => {
    if (url !== '/front') return false;
    outgoing.writeHead(200, { 'X-From': 'front' }).end('front');
    return true;
  });
  const bodyOf = async (path: string) => (await fetch(`${opened.url}${path}`)).text();
  expect(await Promise.all([bodyOf('/front'), bodyOf('/other')])).toEqual(['front', 'well']);
});

test('a request of HTTP/1.0 that names no host is answered, as checks of load balancers are', async () => {
  const opened = await door();
  opened.open(({ url }) => new Response(url));
  const socket = await connection(opened);
  socket.write('GET /readyz HTTP/1.0\r\n\r\n');
  const answer = String((await once(socket, 'data'))[0]);
  expect(answer).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  expect(answer).toContain('/readyz');
});

test('the last answer of a front says that the connection ends', async () => {
  const closing = await door();
  closing.open(well, (_, outgoing) => {
    outgoing.writeHead(200, { 'Content-Length': 4 }).end('well');
    return true;
  });
  const socket = await connection(closing);
  await ask(socket);
  void closing.close(1000);
  expect(await ask(socket)).toMatch(/^Connection: close\r$/m);
});

test('who comes before it opens waits for it', async () => {
  const opening = await door();
  const answer = fetch(opening.url);
  const other = await fetch(`${opening.url}/again`, { signal: AbortSignal.timeout(50) }).catch(
    (error: unknown) => error,
  );
  expect(other).toMatchObject({ name: 'TimeoutError' });
  opening.open(well);
  expect((await answer).status).toBe(200);
});

test('who waits for too long is told to come again', async () => {
  const { url } = await door({ patienceMs: 50 });
  const answer = await fetch(url);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
});

test('a request that comes on an open connection while it closes is answered, as the last', async () => {
  const closing = await door();
  closing.open(well);
  const socket = await connection(closing);
  expect(await ask(socket)).toContain('Connection: keep-alive');
  const closed = closing.close(10_000);
  await expect(connection(closing)).rejects.toThrow('ECONNREFUSED');
  const ended = once(socket, 'end');
  expect(await ask(socket)).toContain('Connection: close');
  await ended;
  await closed;
});

test('a connection on which nothing comes doesn’t hold it up', async () => {
  const closing = await door();
  closing.open(well);
  const socket = await connection(closing);
  await ask(socket);
  const ended = once(socket, 'end').then(() => 'ended');
  await closing.close(10_000);
  expect(await ended).toBe('ended');
});

test('requests that take too long are broken off', async () => {
  const closing = await door();
  const arrived = Promise.withResolvers<void>();
  closing.open(() => {
    arrived.resolve();
    return new Promise<Response>(() => {});
  });
  const answer = fetch(closing.url).catch((error: unknown) => error);
  await arrived.promise;
  await closing.close(100);
  expect(await answer).toMatchObject({ message: 'fetch failed' });
});
