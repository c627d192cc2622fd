// `growth`: writes a log of one size, reads it, rebuilds all projections from it, and records clicks at its end.
import path from 'node:path';
import { createEventIds } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { newFact, streams } from '@provisie/domain';
import { buildReadModel } from '../build-read-model.ts';
import { phase } from '../phases.ts';
import { clickData } from '../synthetic-clicks.ts';
import { writeSyntheticLog } from '../synthetic-log.ts';

const [folder = '', count = '0', withOrders = 'true'] = process.argv.slice(2);
const events = Number(count);
const WRITERS = 64;
const RECORDED = Math.min(events, 5000);

const store = openSqliteEventStore({ file: path.join(folder, 'events.sqlite') });
await phase('append', async () => {
  await writeSyntheticLog(store, events, { withOrders: withOrders === 'true' });
  return store.head();
});
const head = await store.head();

await phase('read-all', async () => {
  let read = 0;
  for await (const batch of store.readAll(0)) read += batch.length;
  if (read !== head) throw new Error(`${read} events were read of ${head}`);
  return read;
});

await phase('rebuild', async () => {
  const handled = await buildReadModel(store, folder);
  if (handled !== head) throw new Error(`the rebuild ended at ${handled}, the log at ${head}`);
  return handled;
});

// As a tracker does for a redirect: one event, acknowledged when it is on the disk.
const ids = createEventIds();
let next = events;
async function record(): Promise<void> {
  for (let n = next++; n < events + RECORDED; n = next++) {
    const data = { ...clickData(n), touchId: ids() };
    const event = newFact('ClickRecorded', { id: data.touchId, occurredAt: Date.now(), data });
    const result = await store.append(streams.touches('grow', Date.now()), [event], 'any');
    if (!result.ok) throw new Error('an append to any revision met a conflict');
  }
}
await phase('record', async () => {
  await Promise.all(Array.from({ length: WRITERS }, record));
  return RECORDED;
});
if ((await store.head()) !== head + RECORDED) throw new Error('recorded clicks are missing');
await store.close();
