import { once } from 'node:events';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { issueFirstAdminKey, type ApiLog } from '@provisie/admin-api';
import { openProvisie, type Provisie } from './compose.ts';
import type { Config } from './config.ts';
import { UsageError } from './data-folder.ts';

/** A server that takes requests. */
export interface RunningServer {
  readonly provisie: Provisie;
  /** Where it listens, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Made at the very first start, and shown nowhere again. */
  readonly firstAdminKey: string | null;
  /** Takes no more requests, answers those under way, closes all files. */
  close(): Promise<void>;
}

/** Opens the data folder and listens. Throws `UsageError` when the port is taken. */
export async function startServer(config: Config, logger: ApiLog): Promise<RunningServer> {
  const door: { fetch: Provisie['fetch'] | null } = { fetch: null };
  const server = createAdaptorServer({
    fetch: (request: Request, env: object) => door.fetch?.(request, env) ?? notReady(),
  });
  if (!('closeIdleConnections' in server)) throw new Error('not an HTTP/1.1 server');
  const url = await listen(server, config);
  try {
    const publicUrl = config.publicUrl ?? url;
    const provisie = await openProvisie({ config, logger, publicUrl });
    const { store, ids, keyRing } = provisie;
    const first = await issueFirstAdminKey({ store, ids, keyRing, now: Date.now });
    door.fetch = (request, env) => provisie.fetch(request, env);
    return {
      provisie,
      url,
      firstAdminKey: first?.secret ?? null,
      close: async () => {
        await finishRequests(server, config.shutdownMs);
        await provisie.close();
      },
    };
  } catch (error) {
    server.close();
    throw error;
  }
}

function notReady(): Response {
  return new Response('The server is starting.\n', {
    status: 503,
    headers: { 'Retry-After': '1' },
  });
}

async function listen(server: Server, { host, port }: Config): Promise<string> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new UsageError(`Can't listen on ${host}:${String(port)}: ${reasonOf(error)}.`);
  }
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${String(actual)}`;
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
async function finishRequests(server: Server, limitMs: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const limit = setTimeout(() => server.closeAllConnections(), limitMs);
  await closed;
  clearInterval(idle);
  clearTimeout(limit);
}
