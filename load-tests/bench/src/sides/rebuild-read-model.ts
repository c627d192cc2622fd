// `rebuild`: every projection built from the log, as `provisie rebuild` builds a read model that nobody has yet. Of a
// synthetic log of so many events, what came of it is checked.
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { readModelFile } from '@provisie/read-model';
import { buildReadModel } from '../build-read-model.ts';
import { peakRssMb } from '../measurement.ts';
import { checkRebuilt } from '../rebuilt-results.ts';

const [log = '', folder = '', events] = process.argv.slice(2);
const store = openSqliteEventStore({ file: log, readOnly: true });
const started = performance.now();
const operations = await buildReadModel(store, folder);
const seconds = (performance.now() - started) / 1000;
const peak = peakRssMb();
const head = await store.head();
await store.close();
if (operations !== head) throw new Error(`the rebuild ended at ${operations}, the log at ${head}`);
if (events !== undefined) checkRebuilt(readModelFile(folder), Number(events));
console.log(JSON.stringify({ operations, seconds, p50: null, p99: null, peakRssMb: peak }));
