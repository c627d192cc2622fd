import { hostname } from 'node:os';
import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import { LOCK_TIMES, type HeldLock, type Locks, type LockTimes } from './locks.ts';

interface LockRow {
  readonly name: string;
  readonly owner: string | null;
  readonly token: number;
  /** Counts the renewals. */
  readonly beat: number;
  /** UTC milliseconds. */
  readonly expires_at: number;
}

interface Seen {
  readonly token: number;
  readonly beat: number;
  /** By this process's own clock, which nobody sets. */
  readonly since: number;
}

const MAKE = `create table if not exists locks (
  name text primary key, owner text, token integer not null, beat integer not null, expires_at integer not null)`;

/**
 * Locks as rows of a SQLite file, each held by renewing it. A holder counts as gone when its row says that it has
 * expired, or wasn't renewed for as long by the clock of the one who waits: so a clock that is set back keeps
 * nobody waiting, and one that is set forward costs no more than a change of leaders.
 */
export function openSqliteLocks(file: string, times: LockTimes = LOCK_TIMES): Locks {
  const database = new Database(file, { timeout: 1000 });
  database.pragma('journal_mode = WAL');
  // After a power cut nobody holds a lock.
  database.pragma('synchronous = OFF');
  database.exec(MAKE);
  return new SqliteLocks(database, times);
}

class SqliteLocks implements Locks {
  readonly #database: Database.Database;
  readonly #times: LockTimes;
  readonly #owner = `${hostname()}:${String(process.pid)}:${randomUUID()}`;
  readonly #seen = new Map<string, Seen>();
  readonly #held = new Set<SqliteLock>();

  constructor(database: Database.Database, times: LockTimes) {
    this.#database = database;
    this.#times = times;
  }

  async tryTake(name: string): Promise<HeldLock | null> {
    // Looks first: who stands by doesn't write.
    if (!this.#isFree(this.#row(name))) return null;
    const token = this.#database.transaction(() => this.#take(name)).immediate();
    if (token === null) return null;
    const lock = new SqliteLock(this.#database, { name, token }, this.#times, () =>
      this.#held.delete(lock),
    );
    this.#held.add(lock);
    return lock;
  }

  #row(name: string): LockRow | undefined {
    return this.#database
      .prepare<[string], LockRow>('select * from locks where name = ?')
      .get(name);
  }

  #isFree(row: LockRow | undefined): boolean {
    if (row === undefined || row.owner === null || row.expires_at <= Date.now()) return true;
    const { name, token, beat } = row;
    const before = this.#seen.get(name);
    if (before?.token === token && before.beat === beat) {
      return performance.now() - before.since >= this.#times.leaseMs;
    }
    this.#seen.set(name, { token, beat, since: performance.now() });
    return false;
  }

  #take(name: string): number | null {
    if (!this.#isFree(this.#row(name))) return null;
    const now = Date.now();
    const greatest = this.#database
      .prepare<[], { token: number }>('select coalesce(max(token), 0) as token from locks')
      .get();
    // By the clock, so that tokens grow on when the file was deleted.
    const token = Math.max((greatest?.token ?? 0) + 1, now);
    this.#database
      .prepare(
        `insert into locks (name, owner, token, beat, expires_at) values (?, ?, ?, 0, ?)
        on conflict (name) do update set owner = excluded.owner, token = excluded.token,
          beat = 0, expires_at = excluded.expires_at`,
      )
      .run(name, this.#owner, token, now + this.#times.leaseMs);
    return token;
  }

  async close(): Promise<void> {
    for (const lock of this.#held) await lock.release();
    this.#database.close();
  }
}

class SqliteLock implements HeldLock {
  readonly token: number;
  readonly #lost = new AbortController();
  readonly #database: Database.Database;
  readonly #name: string;
  readonly #times: LockTimes;
  readonly #onEnd: () => void;
  readonly #timer: NodeJS.Timeout;
  #renewedAt = performance.now();
  #ended = false;

  constructor(
    database: Database.Database,
    { name, token }: { readonly name: string; readonly token: number },
    times: LockTimes,
    onEnd: () => void,
  ) {
    this.token = token;
    this.#database = database;
    this.#name = name;
    this.#times = times;
    this.#onEnd = onEnd;
    this.#timer = setInterval(() => this.#renew(), times.renewMs);
    this.#timer.unref();
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Who wakes up after its time may have been replaced: it gives up, whatever the row says. */
  #renew(): void {
    const at = performance.now();
    if (at - this.#renewedAt > this.#times.leaseMs) {
      this.#lose();
      return;
    }
    try {
      const { changes } = this.#database
        .prepare(
          'update locks set beat = beat + 1, expires_at = ? where name = ? and token = ? and owner is not null',
        )
        .run(Date.now() + this.#times.leaseMs, this.#name, this.token);
      if (changes === 0) this.#lose();
      else this.#renewedAt = at;
    } catch {
      // Another process is at the file, or the disk is full: it goes on until its time is over.
    }
  }

  #lose(): void {
    this.#end();
    this.#lost.abort();
  }

  #end(): void {
    this.#ended = true;
    clearInterval(this.#timer);
    this.#onEnd();
  }

  async release(): Promise<void> {
    if (this.#ended) return;
    this.#end();
    try {
      this.#database
        .prepare('update locks set owner = null where name = ? and token = ?')
        .run(this.#name, this.token);
    } catch {
      // It expires by itself.
    }
  }
}
