import { Kysely } from 'kysely';
import { quietPool } from '@provisie/postgres';
import { escapeIdentifier, type ClientConfig, type PoolClient } from 'pg';
import type { Tables } from '../tables/index.ts';
import type { Writer } from '../database/writer.ts';
import { DedicatedConnection } from './dedicated-connection.ts';
import { PreparingPostgresDialect, type Connecting } from './driver.ts';
import { prepareOn } from './statements.ts';
import { VALUES } from './values.ts';

/** A schema of a database: what one generation of the read model is. */
export interface Place {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  readonly schema: string;
}

/** How long a query waits for a connection: to be made, or to become free. */
const PATIENCE_MS = 10_000;
const MOST_QUERIES = 10;
const MOST_SNAPSHOTS = 10;

/** How to reach the database, for connections of any purpose. */
export function clientConfig(url: string, purpose: string): ClientConfig {
  return {
    connectionString: url,
    application_name: `provisie ${purpose}`,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: PATIENCE_MS,
    types: VALUES,
  };
}

/** The one connection that writes; a lost one is replaced by the next transaction. */
export function openWriter({ url, schema }: Place): Writer {
  const connection = new DedicatedConnection(
    { ...clientConfig(url, 'projector'), pipeline: true },
    settingsIn(schema, WRITING),
  );
  const prepare = prepareOn(() => connection.client);
  const db = kyselyOn(connection);
  return {
    db,
    prepareIn: () => prepare,
    defineApart: async (queries) => {
      for (const query of queries) await db.executeQuery(query);
    },
  };
}

/** Connections for queries, as many as are needed at once. */
export function openReader({ url, schema }: Place): Kysely<Tables> {
  return kyselyOn(poolOf(clientConfig(url, 'queries'), MOST_QUERIES, settingsIn(schema, READING)));
}

/** Connections for snapshots: those last long, and must not keep queries waiting. */
export function openSnapshots({ url, schema }: Place): Kysely<Tables> {
  const config = { ...clientConfig(url, 'snapshots'), pipeline: true };
  return kyselyOn(poolOf(config, MOST_SNAPSHOTS, settingsIn(schema, READING)));
}

const READING = ['set default_transaction_read_only to on'];

/**
 * A crash of the server may cost the last transactions, whole and with their checkpoints: the log has them. One of
 * which the server hears no more must not keep the next projector waiting.
 */
const WRITING = [
  'set synchronous_commit to off',
  'set idle_in_transaction_session_timeout to 10000',
  'set tcp_keepalives_idle to 10',
  'set tcp_keepalives_interval to 5',
  'set tcp_keepalives_count to 3',
];

/** Tables are looked for in this schema only. To compile plans, or to start workers, takes longer than it saves. */
function settingsIn(schema: string, settings: readonly string[]): string {
  return [
    `set search_path to ${escapeIdentifier(schema)}`,
    "set default_transaction_isolation to 'read committed'",
    'set jit to off',
    'set max_parallel_workers_per_gather to 0',
    ...settings,
  ].join('; ');
}

function kyselyOn(connecting: Connecting): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PreparingPostgresDialect(connecting) });
}

function poolOf(config: ClientConfig, max: number, settings: string): Connecting {
  const pool = quietPool({ ...config, max });
  const configured = new WeakSet<PoolClient>();
  return {
    end: () => pool.end(),
    take: async () => {
      const client = await pool.connect();
      try {
        if (!configured.has(client)) await client.query(settings);
        configured.add(client);
      } catch (error) {
        client.release(true);
        throw error;
      }
      const release = (isBroken: boolean) => {
        client.release(isBroken);
      };
      return { client, release };
    },
  };
}
