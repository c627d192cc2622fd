import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setImmediate as nextTurn, setTimeout } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { listenAll } from './listen-all.ts';
import type { Listening } from './listen-all.ts';
import { UsageError } from './usage-error.ts';

type Fetch = (request: Request, env: object) => Response | Promise<Response>;

/** Stands in front of a `Fetch`. True: it answers the request. False: it has left it as it was. */
export type Front = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/** The HTTP port of a process. */
export interface Door {
  /** Where it listens, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** From now on requests are answered so. Those that came before have waited, see `patienceMs`, and pass no front. */
  open(fetch: Fetch, front?: Front): void;
  /**
   * Takes no more connections, and answers what comes on those that are open, as the last on each; for `limitMs` at
   * most. Again does nothing more.
   */
  close(limitMs: number): Promise<void>;
}

export interface DoorOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** How long a request waits for the door to open before it gets 503 with `Retry-After`. Default 4 seconds. */
  readonly patienceMs?: number;
}

/** A start takes a second; a visitor who waits for it sees no error. Proxies wait for five seconds and more. */
const PATIENCE_MS = 4000;

/**
 * Longer than a proxy keeps a connection that nobody uses (Caddy: two minutes; nginx, most load balancers: one). Whoever
 * hangs up first must be the one that sends: Node's own five seconds would cut off a request that is on its way.
 */
const KEEP_ALIVE_MS = 130_000;

/** What a request is addressed to that names no host, as HTTP/1.0 allows: checks of load balancers (HAProxy's) are so. */
const NAMELESS_HOST = 'localhost';

/** Listens. Throws `UsageError` when that can't be. */
export async function listen(options: DoorOptions): Promise<Door> {
  const { host, port, patienceMs = PATIENCE_MS } = options;
  const opening = Promise.withResolvers<Fetch>();
  let answer: Fetch = async (request, env) => {
    const patience = setTimeout(patienceMs, notReady, { ref: false });
    const opened = await Promise.race([opening.promise, patience]);
    return opened(request, env);
  };
  let front = NO_FRONT;
  const listener = getRequestListener((request: Request, env: object) => answer(request, env), {
    hostname: NAMELESS_HOST,
  });
  const server = createServer((incoming, outgoing) => {
    if (!front(incoming, outgoing)) void listener(incoming, outgoing);
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const listening = await listenAll(server, { host, port }).catch((error: unknown) => {
    throw new UsageError(`Can't listen on ${host}:${String(port)}: ${reasonOf(error)}.`);
  });
  let closed: Promise<void> | null = null;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${String(listening.port)}`,
    open(fetch, inFront = NO_FRONT) {
      answer = fetch;
      front = inFront;
      opening.resolve(fetch);
    },
    close: (limitMs) => (closed ??= finishRequests(server, listening, limitMs)),
  };
}

const NO_FRONT: Front = () => false;

function notReady(): Response {
  return new Response('The server is starting.\n', {
    status: 503,
    headers: { 'Retry-After': '1' },
  });
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') return 'another program listens there already (choose one with PORT)';
  if (code === 'EACCES') return 'this user may not (ports below 1024 need a privilege)';
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return 'this machine has no such address';
  return error instanceof Error ? error.message : String(error);
}

/** How long an open connection may still bring a request: a proxy's that is in use brings one sooner. */
const LAST_REQUESTS_MS = 300;
const IDLE_CHECK_MS = 25;

/**
 * A connection that is hung up on while a request is on its way loses it: a proxy may not send a beacon or an order a
 * second time. So each is told to end with its next answer, and only those that stay idle are closed from here.
 */
async function finishRequests(
  server: Server,
  listening: Listening,
  limitMs: number,
): Promise<void> {
  server.prependListener('request', (_, response) => response.setHeader('Connection', 'close'));
  const ended = listening.close().then(() => true);
  const since = performance.now();
  while (!(await Promise.race([ended, setTimeout(IDLE_CHECK_MS, false)]))) {
    const waitedMs = performance.now() - since;
    if (waitedMs > limitMs) server.closeAllConnections();
    else if (waitedMs > LAST_REQUESTS_MS) await closeIdleConnections(server);
  }
}

/** Right after the system was asked what has come in: what it said of a connection is known to be all. */
async function closeIdleConnections(server: Server): Promise<void> {
  await nextTurn();
  server.closeIdleConnections();
}
