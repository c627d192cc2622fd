// `projector-orders`: a read model built from a log, its operations the orders that were decided.
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { readModelFile } from '@provisie/read-model';
import Database from 'better-sqlite3';
import { buildReadModel } from '../build-read-model.ts';
import { peakRssMb } from '../measurement.ts';

const [log = '', folder = ''] = process.argv.slice(2);
const store = openSqliteEventStore({ file: log, readOnly: true });
const started = performance.now();
const handled = await buildReadModel(store, folder);
const seconds = (performance.now() - started) / 1000;
const head = await store.head();
await store.close();
if (handled !== head) throw new Error(`the read model ended at ${handled}, the log at ${head}`);

const built = new Database(readModelFile(folder), { readonly: true });
const count = (what: string) => built.prepare<[], number>(`select ${what}`).pluck().get() ?? 0;
const operations = count('count(*) from commissions');
const placed = count(`count(*) from facts where type = 'OrderPlaced'`);
const imbalance = count('sum(amount_cents) from journal_lines');
built.close();
if (operations !== placed) throw new Error(`${operations} of ${placed} orders earned something`);
if (imbalance !== 0) throw new Error(`the journal is off balance by ${imbalance} cents`);
console.log(JSON.stringify({ operations, seconds, p50: null, p99: null, peakRssMb: peakRssMb() }));
