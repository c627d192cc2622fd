// The limit of `rebuild-copy`: SQLite copies the tables of a read model that is built, each in the order in which it
// stands there, and then makes its indexes. No log is read, nothing is decided, and no value passes through JavaScript.
import Database from 'better-sqlite3';
import { peakRssMb } from '../measurement.ts';
import { definitionsOfReadModel } from '../read-model-rows.ts';

const [source = '', file = '', events = ''] = process.argv.slice(2);
const definitions = definitionsOfReadModel(source);
const database = new Database(file);
for (const pragma of ['journal_mode = MEMORY', 'synchronous = OFF', 'cache_size = -65536']) {
  database.pragma(pragma);
}
database.prepare('attach ? as built').run(source);

const started = performance.now();
for (const { type, name, sql } of definitions) {
  database.exec(sql);
  if (type === 'table') database.exec(`insert into main.${name} select * from built.${name}`);
}
const seconds = (performance.now() - started) / 1000;
database.close();
console.log(
  JSON.stringify({
    operations: Number(events),
    seconds,
    p50: null,
    p99: null,
    peakRssMb: peakRssMb(),
  }),
);
