// The limit of `append`: prepared inserts into an empty SQLite file, so many to a commit, as durable as ours. A row
// holds less than one of ours, and has one index.
import Database from 'better-sqlite3';
import { peakRssMb, percentile } from '../measurement.ts';
import { clickData } from '../synthetic-clicks.ts';

const [file = '', count = '0', perCommit = '0'] = process.argv.slice(2);
const total = Number(count);
const PER_COMMIT = Number(perCommit);

const db = new Database(file);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec(
  'create table events (position integer primary key, id blob unique, type text, data text) strict',
);
const insert = db.prepare('insert into events (id, type, data) values (?, ?, ?)');
const commit = db.transaction((from: number, to: number) => {
  for (let i = from; i < to; i += 1) {
    insert.run(growingId(i), 'ClickRecorded', JSON.stringify(clickData(i)));
  }
});

/** Sixteen bytes that grow, as ours do: random ones would cost the index more, and flatter us. */
function growingId(n: number): Buffer {
  const id = Buffer.alloc(16, 0x5a);
  id.writeUIntBE(n, 0, 6);
  return id;
}

const latencies: number[] = [];
const started = performance.now();
for (let from = 0; from < total; from += PER_COMMIT) {
  const before = performance.now();
  commit(from, Math.min(total, from + PER_COMMIT));
  latencies.push(performance.now() - before);
}
const seconds = (performance.now() - started) / 1000;
const rows = db.prepare('select count(*) as rows from events').get();
db.close();
if (JSON.stringify(rows) !== JSON.stringify({ rows: total })) throw new Error('rows are missing');
const sample = Float64Array.from(latencies);
console.log(
  JSON.stringify({
    operations: total,
    seconds,
    p50: percentile(sample, 0.5),
    p99: percentile(sample, 0.99),
    peakRssMb: peakRssMb(),
  }),
);
