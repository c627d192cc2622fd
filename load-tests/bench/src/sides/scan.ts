// The limit of `read-all`: every row of the log once, in order, as the driver gives it fastest: lists of values, some
// hundred rows at a time, and the id as text, since a buffer costs more than the rest of the row.
import Database from 'better-sqlite3';
import { peakRssMb } from '../measurement.ts';

const [file = ''] = process.argv.slice(2);
const ROWS = 500;
const db = new Database(file, { readonly: true });
const count = db.prepare('select count(*) from events').pluck().get();
const page = db
  .prepare<[number, number], [position: number, ...values: unknown[]]>(
    `select position, stream_id, revision, hex(event_id), type, version, occurred_at, recorded_at, data, metadata
     from events where position > ? order by position limit ?`,
  )
  .raw();
const started = performance.now();
let operations = 0;
let position = 0;
for (let rows = page.all(0, ROWS); rows.length > 0; rows = page.all(position, ROWS)) {
  operations += rows.length;
  position = rows.at(-1)?.[0] ?? position;
}
const seconds = (performance.now() - started) / 1000;
db.close();
if (operations !== count) throw new Error(`${operations} rows were read of ${String(count)}`);
console.log(JSON.stringify({ operations, seconds, p50: null, p99: null, peakRssMb: peakRssMb() }));
