import { MILLISECONDS_PER_DAY } from '@provisie/domain';
import { entryMoved } from '@provisie/read-model';
import type Database from 'better-sqlite3';
import { DAYS_PER_WEEK, startOfWeek, WEEK_MS } from './trade-shape.ts';

/** Only the projector reads these, or `sqlite` keeps them. */
const LEFT_OUT = new Set(['checkpoint', 'touches', 'identifications', 'decision_reads']);

/** Sums of other tables' rows, over all weeks. */
const SUMMED: Readonly<Record<string, string>> = {
  journal_days: `select concerns_partner_id, currency, effective_at / ${MILLISECONDS_PER_DAY},
      recorded_at / ${MILLISECONDS_PER_DAY}, account, sum(amount_cents)
    from main.journal_lines where concerns_partner_id is not null group by 1, 2, 3, 4, 5`,
};

/** Several days' sums stand beside those of single days in the same table; the finest have none of weeks. */
const SPANS = [
  { days: 7, of: `grouping not in ('place', 'all')` },
  { days: 28, of: 'true' },
];

interface Column {
  readonly name: string;
  readonly type: string;
  readonly pk: number;
}

/** Columns whose texts are JSON: instants and days stand in them too. */
const JSON_COLUMNS = new Set(['view', 'decision', 'reads', 'performance', 'data', 'lines']);
const POSITIONS = new Set(['position', 'cause_position']);
/** No other number is so great. */
const EARLIEST_INSTANT = 1_000_000_000_000;

/** Where the rows of the two projected weeks are taken from, and where those of another go. */
export interface Week {
  readonly week: number;
  readonly mark: string;
  /** Of its first event. */
  readonly position: number;
  readonly events: number;
}

/** Rows of no week are taken as they are; `weeks` says for each week which rows of the other file it is made of. */
export function multiplyWeeks(
  database: Database.Database,
  baseFile: string,
  weeks: Iterable<readonly [from: Week, to: Week]>,
  closedDay: number,
): void {
  database.pragma('journal_mode = DELETE');
  database.pragma('journal_mode = OFF');
  database.pragma('synchronous = OFF');
  database.pragma('cache_size = -1000000');
  database.pragma('temp_store = MEMORY');
  database.function('moved', { deterministic: true }, moved);
  database.function('moved_entry', { deterministic: true }, movedEntry);
  database.prepare('attach ? as base').run(baseFile);
  const tables = tablesOf(database);
  for (const table of tables) takeApart(database, table);
  let position = 0;
  const inOne = database.transaction(() => {
    for (const table of tables) copy(database, table, 'none', { weeks: 0, positions: 0 });
    for (const [from, to] of weeks) {
      for (const table of tables) copyWeek(database, table, from, to);
      position = to.position + to.events - 1;
    }
    for (const [name, rows] of Object.entries(SUMMED)) {
      database.exec(`insert into main.${name} ${rows}`);
    }
    for (const table of tables.filter(isOfSpans)) addUpSpans(database, table);
    database
      .prepare('update checkpoint set position = ?, handled_at = 0, closed_day = ?')
      .run(position, closedDay);
  });
  inOne();
  database.exec('detach base');
  database.pragma('journal_mode = WAL');
}

interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
}

function tablesOf(database: Database.Database): readonly Table[] {
  const names = database
    .prepare<[], string>(
      `select name from base.sqlite_schema where type = 'table' and name not like 'kysely%'
        and name not like 'sqlite%' order by name`,
    )
    .pluck()
    .all();
  return names
    .filter((name) => !LEFT_OUT.has(name) && !Object.hasOwn(SUMMED, name))
    .map((name) => ({
      name,
      columns: database
        .prepare<[string], Column>(`select name, type, pk from pragma_table_info(?, 'base')`)
        .all(name),
    }));
}

function isOfSpans({ columns }: Table): boolean {
  return columns.some((column) => column.name === 'days');
}

