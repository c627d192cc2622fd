// Writes the log that `rebuild` and `projector-orders` read.
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { peakRssMb } from '../measurement.ts';
import { writeSyntheticLog } from '../synthetic-log.ts';

const [file = '', events = '0', clicksPerOrder = '40'] = process.argv.slice(2);
const store = openSqliteEventStore({ file });
const started = performance.now();
await writeSyntheticLog(store, Number(events), { clicksPerOrder: Number(clicksPerOrder) });
const seconds = (performance.now() - started) / 1000;
const operations = await store.head();
await store.close();
console.log(JSON.stringify({ operations, seconds, p50: null, p99: null, peakRssMb: peakRssMb() }));
