import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

/** What becomes of what one side sent: passed on, or the connection is cut, with or without passing it on. */
export type Fate = 'pass' | 'pass_then_cut' | 'cut' | 'hold';

export interface Rules {
  /** What a client sent. */
  readonly fromClient?: (sent: Buffer) => Fate;
  /** What the server answered. */
  readonly fromServer?: (sent: Buffer) => Fate;
}

export interface PostgresProxy {
  /** The address of the database through it. */
  readonly url: string;
  /** From now on; default everything passes. */
  rules: Rules;
  /** Passes on what was held. */
  release(): void;
  /** Cuts all connections. */
  cut(): void;
  close(): Promise<void>;
}

/** A network between a client and the server that can be made to fail at a chosen message. */
export async function openProxy(databaseUrl: string): Promise<PostgresProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const held: (() => void)[] = [];
  const proxy = createServer((client) => {
    const server = connect(Number(target.port), target.hostname);
    const cut = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', cut);
      socket.on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    const pass = (to: Socket, sent: Buffer, fate: Fate) => {
      if (fate === 'cut') return cut();
      const write = () => {
        if (!to.destroyed) to.write(sent);
      };
      if (fate === 'hold' || held.length > 0) return void held.push(write);
      to.write(sent, fate === 'pass_then_cut' ? cut : undefined);
    };
    client.on('data', (sent) => pass(server, sent, opened.rules.fromClient?.(sent) ?? 'pass'));
    server.on('data', (sent) => pass(client, sent, opened.rules.fromServer?.(sent) ?? 'pass'));
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port is free');
  const url = new URL(databaseUrl);
  url.port = String(address.port);
  const opened: PostgresProxy = {
    url: url.href,
    rules: {},
    release: () => {
      for (const write of held.splice(0)) write();
    },
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      opened.cut();
      proxy.close();
      await once(proxy, 'close');
    },
  };
  return opened;
}
