import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { Server } from 'node:net';

/**
 * Node takes one new connection from a listening socket in each turn of its loop. Where turns take long, because
 * requests do or because the machine is busy, visitors would wait for seconds to be let in, one behind the other,
 * while those who are in are answered at once. With so many sockets on the port as many come in at a time.
 */
const SOCKETS = 32;

/** Where the system shares a port's connections out among several sockets. */
const sharesPorts = process.platform === 'linux';

export interface Listening {
  readonly port: number;
  /** Takes no more connections; resolves when those that are open have ended. */
  close(): Promise<void>;
}

interface Place {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

/** Lets the connections of one port in to a server. Rejects with the system's error when it can't be had. */
export async function listenAll(server: HttpServer, place: Place): Promise<Listening> {
  if (!sharesPorts) return listening([await bound(server, place)]);
  const others = Array.from({ length: SOCKETS - 1 }, () =>
    createServer({ noDelay: true }, (connection) => server.emit('connection', connection)),
  );
  return listening(await sharing([server, ...others], place));
}

/** All of them on one port. */
async function sharing(servers: readonly Server[], place: Place): Promise<readonly Server[]> {
  // Sockets that share a port would share it with another program's as well: this one finds out.
  const port = await freePort(place);
  const bindings = servers.map((each) => bound(each, { ...place, port, reusePort: true }));
  const results = await Promise.allSettled(bindings);
  const failure = results.find((result) => result.status === 'rejected');
  if (failure === undefined) return servers;
  for (const each of servers) each.close();
  throw failure.reason;
}

async function freePort(place: Place): Promise<number> {
  const probe = listening([await bound(createServer(), place)]);
  await probe.close();
  return probe.port;
}

async function bound(
  server: Server,
  place: Place & { readonly reusePort?: boolean },
): Promise<Server> {
  server.listen(place);
  await once(server, 'listening');
  return server;
}

function listening(servers: readonly Server[]): Listening {
  const address = servers[0]?.address();
  if (typeof address !== 'object' || address === null) throw new Error('it does not listen');
  return {
    port: address.port,
    async close() {
      const ended = servers.map((server) => once(server, 'close'));
      for (const server of servers) server.close();
      await Promise.all(ended);
    },
  };
}
