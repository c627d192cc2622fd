import { rmSync } from 'node:fs';
import type { EventStore } from '@provisie/event-store';
import { readModelFile } from '@provisie/read-model';
import Database from 'better-sqlite3';
import { buildReadModel } from './build-read-model.ts';
import { commissionOf, ORDERS_PER_PARTNER, type SyntheticCommission } from './synthetic-market.ts';

/** What a payout run reads of orders. */
const TABLES = ['open_items', 'commissions'] as const;

type Value = string | number | null;
type Row = Record<string, Value>;

/**
 * Builds the read model of a synthetic market in a folder: the projector takes in everything up to the first order, and that one;
 * the rows of all others are its rows with the values of their own. `log` holds the orders last.
 */
export async function fillReadModel(
  log: EventStore,
  folder: string,
  partners: number,
): Promise<void> {
  const orders = partners * ORDERS_PER_PARTNER;
  const head = await log.head();
  const last = await log.eventAt(head);
  await buildReadModel(upTo(log, head - orders + 1), folder);
  const file = readModelFile(folder);
  const database = new Database(file);
  database.pragma('synchronous = OFF');
  const fill = database.transaction(() => {
    for (const table of TABLES) fillTable(database, table, orders, partners);
    database
      .prepare('update checkpoint set position = ?, last_recorded_at = ?')
      .run(head, last?.recordedAt ?? null);
  });
  fill();
  database.pragma('wal_checkpoint(truncate)');
  database.close();
  for (const rest of ['-wal', '-shm']) rmSync(`${file}${rest}`, { force: true });
}

/** The log as it was when it ended at a position. */
function upTo(log: EventStore, position: number): EventStore {
  return {
    append: (...args) => log.append(...args),
    readStream: (...args) => log.readStream(...args),
    subscribe: (...args) => log.subscribe(...args),
    close: () => log.close(),
    head: async () => position,
    eventAt: async (at) => (at > position ? null : log.eventAt(at)),
    async *readAll(after, options) {
      for await (const batch of log.readAll(after, options)) {
        const events = batch.filter((event) => event.position <= position);
        if (events.length > 0) yield events;
        if (events.length < batch.length) return;
      }
    },
  };
}

function fillTable(
  database: Database.Database,
  table: (typeof TABLES)[number],
  orders: number,
  partners: number,
): void {
  const template = database.prepare<[], Row>(`select * from ${table}`).get();
  if (template === undefined) throw new Error(`the first order left no row in ${table}`);
  const columns = Object.keys(template);
  const values = columns.map((column) => `@${column}`).join(', ');
  const insert = database.prepare<[Row]>(
    `insert into ${table} (${columns.join(', ')}) values (${values})`,
  );
  for (let n = 1; n < orders; n += 1) {
    insert.run({ ...template, ...ownValues(columns, commissionOf(n, partners)) });
  }
}

/** Those that tell one order's row from another's. */
function ownValues(columns: readonly string[], commission: SyntheticCommission): Row {
  const own: Row = {
    order_id: commission.orderId,
    partner_id: commission.partnerId,
    customer: commission.customer,
    coupon_code: commission.couponCode,
    touch_id: `coupon:${commission.couponCode}`,
    placed_at: commission.placedAt,
    payable_from: commission.payableFrom,
    base_cents: commission.baseCents,
    amount_cents: commission.amountCents,
    earned_cents: commission.amountCents,
    open_cents: commission.amountCents,
  };
  return Object.fromEntries(Object.entries(own).filter(([column]) => columns.includes(column)));
}
