// The limit of `projector-orders`: the rows of a read model, inserted 64 a statement into tables and indexes like its
// own, in transactions of as many rows as one of the projector's writes.
import Database from 'better-sqlite3';
import { peakRssMb } from '../measurement.ts';
import { rowsOfReadModel, type TableRows } from '../read-model-rows.ts';

const AT_ONCE = 64;
const PER_TRANSACTION = 640 * AT_ONCE;

const [source = '', file = ''] = process.argv.slice(2);
const { definitions, tables } = rowsOfReadModel(source);
const database = new Database(file);
for (const pragma of ['page_size = 8192', 'journal_mode = MEMORY', 'synchronous = OFF']) {
  database.pragma(pragma);
}
database.pragma('cache_size = -65536');
for (const definition of definitions) database.exec(definition);

const started = performance.now();
for (const table of tables) {
  for (let from = 0; from < table.rows.length; from += PER_TRANSACTION) {
    insert(table, from, Math.min(table.rows.length, from + PER_TRANSACTION));
  }
}
const seconds = (performance.now() - started) / 1000;
const operations = tables.find(({ name }) => name === 'commissions')?.rows.length ?? 0;
database.close();
console.log(JSON.stringify({ operations, seconds, p50: null, p99: null, peakRssMb: peakRssMb() }));

function insert({ name, columns, rows }: TableRows, from: number, to: number): void {
  const row = `(${columns.map(() => '?').join(', ')})`;
  const inserting = (count: number) =>
    database.prepare(
      `insert into ${name} values ${Array.from({ length: count }, () => row).join(', ')}`,
    );
  const many = inserting(AT_ONCE);
  const one = inserting(1);
  database.exec('begin immediate');
  let next = from;
  for (; to - next >= AT_ONCE; next += AT_ONCE) many.run(rows.slice(next, next + AT_ONCE).flat());
  for (; next < to; next += 1) one.run(rows.slice(next, next + 1).flat());
  database.exec('commit');
}
