import type { Client } from 'pg';
import { EventStoreError } from '@provisie/event-store';
import { setUpSchema } from '@provisie/postgres';
import type { OwnSchema } from '@provisie/postgres';
import { connect, type Server } from './connecting.ts';
import { nameOf } from './store-failure.ts';

/** Two keys of an advisory lock: "PvEv" in ASCII, and what it is for. */
const FAMILY = 0x50_76_45_76;
/** Held to the commit by whoever gives positions, so that the order of commits is the order of positions. */
export const lockForAppending = `SELECT pg_advisory_xact_lock(${FAMILY}, 1)`;

const schema: OwnSchema = {
  name: 'provisie_events',
  kind: 'provisie event store',
  lock: [FAMILY, 2],
  migrations: [
    `
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
  ],
};

/** Throws `EventStoreError` `store_foreign`, `store_newer`, `store_unavailable` (no UTF-8). */
export async function setUpLog(server: Server): Promise<void> {
  const client = await connect(server);
  try {
    await checkEncoding(client, server.address);
    const setUp = await setUpSchema(client, schema, nameOf(server.address));
    if (setUp.kind === 'ready') return;
    throw new EventStoreError(`store_${setUp.kind}`, setUp.message);
  } finally {
    await client.end();
  }
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
