import type { Client } from 'pg';
import { EventStoreError } from '@provisie/event-store';
import { connect, type Server } from './connecting.ts';

/** Tells the schema from one of the same name that another program made. */
const kind = 'provisie event store';

/** Two keys of an advisory lock: "PvEv" in ASCII, and what it is for. */
const family = 0x50_76_45_76;
/** Held to the commit by whoever gives positions, so that the order of commits is the order of positions. */
export const lockForAppending = `SELECT pg_advisory_xact_lock(${family}, 1)`;
const lockForSettingUp = `SELECT pg_advisory_xact_lock(${family}, 2)`;

/** `migrations[n]` takes the schema from version n to n + 1. One that was released is never changed. */
const migrations: readonly string[] = [
  `
    CREATE TABLE provisie_events.format (
      kind text NOT NULL,
      version integer NOT NULL
    );
    INSERT INTO provisie_events.format VALUES ('${kind}', 0);
    CREATE TABLE provisie_events.categories (
      id integer PRIMARY KEY,
      name text COLLATE "C" NOT NULL UNIQUE
    );
    CREATE TABLE provisie_events.streams (
      id bigint PRIMARY KEY,
      name text COLLATE "C" NOT NULL UNIQUE,
      category_id integer NOT NULL,
      revision bigint NOT NULL
    );
    -- JSON stands as text: every byte as it was written, and nothing refused that the port accepts.
    CREATE TABLE provisie_events.events (
      position bigint PRIMARY KEY,
      stream_id bigint NOT NULL,
      revision bigint NOT NULL,
      occurred_at bigint NOT NULL,
      recorded_at bigint NOT NULL,
      category_id integer NOT NULL,
      version bigint NOT NULL,
      event_id uuid NOT NULL UNIQUE,
      type text COLLATE "C" NOT NULL,
      data text COLLATE "C" NOT NULL,
      metadata text COLLATE "C",
      UNIQUE (stream_id, revision)
    );
    CREATE INDEX events_by_category ON provisie_events.events (category_id, position);
  `,
];

/**
 * Makes the schema or brings it up to date, one process at a time; a schema that is up to date is only
 * looked at, so that a role that may not change it can start. Throws `EventStoreError` `store_foreign`,
 * `store_newer`, `store_unavailable` (no UTF-8).
 */
export async function setUpSchema(server: Server): Promise<void> {
  const client = await connect(server);
  try {
    await checkEncoding(client, server.address);
    if ((await versionOf(client, server.address)) === migrations.length) return;
    await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
    await client.query(lockForSettingUp);
    const version = await versionOf(client, server.address);
    await makeNamespace(client);
    for (const migration of migrations.slice(version)) await client.query(migration);
    await client.query('UPDATE provisie_events.format SET version = $1', [migrations.length]);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

/** Not IF NOT EXISTS: that wants the right to make one even where somebody made it for this role. */
async function makeNamespace(client: Client): Promise<void> {
  const result = await client.query<{ missing: boolean }>(
    `SELECT to_regnamespace('provisie_events') IS NULL AS missing`,
  );
  if (result.rows[0]?.missing === true) await client.query('CREATE SCHEMA provisie_events');
}

async function checkEncoding(client: Client, address: string): Promise<void> {
  const result = await client.query<{ encoding: string }>(
    `SELECT current_setting('server_encoding') AS encoding`,
  );
  const encoding = result.rows[0]?.encoding;
  if (encoding === 'UTF8') return;
  throw new EventStoreError(
    'store_unavailable',
    `The database (${address}) has the encoding ${encoding}; the event store needs UTF8. Create one with ENCODING 'UTF8'.`,
  );
}

async function versionOf(client: Client, address: string): Promise<number> {
  const result = await client.query<{ ours: boolean; empty: boolean }>(`
    SELECT to_regclass('provisie_events.format') IS NOT NULL AS ours,
      NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = to_regnamespace('provisie_events')) AS empty
  `);
  const [schema] = result.rows;
  if (schema?.empty === true) return 0;
  const version = schema?.ours === true ? await formatOf(client) : null;
  if (version === null) {
    throw new EventStoreError(
      'store_foreign',
      `The schema provisie_events (${address}) was made by another program and holds no event store. It was left as it was.`,
    );
  }
  if (version > migrations.length) {
    throw new EventStoreError(
      'store_newer',
      `The event store (${address}) was written by a newer Provisie (schema ${version}; this one knows ${migrations.length}). It was left as it was; start the newer version.`,
    );
  }
  return version;
}

/** Null when it is none of ours. */
async function formatOf(client: Client): Promise<number | null> {
  const columns = await client.query(
    `SELECT FROM information_schema.columns
     WHERE table_schema = 'provisie_events' AND table_name = 'format' AND column_name IN ('kind', 'version')`,
  );
  if (columns.rowCount !== 2) return null;
  const result = await client.query<{ version: number }>(
    'SELECT version FROM provisie_events.format WHERE kind::text = $1',
    [kind],
  );
  return result.rows[0]?.version ?? null;
}
