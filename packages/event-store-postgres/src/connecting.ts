import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import type { ClientConfig, Pool } from 'pg';
import { EventStoreError } from '@provisie/event-store';
import { ADDRESS_FORM, postgresServer, quietPool } from '@provisie/postgres';
import type { PostgresServer } from '@provisie/postgres';

/** Where the log is, and how to get there. */
export type Server = PostgresServer;

/** Milliseconds. */
const limits = {
  connect: 5_000,
  /** Nobody holds the log's lock longer without doing anything: a process that hangs loses its connection. */
  idleInTransaction: 3_000,
  /** Longer than a process that hangs may hold it. */
  lock: 5_000,
  statement: 10_000,
  /** Where the network swallows everything, nothing else ends the waiting. */
  answer: 15_000,
  farewell: 1_000,
} as const;

/**
 * Every statement here finds its rows by an index. Statistics that are missing or stale must not talk the
 * planner into reading whole tables, and compiling costs more than running.
 */
const planning = `
  SET enable_seqscan = off;
  SET enable_bitmapscan = off;
  SET enable_hashjoin = off;
  SET enable_mergejoin = off;
  SET jit = off;
  SET plan_cache_mode = force_generic_plan;
`;

const patience = `
  SET statement_timeout = ${limits.statement};
  SET lock_timeout = ${limits.lock};
  SET idle_in_transaction_session_timeout = ${limits.idleInTransaction};
`;

/** An acknowledged append is on disk, whatever the server's default is; stricter settings are kept. */
const durability = `
  SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
`;

const readingOnly = 'SET default_transaction_read_only = on;';

/** Throws `EventStoreError` `store_unavailable` when that is no address of a PostgreSQL server. */
export function serverOf(url: string): Server {
  const server = postgresServer(url);
  if (server !== null) return server;
  const message = `The address of the event store ${ADDRESS_FORM}.`;
  throw new EventStoreError('store_unavailable', message);
}

/** The connection that appends: statements are sent without waiting for the answers of the ones before. */
export function connectForWriting(server: Server): Promise<Client> {
  return connected(server, { pipeline: true }, patience + planning + durability);
}

/** For listening and for setting up. */
export function connect(server: Server): Promise<Client> {
  return connected(server, {}, patience);
}

export function poolForReading(server: Server, size: number): Pool {
  return quietPool({
    ...configOf(server),
    max: size,
    connectionTimeoutMillis: limits.connect,
    verify: (client, done) => {
      client.query(patience + planning + readingOnly, done);
    },
  });
}

async function connected(server: Server, more: ClientConfig, settings: string): Promise<Client> {
  const client = new Client({ ...configOf(server), ...more });
  // Whoever is using it learns of the end by the query's failure; without a listener it would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(settings);
    return client;
  } catch (error) {
    disconnect(client);
    throw error;
  }
}

/** Politely, but without waiting long for a server that has fallen silent. */
export async function closed(closing: Promise<void>): Promise<void> {
  await Promise.race([closing, setTimeout(limits.farewell, undefined, { ref: false })]);
}

/** At once, whatever it is doing. */
export function disconnect(client: Client): void {
  client.connection.stream.destroy();
}

function configOf({ url }: Server): ClientConfig {
  return {
    connectionString: url,
    connectionTimeoutMillis: limits.connect,
    query_timeout: limits.answer,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    fallback_application_name: 'provisie-events',
  };
}
