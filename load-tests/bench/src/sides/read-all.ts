// `read-all`: the whole log as the projector meets it, in its order.
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { peakRssMb } from '../measurement.ts';

const [file = ''] = process.argv.slice(2);
const store = openSqliteEventStore({ file, readOnly: true });
const head = await store.head();
const started = performance.now();
let operations = 0;
let position = 0;
for await (const batch of store.readAll(0)) {
  operations += batch.length;
  for (const event of batch) {
    if (event.position <= position) throw new Error(`${position} comes before ${event.position}`);
    position = event.position;
  }
}
const seconds = (performance.now() - started) / 1000;
await store.close();
if (operations !== head) throw new Error(`${operations} events were read of ${head}`);
console.log(JSON.stringify({ operations, seconds, p50: null, p99: null, peakRssMb: peakRssMb() }));
