// `append`: 64 writers, each waiting for the store to acknowledge one event before it appends the next.
import { createEventIds } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { newFact, streams } from '@provisie/domain';
import { peakRssMb, percentile } from '../measurement.ts';
import { clickData } from '../synthetic-clicks.ts';

const [file = '', count = '0'] = process.argv.slice(2);
const total = Number(count);
const WRITERS = 64;

const store = openSqliteEventStore({ file });
const ids = createEventIds();
const latencies = new Float64Array(total);
let next = 0;

async function write(): Promise<void> {
  for (let i = next++; i < total; i = next++) {
    const before = performance.now();
    const now = Date.now();
    const event = newFact('ClickRecorded', { id: ids(), occurredAt: now, data: clickData(i) });
    const result = await store.append(streams.touches('bench', now), [event], 'any');
    if (!result.ok) throw new Error('an append to any revision met a conflict');
    latencies[i] = performance.now() - before;
  }
}

const started = performance.now();
await Promise.all(Array.from({ length: WRITERS }, write));
const seconds = (performance.now() - started) / 1000;
const head = await store.head();
await store.close();
if (head !== total) throw new Error(`the log holds ${head} events instead of ${total}`);
console.log(
  JSON.stringify({
    operations: total,
    seconds,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    peakRssMb: peakRssMb(),
  }),
);
