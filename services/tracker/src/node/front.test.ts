import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { getRequestListener } from '@hono/node-server';
import { clientAddressBy } from '@provisie/process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beacon } from '../../test/beacons.ts';
import { CHROME, openTrackedShop } from '../../test/tracked-shop.ts';
import type { TrackedShop } from '../../test/tracked-shop.ts';

let shop: TrackedShop;
/** Two doors to one tracker. */
let fronted: Served;
let behind: Served;
beforeAll(async () => {
  shop = await openTrackedShop({ tracker: { clientAddress: clientAddressBy('X-Client') } });
  [fronted, behind] = await Promise.all([serve(true), serve(false)]);
});
afterAll(async () => {
  fronted.close();
  behind.close();
  await shop[Symbol.asyncDispose]();
});

interface Served {
  readonly port: number;
  /** Requests that passed the front. */
  passed: number;
  close(): void;
}

async function serve(hasFront: boolean): Promise<Served> {
  const hono = getRequestListener(shop.app.fetch);
  const server = createServer((incoming, outgoing) => {
    if (hasFront && shop.front(incoming, outgoing)) return;
    served.passed += 1;
    void hono(incoming, outgoing);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('it does not listen');
  const served: Served = {
    port: address.port,
    passed: 0,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return served;
}

/** The whole answer, without what differs from one to the next. */
async function ask({ port }: Served, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(request);
  const answer = await text(socket);
  return answer
    .replace(/^Date: .*$/im, 'Date')
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id')
    .split('\r\n')
    .map((line) => line.replace(/^[\w-]+(?=: )/, (name) => name.toLowerCase()))
    .toSorted()
    .join('\n');
}

function get(path: string, headers: Readonly<Record<string, string>> = {}): string {
  return requestOf(`GET ${path}`, { 'user-agent': CHROME, 'x-client': '203.0.113.7', ...headers });
}

function post(body: string, headers: Readonly<Record<string, string>> = {}): string {
  const told = {
    'user-agent': CHROME,
    'content-type': 'text/plain;charset=UTF-8',
    origin: 'https://www.shop.nl',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  };
  return requestOf('POST /t', told) + body;
}

function requestOf(line: string, headers: Readonly<Record<string, string>>): string {
  const told = { host: 'track.shop.nl', connection: 'close', ...headers };
  const lines = Object.entries(told).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${line} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

const visit = (fields: object = {}) => JSON.stringify(beacon({ type: 'visit', ...fields }));

describe('what the front answers is what Hono would have answered', () => {
  test.each([
    ['a click', get('/r/woonblog')],
    ['a click with a campaign', get('/r/woonblog?utm_source=een%20blog&sub1=a&gclid=x')],
    ['a deep link', get('/r/woonblog?url=https%3A%2F%2Fwww.shop.nl%2Faanbod')],
    ['a deep link to elsewhere', get('/r/woonblog?url=https%3A%2F%2Fevil.example')],
    ['a visitor who objects', get('/r/woonblog', { 'sec-gpc': '1' })],
    ['a visitor who was here', get('/r/woonblog', { cookie: 'a=b; pv_visitor=visitor-1' })],
    ['a guess of the browser', get('/r/woonblog', { 'sec-purpose': 'prefetch' })],
    ['a bot', get('/r/woonblog', { 'user-agent': 'Googlebot/2.1' })],
    ['nobody in particular', requestOf('GET /r/woonblog', {})],
    ['a link that there is not', get('/r/nowhere')],
    ['a person at a link that there is not', get('/r/nowhere', { accept: 'text/html' })],
    ['no code', get('/r/-')],
    ['a beacon', post(visit())],
    ['beacons', post(`[${visit()}, ${visit()}]`, { 'content-type': 'application/json' })],
    ['a beacon of a server', requestOf('POST /t', { 'content-length': '0' })],
    ['a beacon of a page elsewhere', post(visit(), { origin: 'https://evil.example' })],
    ['a beacon of its own page', post(visit(), { origin: 'https://track.shop.nl' })],
    ['a beacon of a bot', post(visit(), { 'user-agent': 'Googlebot/2.1' })],
    ['what is no beacon', post('{"type":"visit"}')],
    ['what is no JSON', post('é')],
    ['as much as there may be', post('x'.repeat(8192))],
    ['another type', post(visit(), { 'content-type': 'text/html' })],
  ])('to %s', async (_, request) => {
    const before = fronted.passed;
    const answer = await ask(fronted, request);
    expect(fronted.passed).toBe(before);
    expect(answer).toBe(await ask(behind, request));
  });
});

test.each([
  ['another method', requestOf('HEAD /r/woonblog', { 'user-agent': CHROME })],
  ['an escape in the code', get('/r/woon%62log')],
  ['a longer path', get('/r/woonblog/more')],
  ['a whole address', get('http://track.shop.nl/r/woonblog')],
  ['the snippet', get('/t.js')],
  ['a body that is too large', post('x'.repeat(8193))],
  [
    'a body in parts',
    `${requestOf('POST /t', { 'transfer-encoding': 'chunked' })}2\r\n{}\r\n0\r\n\r\n`,
  ],
])('%s is left to Hono', async (_, request) => {
  const before = fronted.passed;
  expect(await ask(fronted, request)).toBe(await ask(behind, request));
  expect(fronted.passed).toBe(before + 1);
});

test('both count what an address sends as one', async () => {
  await using limited = await openTrackedShop({ tracker: { beaconsPerMinute: 1 } });
  const [one, other] = [limited.front, getRequestListener(limited.app.fetch)];
  const server = createServer((incoming, outgoing) => {
    if (incoming.headers['x-door'] === undefined) one(incoming, outgoing);
    else void other(incoming, outgoing);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('it does not listen');
  const status = async (request: string) =>
    /HTTP\/1.1 (?<status>\d+)/i.exec(await ask({ ...fronted, port: address.port }, request))?.[1];
  expect(await status(post(visit()))).toBe('204');
  expect(await status(post(visit(), { 'x-door': 'hono' }))).toBe('429');
  server.close();
});

test('who leaves in the middle of a beacon is no error', async () => {
  const socket = connect(fronted.port, '127.0.0.1');
  const dropped = () => shop.counters.counts().dropped.beacon['malformed'] ?? 0;
  const before = dropped();
  socket.write(post('{"type":', { 'content-length': '100' }));
  await once(socket, 'ready');
  socket.end();
  await expect.poll(dropped).toBe(before + 1);
  expect(shop.errors).toEqual([]);
});
