import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { World } from './world.ts';

/** What happens to one request on its way. */
export type Fault =
  /** It is handled and answered. */
  | 'none'
  /** The connection ends before anybody has read it. */
  | 'request lost'
  /** It is handled; the connection ends instead of an answer. */
  | 'answer lost'
  /** It is handled; the connection ends in the middle of the answer. */
  | 'answer cut'
  /** Nothing ever comes. */
  | 'silence'
  /** Something in between answers. */
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    };

export interface ShakyLine extends AsyncDisposable {
  readonly url: string;
  /** Of the next requests, one after the other; then there are none. */
  readonly faults: Fault[];
  /** The requests that came, as `POST /v1/orders`. */
  readonly requests: readonly string[];
  /** Their `Idempotency-Key`. */
  readonly idempotencyKeys: readonly (string | undefined)[];
  /** Called when a request has come. */
  onRequest: (() => void) | null;
}

/** A world on a loopback port, over a line that loses what it is told to. */
export async function openShakyLine(world: World): Promise<ShakyLine> {
  const faults: Fault[] = [];
  const requests: string[] = [];
  const idempotencyKeys: (string | undefined)[] = [];
  const server = createServer((incoming, outgoing) => {
    requests.push(`${String(incoming.method)} ${String(incoming.url)}`);
    idempotencyKeys.push(incoming.headers['idempotency-key']?.toString());
    void carry(world, faults.shift() ?? 'none', incoming, outgoing);
    line.onRequest?.();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it has no port');
  const line: ShakyLine = {
    url: `http://127.0.0.1:${String(address.port)}`,
    faults,
    requests,
    idempotencyKeys,
    onRequest: null,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return line;
}

async function carry(
  world: World,
  fault: Fault,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
) {
  const body = await buffer(incoming);
  if (typeof fault === 'object') {
    outgoing.writeHead(fault.status, { 'content-type': 'text/html', ...fault.headers });
    outgoing.end(fault.body ?? '<h1>Not Provisie</h1>');
    return;
  }
  if (fault === 'silence') return;
  if (fault === 'request lost') {
    incoming.socket.destroy();
    return;
  }
  const response = await handledBy(world, incoming, body);
  const content = Buffer.from(await response.arrayBuffer());
  if (fault === 'answer lost') {
    incoming.socket.destroy();
    return;
  }
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (fault === 'none') outgoing.end(content);
  else outgoing.write(content.subarray(0, content.length / 2), () => incoming.socket.destroy());
}

function handledBy(
  world: World,
  { method = 'GET', url = '/', headers }: IncomingMessage,
  body: Buffer,
) {
  const sent = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  const init = { method, headers: Object.fromEntries(sent) };
  return world.fetch(url, body.length === 0 ? init : { ...init, body: new Uint8Array(body) });
}
