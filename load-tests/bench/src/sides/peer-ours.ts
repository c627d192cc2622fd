// Our side of `peers`: appends to a store, reads it and rebuilds all projections from it.
import path from 'node:path';
import type { EventStore } from '@provisie/event-store';
import { readFact } from '@provisie/event-store';
import { openPostgresEventStore } from '@provisie/event-store-postgres';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { buildReadModel } from '../build-read-model.ts';
import { byWriters, PER_BATCH, peerBatch, peerEvent } from '../peer-work.ts';
import { phase } from '../phases.ts';
import { writeSyntheticLog } from '../synthetic-log.ts';

const [address = '', folder = '', ...numbers] = process.argv.slice(2);
const [writers = 1, singles = 0, batches = 0, logged = 0] = numbers.map(Number);

async function append(
  store: EventStore,
  stream: string,
  events: Parameters<EventStore['append']>[1],
) {
  const result = await store.append(stream, events, 'any');
  if (!result.ok) throw new Error('an append to any revision met a conflict');
}

const store = address.startsWith('postgres:')
  ? await openPostgresEventStore({ url: address })
  : openSqliteEventStore({ file: path.join(folder, 'appended.sqlite') });
await phase('append', async () => {
  await byWriters(writers, singles, (n, stream) => append(store, stream, [peerEvent(n)]));
  return singles;
});
await phase('append-batch', async () => {
  await byWriters(writers, batches, (n, stream) => append(store, stream, peerBatch(n)));
  return batches * PER_BATCH;
});
const head = await store.head();
const WANTED = singles + batches * PER_BATCH;
if (head !== WANTED) throw new Error(`the log holds ${head} events instead of ${WANTED}`);
await store.close();

if (logged > 0) {
  const log = openSqliteEventStore({ file: path.join(folder, 'log.sqlite') });
  await writeSyntheticLog(log, logged);
  await phase('read', async () => {
    let read = 0;
    for await (const batch of log.readAll(0)) read += batch.map(readFact).length;
    return read;
  });
  await phase('rebuild', () => buildReadModel(log, path.join(folder, 'read-model')));
  await log.close();
}
