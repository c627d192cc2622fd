import type { Client } from 'pg';
import { connect, disconnect, type Server } from './connecting.ts';
import { CHANNEL } from './log-transactions.ts';
import { paused } from './patience.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

/** Hears of commits to the log; when its connection breaks it makes another. What it misses, polling finds. */
export class LogListener {
  readonly #server: Server;
  readonly #onChange: () => void;
  readonly #closing = new AbortController();
  #listening: Promise<void> | null = null;

  constructor(server: Server, onChange: () => void) {
    this.#server = server;
    this.#onChange = onChange;
  }

  start(): void {
    this.#listening ??= this.#listenUntilClosed();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#listening;
  }

  async #listenUntilClosed(): Promise<void> {
    const { signal } = this.#closing;
    let pause = FIRST_PAUSE_MS;
    while (!signal.aborted) {
      try {
        await this.#listenOnce(() => {
          pause = FIRST_PAUSE_MS;
        });
      } catch {
        // Readers meet the same failure, and know whom to tell.
      }
      await paused(pause, signal);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
  }

  async #listenOnce(onListening: () => void): Promise<void> {
    const client = await connect(this.#server);
    try {
      const ended = endOf(client, this.#closing.signal);
      client.on('notification', this.#onChange);
      await client.query(`LISTEN ${CHANNEL}`);
      onListening();
      // Whatever was committed while nobody listened.
      this.#onChange();
      await ended;
    } finally {
      disconnect(client);
    }
  }
}

function endOf(client: Client, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      resolve();
    };
    client.once('end', end);
    client.once('error', end);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
  });
}
