// `rebuild`: every projection built from the log, in a new file.
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { rebuild } from '@provisie/read-model';
import { peakRssMb } from '../measurement.ts';

const [log = '', file = ''] = process.argv.slice(2);
const store = openSqliteEventStore({ file: log, readOnly: true });
const started = performance.now();
const operations = await rebuild({ store, file });
const seconds = (performance.now() - started) / 1000;
const head = await store.head();
await store.close();
if (operations !== head) throw new Error(`the rebuild ended at ${operations}, the log at ${head}`);
console.log(JSON.stringify({ operations, seconds, p50: null, p99: null, peakRssMb: peakRssMb() }));
