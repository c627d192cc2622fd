// Streams whole listings as exports do, or reads the bare rows of their tables. Commissions are counted and added up.
import assert from 'node:assert/strict';
import { openSqliteReadModel, readModelFile, type PageRequest } from '@provisie/read-model';
import { journalFile } from '@provisie/payouts/journal-file';
import Database from 'better-sqlite3';
import { phase } from '../phases.ts';

const [side = '', folder = '', commissions = '0', amountCents = '0'] = process.argv.slice(2);
const PAGE = 500;

async function* everyRow<Row>(
  list: (page: PageRequest) => Promise<{ rows: readonly Row[]; next: string | null }>,
): AsyncGenerator<Row> {
  let cursor: string | null = null;
  do {
    const page: { rows: readonly Row[]; next: string | null } = await list({ limit: PAGE, cursor });
    yield* page.rows;
    cursor = page.next;
  } while (cursor !== null);
}

async function ours(): Promise<void> {
  const model = await openSqliteReadModel({ folder, readOnly: true });
  await model.readModel.snapshot(async (snapshot) => {
    await phase('export-commissions', async () => {
      let [rows, cents] = [0, 0];
      for await (const row of everyRow((page) => snapshot.commissions({ at: 0 }, page))) {
        rows += 1;
        if (row.status !== 'rejected') cents += row.amountCents;
      }
      assert.deepEqual({ rows, cents }, { rows: Number(commissions), cents: Number(amountCents) });
      return rows;
    });
    await phase('export-journal', async () => {
      let rows = 0;
      const entries = everyRow((page) => snapshot.journal({}, page));
      for await (const piece of journalFile(entries)) rows += piece.split('\n').length - 1;
      return rows - 1;
    });
    await phase('export-decisions', async () => {
      let rows = 0;
      for await (const row of everyRow((page) => snapshot.decisions(page))) {
        if (JSON.stringify(row).length > 2) rows += 1;
      }
      return rows;
    });
  });
  await model.close();
}

async function bare(): Promise<void> {
  const database = new Database(readModelFile(folder), { readonly: true });
  const scan = (name: string, table: string) =>
    phase(name, async () => {
      let rows = 0;
      for (const row of database.prepare(`select * from ${table}`).iterate()) {
        if (row !== null) rows += 1;
      }
      return rows;
    });
  await scan('export-commissions', 'commissions');
  await scan('export-journal', 'journal_lines');
  await scan('export-decisions', 'decisions');
  database.close();
}

await (side === 'ours' ? ours() : bare());
