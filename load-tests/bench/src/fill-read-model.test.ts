import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { openSqliteVault } from '@provisie/privacy/sqlite';
import { rebuild } from '@provisie/read-model';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
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
    const files = {
      filled: path.join(folder, 'a.sqlite'),
      projected: path.join(folder, 'b.sqlite'),
    };
    await writeSyntheticMarket(store, vault, 30);
    await fillReadModel(store, files.filled, 30);
    await rebuild({ store, file: files.projected });
    vault.close();
    await store.close();
    const filled = rowsIn(files.filled);
    expect(filled['open_items']).toHaveLength(300);
    expect(filled).toEqual(rowsIn(files.projected));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function rowsIn(file: string): Record<string, unknown[]> {
  const database = new Database(file, { readonly: true });
  const rows: Record<string, unknown[]> = {};
  for (const [name, query] of Object.entries(READ_BY_RUNS))
    rows[name] = database.prepare(query).all();
  database.close();
  return rows;
}
