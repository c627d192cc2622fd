import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { listenAll } from './listen-all.ts';
import type { Listening } from './listen-all.ts';
import { UsageError } from './usage-error.ts';

type Fetch = (request: Request, env: object) => Response | Promise<Response>;

/** The HTTP port of a process. */
export interface Door {
  /** Where it listens, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** From now on requests are answered so; before, they get 503 with `Retry-After`. */
  open(fetch: Fetch): void;
  /** Takes no more requests and answers those under way, for `limitMs` at most; again does nothing more. */
  close(limitMs: number): Promise<void>;
}

export interface DoorOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

/**
 * Longer than a proxy keeps a connection that nobody uses (Caddy: two minutes; nginx, most load balancers: one). Whoever
 * hangs up first must be the one that sends: Node's own five seconds would cut off a request that is on its way.
 */
const KEEP_ALIVE_MS = 130_000;

/** Listens. Throws `UsageError` when that can't be. */
export async function listen({ host, port }: DoorOptions): Promise<Door> {
  let answer: Fetch = notReady;
  const server = createAdaptorServer({
    fetch: (request: Request, env: object) => answer(request, env),
  });
  if (!('closeIdleConnections' in server)) throw new Error('not an HTTP/1.1 server');
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const listening = await listenAll(server, { host, port }).catch((error: unknown) => {
    throw new UsageError(`Can't listen on ${host}:${String(port)}: ${reasonOf(error)}.`);
  });
  let closed: Promise<void> | null = null;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${String(listening.port)}`,
    open(fetch) {
      answer = fetch;
    },
    close: (limitMs) => (closed ??= finishRequests(server, listening, limitMs)),
  };
}

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

const IDLE_CHECK_MS = 25;

/** Connections that stay open without a request would hold the server up, so they are closed as they fall idle. */
async function finishRequests(
  server: Server,
  listening: Listening,
  limitMs: number,
): Promise<void> {
  const ended = listening.close();
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const limit = setTimeout(() => server.closeAllConnections(), limitMs);
  await ended;
  clearInterval(idle);
  clearTimeout(limit);
}
