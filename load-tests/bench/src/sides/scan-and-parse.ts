// The limit of `rebuild`: every row of the log once, in order, and its JSON parsed.
import Database from 'better-sqlite3';
import { peakRssMb } from '../measurement.ts';

const [file = ''] = process.argv.slice(2);
const db = new Database(file, { readonly: true });
const rows = db.prepare<[], { type: string; data: string }>(
  'select position, type, occurred_at, recorded_at, data from events order by position',
);
const started = performance.now();
let operations = 0;
for (const row of rows.iterate()) {
  if (typeof JSON.parse(row.data) === 'object') operations += 1;
}
const seconds = (performance.now() - started) / 1000;
db.close();
console.log(JSON.stringify({ operations, seconds, p50: null, p99: null, peakRssMb: peakRssMb() }));
