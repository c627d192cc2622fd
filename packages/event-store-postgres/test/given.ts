import { createEventIds } from '@provisie/event-store';
import type { EventStore, NewEvent, RecordedEvent } from '@provisie/event-store';
import { createTestDatabase } from '@provisie/postgres-testkit';
import type { TestDatabase } from '@provisie/postgres-testkit';
import { Client } from 'pg';
import { expect } from 'vitest';
import { openPostgresEventStore } from '../src/index.ts';
import type { PostgresEventStoreOptions } from '../src/index.ts';

type Store = Awaited<ReturnType<typeof openPostgresEventStore>>;

/** An empty database for one test, with what is opened on it, so that all is closed and removed together. */
export class Bench {
  readonly #database: TestDatabase;
  readonly #opened: { close(): Promise<unknown> }[] = [];

  private constructor(database: TestDatabase) {
    this.#database = database;
  }

  /** Databases are used again: making one takes longer than most tests. */
  static readonly #idle: TestDatabase[] = [];

  static async empty(): Promise<Bench> {
    return new Bench(Bench.#idle.pop() ?? (await createTestDatabase()));
  }

  /** After the last test. */
  static async drop(): Promise<void> {
    for (const database of Bench.#idle.splice(0)) await database.drop();
  }

  get url(): string {
    return this.#database.url;
  }

  async open(options: Partial<PostgresEventStoreOptions> = {}): Promise<Store> {
    return this.keep(await openPostgresEventStore({ url: this.url, ...options }));
  }

  /** A connection of somebody else. */
  async connect(): Promise<Client> {
    const client = new Client({ connectionString: this.url });
    client.on('error', () => {});
    await client.connect();
    this.keep({ close: () => client.end() });
    return client;
  }

  async sql(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: this.url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  keep<Opened extends { close(): Promise<unknown> }>(opened: Opened): Opened {
    this.#opened.push(opened);
    return opened;
  }

  async remove(): Promise<void> {
    for (const opened of this.#opened.splice(0).toReversed()) await opened.close();
    await this.sql('DROP SCHEMA IF EXISTS provisie_events CASCADE');
    await this.sql('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    const { database } = new Client({ connectionString: this.url });
    await this.sql(`ALTER DATABASE ${database ?? ''} RESET ALL`);
    Bench.#idle.push(this.#database);
  }
}

const nextId = createEventIds();

export function anEvent(data: object = {}): NewEvent {
  return { id: nextId(), type: 'Noted', version: 1, occurredAt: 1_700_000_000_000, data };
}

export async function ofLog(store: EventStore, after = 0): Promise<RecordedEvent[]> {
  return (await Array.fromAsync(store.readAll(after))).flat();
}

export function idsOf(events: readonly { readonly id: string }[]): string[] {
  return events.map(({ id }) => id);
}

/** Looks again and again; fails when it takes longer than twenty seconds. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Follows the log and remembers what it was given, until `stop`. */
export class Follower {
  readonly ids: string[] = [];
  readonly #stopping = new AbortController();
  readonly #following: Promise<void>;

  constructor(store: EventStore, after = 0) {
    this.#following = this.#follow(store, after);
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#following;
  }

  async #follow(store: EventStore, after: number): Promise<void> {
    const { signal } = this.#stopping;
    for await (const batch of store.subscribe(after, { signal, batchSize: 7 })) {
      if (batch.kind === 'events') this.ids.push(...idsOf(batch.events));
    }
  }
}

/** Every id once, positions growing, revisions of every stream without gaps. */
export function expectSound(log: readonly RecordedEvent[]): void {
  expect(new Set(idsOf(log)).size).toBe(log.length);
  const positions = log.map(({ position }) => position);
  expect(positions).toEqual([...new Set(positions)].toSorted((one, other) => one - other));
  const times = log.map(({ recordedAt }) => recordedAt);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  for (const [, events] of Map.groupBy(log, ({ stream }) => stream)) {
    expect(events.map(({ revision }) => revision)).toEqual(events.map((_, index) => index));
  }
}

export function mentions(word: string): (sent: Buffer) => boolean {
  return (sent) => sent.includes(word);
}
