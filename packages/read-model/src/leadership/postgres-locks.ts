import { Client, escapeIdentifier, type ClientConfig } from 'pg';
import { LOCK_TIMES, type HeldLock, type Locks, type LockTimes } from './locks.ts';

export interface PostgresLocksOptions {
  /** Of a connection that a lock has for itself. */
  readonly client: ClientConfig;
  /** Of the catalogue; it holds `lock_tokens`. */
  readonly schema: string;
  readonly times?: LockTimes;
}

/** Sets our advisory locks apart from those of others in the database: the letters `PvRm`. */
const LOCK_CLASS = 0x50_76_52_6d;

/**
 * Advisory locks, each on a connection of its own that lasts as long as the lock. The server ends a connection that
 * was silent for the lease, so a holder that hangs or can't be reached loses its lock as one does that died.
 */
export function openPostgresLocks(options: PostgresLocksOptions): Locks {
  return new PostgresLocks(options, options.times ?? LOCK_TIMES);
}

class PostgresLocks implements Locks {
  readonly #options: PostgresLocksOptions;
  readonly #times: LockTimes;
  readonly #held = new Set<PostgresLock>();
  /** Kept between tries. */
  #idle: Client | null = null;

  constructor(options: PostgresLocksOptions, times: LockTimes) {
    this.#options = options;
    this.#times = times;
  }

  async tryTake(name: string): Promise<HeldLock | null> {
    const client = await this.#connected();
    try {
      const { rows } = await client.query<{ taken: boolean }>(
        'select pg_try_advisory_lock($1, hashtext($2)) as taken',
        [LOCK_CLASS, name],
      );
      if (rows[0]?.taken !== true) {
        this.#keep(client);
        return null;
      }
      const lock = new PostgresLock(client, await this.#token(client, name), this.#times, () =>
        this.#held.delete(lock),
      );
      this.#held.add(lock);
      return lock;
    } catch (error) {
      end(client);
      throw error;
    }
  }

  #keep(client: Client): void {
    if (this.#idle === null) this.#idle = client;
    else end(client);
  }

  async #connected(): Promise<Client> {
    const idle = this.#idle;
    this.#idle = null;
    if (idle !== null) return idle;
    const { leaseMs } = this.#times;
    const client = new Client({ ...this.#options.client, query_timeout: leaseMs });
    // A connection that waits unused is forgotten; one that holds a lock tells its lock as well.
    const forget = () => {
      if (this.#idle === client) this.#idle = null;
    };
    client.on('error', forget);
    client.on('end', forget);
    try {
      await client.connect();
      await client.query(`set idle_session_timeout to ${String(leaseMs)}`);
      return client;
    } catch (error) {
      end(client);
      throw error;
    }
  }

  /** By the clock, so that tokens grow on when the table was dropped. */
  async #token(client: Client, name: string): Promise<number> {
    const table = `${escapeIdentifier(this.#options.schema)}.lock_tokens`;
    const { rows } = await client.query<{ token: string | number }>(
      `insert into ${table} as kept (only_one, token, taken_last)
      values (1, (extract(epoch from clock_timestamp()) * 1000)::bigint, $1)
      on conflict (only_one) do update
      set token = greatest(kept.token + 1, excluded.token), taken_last = excluded.taken_last
      returning token`,
      [name],
    );
    return Number(rows[0]?.token);
  }

  async close(): Promise<void> {
    for (const lock of this.#held) await lock.release();
    const idle = this.#idle;
    this.#idle = null;
    if (idle !== null) end(idle);
  }
}

class PostgresLock implements HeldLock {
  readonly token: number;
  readonly #client: Client;
  readonly #lost = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #leaseMs: number;
  readonly #onEnd: () => void;
  #heardAt = performance.now();
  #isAsking = false;
  #ended = false;

  constructor(client: Client, token: number, { leaseMs, renewMs }: LockTimes, onEnd: () => void) {
    this.token = token;
    this.#client = client;
    this.#leaseMs = leaseMs;
    this.#onEnd = onEnd;
    const lose = () => this.#lose();
    client.on('error', lose);
    client.on('end', lose);
    this.#timer = setInterval(() => void this.#renew(), renewMs);
    this.#timer.unref();
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Who wakes up after its time may have been replaced: it gives up, whatever the server would say. */
  async #renew(): Promise<void> {
    if (performance.now() - this.#heardAt > this.#leaseMs) {
      this.#lose();
      return;
    }
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      const askedAt = performance.now();
      await this.#client.query('select 1');
      this.#heardAt = askedAt;
    } catch {
      this.#lose();
    } finally {
      this.#isAsking = false;
    }
  }

  #lose(): void {
    if (this.#ended) return;
    this.#finish();
    this.#lost.abort();
    end(this.#client);
  }

  #finish(): void {
    this.#ended = true;
    clearInterval(this.#timer);
    this.#onEnd();
  }

  /** The server gives the lock back with the end of the connection. */
  async release(): Promise<void> {
    if (this.#ended) return;
    this.#finish();
    try {
      await this.#client.query('select pg_advisory_unlock_all()');
    } catch {
      // Then the connection is gone, and the lock with it.
    }
    end(this.#client);
  }
}

/** Nobody waits for a connection that is of no use any more. */
function end(client: Client): void {
  client.end().catch(() => {});
}
