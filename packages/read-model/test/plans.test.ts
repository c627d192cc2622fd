import { createTestDatabase, postgresMissing, type TestDatabase } from '@provisie/postgres-testkit';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPostgresReadModel } from '../src/postgres/postgres-read-model.ts';
import type { ReadModel } from '../src/views.ts';
import { day } from './events.ts';

const at = day(60);
const page = { limit: 50, cursor: null };
const moment = { asOf: at, knownAt: null };

const QUESTIONS: readonly [string, (model: ReadModel) => Promise<unknown>][] = [
  ['the decision of an order', (model) => model.decision('o-4711')],
  ['a page of orders', (model) => model.orders({}, page)],
  ['the orders of a partner', (model) => model.orders({ partnerId: 'p-7' }, page)],
  ['a page of commissions', (model) => model.commissions({ at }, page)],
  ['the commissions of a partner', (model) => model.commissions({ at, partnerId: 'p-7' }, page)],
  ['the balance of a partner', (model) => model.balances({ partnerId: 'p-7' }, moment, page)],
  [
    'a statement',
    (model) =>
      model.statement({ partnerId: 'p-7', currency: 'EUR', from: day(1), ...moment }, page),
  ],
  [
    'the performance of a quarter',
    (model) => model.performance({ fromDay: '2026-01-01', toDay: '2026-03-31', groupBy: ['day'] }),
  ],
  [
    'a page of candidates',
    (model) =>
      model.snapshot((snapshot) =>
        snapshot.payoutCandidates(
          { currency: 'EUR', at, cutOff: at, partnerIds: ['p-7', 'p-8'] },
          page,
        ),
      ),
  ],
  ['a page of the journal', (model) => model.journal({}, page)],
  ['the journal of an order', (model) => model.journal({ orderId: 'o-4711' }, page)],
];

const ROWS = 20_000;

/** In the order in which they can be filled from each other. */
const FILLING = {
  orders: `select 'o-' || n, ${day(0)} + n * 60000::bigint, 'p-' || n % 200, '{}'
    from generate_series(1, ${ROWS}) n`,
  decisions: `select order_id, '{}', '[]', null from orders`,
  commissions: `select order_id, partner_id, 'affiliate', 1, 'EUR', placed_at, 'click', 'l', null, 100,
    10, placed_at, null, null, order_id from orders`,
  journal_entries: `select 'e-' || order_id, order_id, placed_at, 'OrderPlaced', placed_at, order_id,
    null, null, 'EUR' from orders`,
  journal_lines: `select 'e-' || order_id, 1, 'partner_payable', partner_id, partner_id, 'EUR', 10,
    placed_at, placed_at, placed_at from orders`,
  open_items: `select partner_id, 'EUR', order_id, 'affiliate', 1, 't', order_id, 10, placed_at, 0, 0,
    0, 0, 10 from orders`,
  facts: `select n, 'order', 'o-' || n, 'e', 'OrderPlaced', n, n, '{}'
    from generate_series(1, ${ROWS}) n`,
  touch_days: `select 15000 + n / 10, 'l-' || n % 10, '', 1, 1 from generate_series(1, ${ROWS}) n`,
  visitor_days: `select day, link_code, '', 'v' from touch_days`,
};

describe.skipIf(postgresMissing() !== null)('among many rows on PostgreSQL', () => {
  let database: TestDatabase;
  let asking: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    const model = await openPostgresReadModel({ url: database.url });
    await model.database.transaction(async ({ db }) => {
      for (const [table, rows] of Object.entries(FILLING)) {
        await sql`insert into ${sql.table(table)} ${sql.raw(rows)}`.execute(db);
      }
      await sql`insert into balance_partners select distinct partner_id from orders`.execute(db);
    });
    await model.close();
    asking = new Client({ connectionString: database.url });
    await asking.connect();
    await asking.query('vacuum analyze');
  });

  afterAll(async () => {
    await asking.end();
    await database.drop();
  });

  async function counted(what: 'seq_scan' | 'idx_scan'): Promise<number> {
    const { rows } = await asking.query<{ times: string }>(
      `select sum(${what}) as times from pg_stat_user_tables where relname = any ($1)`,
      [Object.keys(FILLING)],
    );
    return Number(rows[0]?.times);
  }

  test.each(QUESTIONS)('%s is found by an index', async (_, ask) => {
    const [bySequence, byIndex] = [await counted('seq_scan'), await counted('idx_scan')];
    const model = await openPostgresReadModel({ url: database.url, readOnly: true });
    await ask(model.readModel);
    // A connection tells its counts when it ends, all at once.
    await model.close();
    await expect.poll(() => counted('idx_scan'), { timeout: 10_000 }).toBeGreaterThan(byIndex);
    expect(await counted('seq_scan')).toBe(bySequence);
  });
});