function addUpSpans(database: Database.Database, { name, columns }: Table): void {
  for (const { days, of } of SPANS) {
    const values = columns.map((column) => {
      if (column.name === 'days') return String(days);
      if (column.name === 'day') return `day / ${days} * ${days}`;
      return column.pk > 0 ? column.name : `sum(${column.name})`;
    });
    const group = columns.flatMap(({ pk }, index) => (pk > 0 ? [index + 1] : []));
    database.exec(
      `insert into main.${name} select ${values.join()} from main.${name} where days = 1 and ${of} group by ${group.join()}`,
    );
  }
}

/** Into those of each projected week and those of none; sums of several days are none. */
function takeApart(database: Database.Database, table: Table): void {
  const { name, columns } = table;
  const rows = isOfSpans(table) ? `(select * from base.${name} where days = 1)` : `base.${name}`;
  const isOf = (week: number) => {
    if (columns.some((column) => column.name === 'day')) {
      const day = startOfWeek(week) / MILLISECONDS_PER_DAY;
      return `day between ${day} and ${day + DAYS_PER_WEEK - 1}`;
    }
    const marks = columns
      .filter(({ type }) => type.toLowerCase() === 'text')
      .map((column) => `instr(${column.name}, '-c00${week}-') > 0`);
    return marks.length === 0 ? 'false' : marks.join(' or ');
  };
  database.exec(`
    create temp table "${name} 0" as select * from ${rows} where ${isOf(0)};
    create temp table "${name} 1" as select * from ${rows} where ${isOf(1)};
    create temp table "${name} none" as select * from ${rows}
      where not coalesce(${isOf(0)}, false) and not coalesce(${isOf(1)}, false);`);
}

function copyWeek(database: Database.Database, table: Table, from: Week, to: Week): void {
  const [weeks, positions] = [to.week - from.week, to.position - from.position];
  copy(database, table, String(from.week), { weeks, positions, marks: [from.mark, to.mark] });
}

interface Shift {
  readonly weeks: number;
  readonly positions: number;
  readonly marks?: readonly [from: string, to: string];
}

function copy(
  database: Database.Database,
  { name, columns }: Table,
  part: string,
  { weeks, positions, marks: [from, to] = ['', ''] }: Shift,
): void {
  const ms = weeks * WEEK_MS;
  const value = ({ name: column, type }: Column) => {
    if (JSON_COLUMNS.has(column)) return `moved(${column}, '-${from}-', '-${to}-', ${weeks})`;
    if (column === 'entry') return `moved_entry(entry, '-${from}-', '-${to}-', ${positions})`;
    if (type.toLowerCase() === 'text') return `replace(${column}, '-${from}-', '-${to}-')`;
    if (POSITIONS.has(column)) return `${column} + ${positions}`;
    if (column === 'day') return `day + ${weeks * DAYS_PER_WEEK}`;
    return `case when ${column} > ${EARLIEST_INSTANT} then ${column} + ${ms} else ${column} end`;
  };
  const names = columns.map((column) => column.name).join(', ');
  database.exec(
    `insert into main.${name} (${names}) select ${columns.map(value).join(', ')} from temp."${name} ${part}"`,
  );
}

const TIMES = /"day":(\d+)|\b1[67]\d{11}\b/g;

/** The text with another week's ids and times. */
function moved(text: unknown, from: unknown, to: unknown, weeks: unknown): string | null {
  if (typeof text !== 'string') return null;
  const shift = Number(weeks);
  if (shift === 0 && from === to) return text;
  return text
    .replaceAll(String(from), String(to))
    .replace(TIMES, (time: string, day: string | undefined) =>
      day === undefined
        ? String(Number(time) + shift * WEEK_MS)
        : `"day":${Number(day) + shift * DAYS_PER_WEEK}`,
    );
}

/** The key of a journal entry as that of another week's. */
function movedEntry(entry: unknown, from: unknown, to: unknown, positions: unknown): string {
  return entryMoved(String(entry), Number(positions)).replaceAll(String(from), String(to));
}
