import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { createServer, Server, type ListenOptions } from 'node:net';

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
  return sharing([server, ...others], place);
}

/** All of them on one port. */
async function sharing(servers: readonly Server[], place: Place): Promise<Listening> {
  const port = place.port === 0 ? await freePort(place) : place.port;
  const claim = await claimed({ ...place, port });
  const bindings = servers.map((each) => bound(each, { ...place, port, reusePort: true }));
  const results = await Promise.allSettled(bindings);
  const failure = results.find((result) => result.status === 'rejected');
  if (failure === undefined) return listening(servers, claim);
  for (const each of [...servers, claim]) each.close();
  throw failure.reason;
}

async function freePort(place: Place): Promise<number> {
  const probe = listening([await bound(createServer(), place)]);
  await probe.close();
  return probe.port;
}

/**
 * Sockets that share a port would share it with those of a second such process as well; so each holds a name that only
 * one can have, and the system takes back. To listen on the port alone for a moment would tell as well, but who comes
 * in that moment is let in to nobody.
 */
function claimed({ host, port }: Place): Promise<Server> {
  return bound(createServer(), { path: `\0provisie ${host} ${String(port)}` });
}

async function bound(server: Server, where: ListenOptions): Promise<Server> {
  server.listen(where);
  await once(server, 'listening');
  return server;
}

function listening(servers: readonly Server[], claim?: Server): Listening {
  const address = servers[0]?.address();
  if (typeof address !== 'object' || address === null) throw new Error('it does not listen');
  return {
    port: address.port,
    async close() {
      const ended = servers.map((server) => once(server, 'close'));
      for (const server of servers) stopListening(server);
      claim?.close();
      await Promise.all(ended);
    },
  };
}

/** Leaves the connections alone, of which an HTTP server would hang up those that wait for their next request. */
function stopListening(server: Server): void {
  Server.prototype.close.call(server);
}
