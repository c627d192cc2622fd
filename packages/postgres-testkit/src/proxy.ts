import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

/** What becomes of what one side sent. What comes after something that is held waits behind it. */
export type Fate = 'pass' | 'hold' | 'cut';

export interface Rules {
  readonly fromClient?: (sent: Buffer) => Fate;
  readonly fromServer?: (sent: Buffer) => Fate;
}

export interface PostgresProxy {
  /** The address of the database through it. */
  readonly url: string;
  /** From now on; at first everything passes. */
  rules: Rules;
  /** Passes on what was held. */
  release(): void;
  close(): Promise<void>;
}

/** A network between a client and the server that can be made to fail at a chosen message. */
export async function openProxy(databaseUrl: string): Promise<PostgresProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const pipes: Pipe[] = [];
  const listening = createServer((client) => {
    const server = connect(Number(target.port), target.hostname);
    const cut = () => {
      for (const socket of [client, server]) {
        socket.destroy();
        sockets.delete(socket);
      }
    };
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', cut).on('close', cut);
    }
    pipes.push(
      new Pipe(client, server, cut, (sent) => proxy.rules.fromClient?.(sent) ?? 'pass'),
      new Pipe(server, client, cut, (sent) => proxy.rules.fromServer?.(sent) ?? 'pass'),
    );
  }).listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const address = listening.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port is free');
  const url = new URL(databaseUrl);
  url.port = String(address.port);
  const proxy: PostgresProxy = {
    url: url.href,
    rules: {},
    release: () => {
      for (const pipe of pipes) pipe.release();
    },
    close: async () => {
      listening.close();
      for (const socket of sockets) socket.destroy();
      await once(listening, 'close');
    },
  };
  return proxy;
}

/** One direction of one connection. */
class Pipe {
  readonly #to: Socket;
  #held: Buffer[] | null = null;

  constructor(from: Socket, to: Socket, cut: () => void, fateOf: (sent: Buffer) => Fate) {
    this.#to = to;
    from.on('data', (sent) => {
      const fate = this.#held === null ? fateOf(sent) : 'hold';
      if (fate === 'cut') cut();
      else if (fate === 'pass') to.write(sent);
      else (this.#held ??= []).push(sent);
    });
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const sent of held) if (!this.#to.destroyed) this.#to.write(sent);
  }
}
