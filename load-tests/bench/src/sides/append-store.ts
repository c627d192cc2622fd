// `append`: writers that each wait for the store to acknowledge an append before they make the next one.
import { createEventIds } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { newFact, streams } from '@provisie/domain';
import { peakRssMb, percentile } from '../measurement.ts';
import { clickData } from '../synthetic-clicks.ts';

const [file = '', events = '0', writers = '0', perAppend = '0'] = process.argv.slice(2);
const total = Number(events);
const size = Number(perAppend);

const store = openSqliteEventStore({ file, writesOn: 'own_thread' });
const ids = createEventIds();
const latencies = new Float64Array(Math.ceil(total / size));
let next = 0;
let appends = 0;

async function write(): Promise<void> {
  while (next < total) {
    const from = next;
    next = Math.min(total, from + size);
    const before = performance.now();
    const now = Date.now();
    const facts = Array.from({ length: next - from }, (_, i) =>
      newFact('ClickRecorded', { id: ids(), occurredAt: now, data: clickData(from + i) }),
    );
    const result = await store.append(streams.touches('bench', now), facts, 'any');
    if (!result.ok) throw new Error('an append to any revision met a conflict');
    latencies[appends++] = performance.now() - before;
  }
}

// The thread that writes has started when this is answered.
await store.append(streams.touches('bench', Date.now()), [], 'any');
const started = performance.now();
await Promise.all(Array.from({ length: Number(writers) }, write));
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
