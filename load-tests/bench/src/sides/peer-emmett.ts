// Emmett's side of `peers`: appends to its store, reads it, and counts by its consumer.
import { registerHooks } from 'node:module';
import path from 'node:path';
import type { Event, EventStore } from '@event-driven-io/emmett';
import type { NewFact } from '@provisie/domain';
import { byWriters, PER_BATCH, peerBatch, peerEvent } from '../peer-work.ts';
import { phase } from '../phases.ts';
import { appends } from '../synthetic-log.ts';

type Message = Event<string, NewFact['data'], { id: string; occurredAt: number; version: number }>;

const [address = '', folder = '', ...numbers] = process.argv.slice(2);
const [writers = 1, singles = 0, batches = 0, logged = 0] = numbers.map(Number);
const READ_AT_ONCE = 1000;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'sqlite3'
      ? { url: new URL('sqlite3-by-better-sqlite3.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});

/** The same content as ours; Emmett makes ids and times of its own. */
function messageOf({ id, type, occurredAt, version, data }: NewFact): Message {
  return { type, data, kind: 'Event', metadata: { id, occurredAt, version } };
}

async function measureAppends(store: Pick<EventStore, 'appendToStream'>): Promise<void> {
  await phase('append', async () => {
    await byWriters(writers, singles, async (n, stream) => {
      await store.appendToStream(stream, [messageOf(peerEvent(n))]);
    });
    return singles;
  });
  await phase('append-batch', async () => {
    await byWriters(writers, batches, async (n, stream) => {
      await store.appendToStream(stream, peerBatch(n).map(messageOf));
    });
    return batches * PER_BATCH;
  });
}

async function onPostgres(): Promise<void> {
  const { getPostgreSQLEventStore } = await import('@event-driven-io/emmett-postgresql');
  const store = getPostgreSQLEventStore(address);
  await store.schema.migrate();
  await measureAppends(store);
  await store.close();
}

async function onSqlite(): Promise<void> {
  const { getSQLiteEventStore, readMessagesBatch, sqliteConnection } =
    await import('@event-driven-io/emmett-sqlite');
  const open = (name: string) => {
    const fileName = path.join(folder, name);
    const connection = sqliteConnection({ fileName });
    const options = { fileName, connectionOptions: { singleton: true as const, connection } };
    return { connection, fileName, store: getSQLiteEventStore(options) };
  };
  const appended = open('appended.sqlite');
  await measureAppends(appended.store);
  appended.connection.close();
  if (logged === 0) return;

  const log = open('log.sqlite');
  let head = 0;
  for (const { stream, events } of appends(logged)) {
    await log.store.appendToStream(stream, events.map(messageOf));
    head += events.length;
  }
  await phase('read', async () => {
    let after = 0n;
    let read = 0;
    for (;;) {
      const batch = await readMessagesBatch(log.connection, { after, batchSize: READ_AT_ONCE });
      read += batch.messages.length;
      if (batch.messages.length === 0) return read;
      after = batch.currentGlobalPosition;
    }
  });
  await phase('rebuild', async () => {
    const counts = countingProjection();
    const consumer = log.store.consumer({ pulling: { batchSize: READ_AT_ONCE } });
    consumer.processor({
      processorId: 'counts',
      eachMessage: counts.take,
      stopAfter: () => counts.taken() === head,
      connectionOptions: { fileName: log.fileName, connection: log.connection },
    });
    await consumer.start();
    return counts.taken();
  });
  log.connection.close();
}

/** Clicks by link, the last click of each visitor, the first order of each customer: in memory, which is cheapest. */
function countingProjection() {
  const clicks = new Map<string, number>();
  const lastClicks = new Map<string, unknown>();
  const firstOrders = new Map<string, unknown>();
  let taken = 0;
  return {
    taken: () => taken,
    take: ({ type, data }: Event) => {
      taken += 1;
      if (type === 'ClickRecorded') {
        const code = String(data['linkCode']);
        clicks.set(code, (clicks.get(code) ?? 0) + 1);
        lastClicks.set(String(data['visitorId']), data['touchId']);
      } else if (type === 'OrderPlaced') {
        const customer = String(data['customer']);
        if (!firstOrders.has(customer)) firstOrders.set(customer, data['orderId']);
      }
    },
  };
}

await (address.startsWith('postgres:') ? onPostgres() : onSqlite());
