import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readModelFile } from '@provisie/read-model';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { fillTrade, projectTrade } from './fill-trade.ts';

/** Only the projector reads them. */
const LEFT_OUT = new Set(['touches', 'identifications', 'decision_reads']);

test('the rows that are filled in are those that the projector writes', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'provisie-bench-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  // Into the summer: days begin at another hour then.
  const shape = { weeks: 14, partners: 12, ordersPerWeek: 75, touchesPerOrder: 4 };
  const [filled, projected] = [path.join(folder, 'filled'), path.join(folder, 'projected')];
  await fillTrade(filled, shape);
  await projectTrade(projected, shape);
  const rows = rowsIn(projected);
  expect(rows.get('commissions')?.length).toBeGreaterThan(500);
  expect(rows.get('payouts')?.length).toBeGreaterThan(20);
  for (const [table, expected] of rows) {
    expect({ table, rows: rowsIn(filled).get(table) }).toEqual({ table, rows: expected });
  }
}, 60_000);

function rowsIn(folder: string): ReadonlyMap<string, readonly unknown[]> {
  const database = new Database(readModelFile(folder), { readonly: true });
  try {
    const tables = database
      .prepare<[], string>(
        `select name from sqlite_schema where type = 'table' and name not like 'kysely%'
          and name not like 'sqlite%'`,
      )
      .pluck()
      .all();
    const compared = tables.filter((name) => !LEFT_OUT.has(name));
    return new Map(compared.map((name) => [name, sorted(database, name)]));
  } finally {
    database.close();
  }
}

function sorted(database: Database.Database, table: string): readonly unknown[] {
  const hidden = table === 'checkpoint' ? 'name, position' : '*';
  const rows = database.prepare(`select ${hidden} from ${table}`).all();
  return rows.map((row) => JSON.stringify(row)).sort();
}
