import { Client, type ClientConfig } from 'pg';
import type { Connecting, Taken } from './driver.ts';

/** One connection, used by one at a time in the order of asking; a lost one is replaced at the next use. */
export class DedicatedConnection implements Connecting {
  readonly #config: ClientConfig;
  readonly #settings: string;
  #open: Client | null = null;
  #lastUse: Promise<void> = Promise.resolve();
  #ended = false;

  /** `settings` are statements that every new connection begins with. */
  constructor(config: ClientConfig, settings: string) {
    this.#config = config;
    this.#settings = settings;
  }

  /** The connection of whoever uses it now. */
  get client(): Client {
    if (this.#open === null) throw new Error('The connection to the database was lost.');
    return this.#open;
  }

  async take(): Promise<Taken> {
    const usedBefore = this.#lastUse;
    const use = Promise.withResolvers<void>();
    this.#lastUse = use.promise;
    await usedBefore;
    try {
      this.#open ??= await this.#connected();
      const release = (isBroken: boolean) => {
        if (isBroken) this.#drop();
        use.resolve();
      };
      return { client: this.#open, release };
    } catch (error) {
      use.resolve();
      throw error;
    }
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#lastUse;
    const client = this.#open;
    this.#open = null;
    await client?.end();
  }

  async #connected(): Promise<Client> {
    if (this.#ended) throw new Error('The connection to the database was closed.');
    const client = new Client(this.#config);
    const forget = () => {
      if (this.#open === client) this.#open = null;
    };
    client.on('error', forget);
    client.on('end', forget);
    try {
      await client.connect();
      await client.query(this.#settings);
      return client;
    } catch (error) {
      await client.end();
      throw error;
    }
  }

  #drop(): void {
    const client = this.#open;
    this.#open = null;
    // Nobody waits for a connection that is of no use any more.
    client?.end().catch(() => {});
  }
}
