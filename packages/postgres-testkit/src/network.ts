import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

/**
 * Between a node and its store: `up` passes everything on, `hanging` nothing, `down` refuses connections. Going
 * down cuts what is open, so that answers get lost.
 */
export type NetworkState = 'up' | 'hanging' | 'down';

export interface Network {
  readonly port: number;
  become(state: NetworkState): void;
  close(): Promise<void>;
}

export async function openNetwork(target: { host: string; port: number }): Promise<Network> {
  const sockets = new Set<Socket>();
  let state: NetworkState = 'up';
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((socket) => {
    keep(socket);
    if (state === 'down') {
      socket.destroy();
      return;
    }
    const other = connect(target.port, target.host);
    keep(other);
    socket.on('close', () => other.destroy());
    other.on('close', () => socket.destroy());
    for (const [from, to] of [
      [socket, other],
      [other, socket],
    ] as const) {
      from.on('data', (bytes) => {
        if (state === 'up') to.write(bytes);
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    become(next) {
      state = next;
      // After a while of silence the bytes in between are missing: only a new connection makes sense.
      if (next !== 'hanging') cut();
    },
    async close() {
      server.close();
      cut();
      await once(server, 'close');
    },
  };
}
