// What commands do to the streams of single orders, all over a log: reading one, an append that meets a conflict, and
// one that succeeds.
import { createEventIds } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { newFact, streams } from '@provisie/domain';
import { phase } from '../phases.ts';
import { CLICKS_PER_ORDER } from '../synthetic-log.ts';

const [file = '', events = '0'] = process.argv.slice(2);
/** Of a log in which so many events were written, before anybody appended to it here. */
const orders = Math.floor(Number(events) / (CLICKS_PER_ORDER + 1));
const STREAMS = 1024;
const TOGETHER = 64;
const store = openSqliteEventStore({ file, writesOn: 'own_thread' });
const ids = createEventIds();

/** All over the log, in no order of it. */
const orderIdAt = (n: number) => {
  const order = Math.floor((((n * 389) % STREAMS) * orders) / STREAMS);
  return `order-${String(order * CLICKS_PER_ORDER)}`;
};

const cancelled = (orderId: string) =>
  newFact('OrderCancelled', { id: ids(), occurredAt: Date.now(), data: { orderId } });

await phase('read-stream', async () => {
  for (let n = 0; n < STREAMS; n += 1) {
    let events = 0;
    for await (const event of store.readStream(streams.order(orderIdAt(n)))) {
      if (event.revision === events) events += 1;
    }
    if (events === 0) throw new Error(`${orderIdAt(n)} has no events`);
  }
  return STREAMS;
});

/** Resolves to how many of them succeeded. */
async function append(name: 'no_stream' | 'any'): Promise<number> {
  let succeeded = 0;
  for (let n = 0; n < STREAMS; n += TOGETHER) {
    const orderIds = Array.from({ length: TOGETHER }, (_, i) => orderIdAt(n + i));
    const results = await Promise.all(
      orderIds.map((id) => store.append(streams.order(id), [cancelled(id)], name)),
    );
    for (const { ok } of results) if (ok) succeeded += 1;
  }
  return succeeded;
}

await phase('check-conflict', async () => {
  if ((await append('no_stream')) > 0) throw new Error('an order was there, and had no stream');
  return STREAMS;
});
await phase('append-to-stream', async () => {
  if ((await append('any')) < STREAMS) throw new Error('an append met a conflict');
  return STREAMS;
});
await store.close();
