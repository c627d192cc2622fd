import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { openSqliteVault } from '@provisie/privacy/sqlite';
import { readModelFile } from '@provisie/read-model';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { buildReadModel } from './build-read-model.ts';
import { fillReadModel } from './fill-read-model.ts';
import { logIn, vaultIn } from './payout-office.ts';
import { writeSyntheticMarket } from './synthetic-market.ts';

/** All that a payout run reads, and how far it was read. */
const READ_BY_RUNS = {
  checkpoint: 'select name, position from checkpoint',
  partners: 'select * from partners order by partner_id',
  coupons: 'select * from coupons order by code',
  open_items: 'select * from open_items order by partner_id, currency, order_id',
  commissions: 'select * from commissions order by order_id',
};

test('the rows of orders that are filled in are those that the projector writes', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'provisie-bench-'));
  try {
    const store = openSqliteEventStore({ file: logIn(folder) });
    const vault = openSqliteVault(vaultIn(folder));
    const folders = { filled: path.join(folder, 'a'), projected: path.join(folder, 'b') };
    await writeSyntheticMarket(store, vault, 30);
    await fillReadModel(store, folders.filled, 30);
    await buildReadModel(store, folders.projected);
    vault.close();
    await store.close();
    const filled = rowsIn(folders.filled);
    expect(filled['open_items']).toHaveLength(300);
    expect(filled).toEqual(rowsIn(folders.projected));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function rowsIn(folder: string): Record<string, unknown[]> {
  const database = new Database(readModelFile(folder), { readonly: true });
  const rows: Record<string, unknown[]> = {};
  for (const [name, query] of Object.entries(READ_BY_RUNS))
    rows[name] = database.prepare(query).all();
  database.close();
  return rows;
}
