import { createTestDatabase, postgresMissing, type TestDatabase } from '@provisie/postgres-testkit';
import Database from 'better-sqlite3';
import { Kysely, sql, SqliteDialect } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SQLITE } from '../src/database/dialect.ts';
import {
  ORDER_GROUPINGS,
  REPEAT_GROUPINGS,
  TOUCH_GROUPINGS,
  type Dimension,
  type Grouping,
} from '../src/sums/groupings.ts';
import { openPostgresReadModel } from '../src/postgres/postgres-read-model.ts';
import { readModelOf } from '../src/queries/read-model.ts';
import { ReadModelDatabase } from '../src/database/read-model-database.ts';
import { SPAN_DAYS } from '../src/sums/spans.ts';
import type { Tables } from '../src/tables/index.ts';
import type { ReadModel } from '../src/read-model.ts';
import { day } from './events.ts';
import { QUESTIONS } from './questions.ts';
import { emptySqliteReadModel } from './read-models.ts';

const ROWS = 20_000;

const TOUCH_DIMENSIONS = ['partner', 'programme', 'link', 'campaign'] as const;
const ORDER_DIMENSIONS = ['partner', 'programme', 'link', 'coupon', 'campaign'] as const;

/** Some of each grouping on every day, and in every span. */
function sumsOf(
  groupings: readonly Grouping[],
  dimensions: readonly Dimension[],
  amounts: string,
): string {
  const parts = groupings.map(({ name, by }) => {
    const group = dimensions.map((told) =>
      by.includes(told) ? `'${told.slice(0, 1)}-' || n` : `''`,
    );
    return `select distinct '${name}', days, day / days * days, ${group.join()}, ${amounts}
      from generate_series(20400, 20600) day, unnest(array[${SPAN_DAYS.join()}]) days,
        generate_series(1, 20) n`;
  });
  return parts.join(' union all ');
}

/** In the order in which they can be filled from each other. */
const FILLING = {
  partners: `select 'p-' || n, 'approved', '{}' from generate_series(0, ${ROWS}) n`,
  links: `select 'l-' || n, 'p-' || n, 'affiliate', '{}' from generate_series(0, ${ROWS}) n`,
  coupons: `select 'C' || n, 'p-' || n, 'affiliate', '{}' from generate_series(0, ${ROWS}) n`,
  orders: `select 'o-' || n, ${day(0)} + n * 300000::bigint, 'p-' || n % 200, '{}'
    from generate_series(1, ${ROWS}) n`,
  decisions: `select order_id, '{}', '[]', null from orders`,
  commissions: `select order_id, partner_id, 'affiliate', 1, 'EUR', placed_at, 'click', 'l', null, 100,
    10, placed_at + 14 * 86400000::bigint, case when right(order_id, 1) = '7' then 'paid' end, null,
    0, order_id from orders`,
  journal_entries: `select '00000' || order_id, order_id, placed_at, 'OrderPlaced', placed_at, order_id,
    null, null, 'EUR' from orders`,
  journal_lines: `select '00000' || order_id, 1, 'partner_payable', partner_id, partner_id, 'EUR', 10,
    placed_at, placed_at from orders`,
  journal_days: `select partner_id, 'EUR', n, n, 'partner_payable', 10
    from (select distinct partner_id from orders) p, generate_series(20400, 20500) n`,
  journal_of_partner: `select partner_id, '00000' || order_id from orders`,
  open_items: `select partner_id, 'EUR', order_id, 'affiliate', 1, 't', order_id, 10, placed_at, 0, 0,
    0, 0, 10 from orders`,
  facts: `select n, 'order', 'o-' || n, 'e', 'OrderPlaced', n, n, '{}'
    from generate_series(1, ${ROWS}) n`,
  payouts: `select 'po-' || n, 'p-' || n % 2000, 'r-' || n % 100, 'EUR', 'paid', n, 10, '{}'
    from generate_series(1, ${ROWS}) n`,
  skipped_payouts: `select 'po-' || n, 'r-' || n % 100, 'p-' || n % 2000, 'EUR', 10, 10, 'suspended', n
    from generate_series(1, ${ROWS}) n`,
  documents: `select 'd-' || n, n::text, 'p-' || n % 2000, 'po-' || n, 'payout_statement', 10, n, '{}'
    from generate_series(1, ${ROWS}) n`,
  visitor_days: `select 20000 + n / 20, 'v-' || n, 'l-' || n % 20, 'c' from generate_series(1, ${ROWS}) n`,
  visitor_repeats: `select day, visitor_id, link_code, campaign from visitor_days`,
  touch_sums: sumsOf(TOUCH_GROUPINGS, TOUCH_DIMENSIONS, '1, 1, 1'),
  repeat_sums: sumsOf(REPEAT_GROUPINGS, TOUCH_DIMENSIONS, '1'),
  order_sums: sumsOf(ORDER_GROUPINGS, ORDER_DIMENSIONS, `'EUR', 1, 1, 1`),
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
      // As it is once all that was written is handled.
      await db
        .updateTable('checkpoint')
        .set({ position: day(1000) })
        .execute();
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

  /** By table: how often it was read from one end to the other, and how often by an index. */
  async function counted(what: 'seq_scan' | 'idx_scan'): Promise<Record<string, number>> {
    const { rows } = await asking.query<{ name: string; times: string }>(
      `select relname as name, ${what} as times from pg_stat_user_tables where relname = any ($1)`,
      [Object.keys(FILLING)],
    );
    return Object.fromEntries(rows.map(({ name, times }) => [name, Number(times)]));
  }

  const byIndex = QUESTIONS.filter(([, reach]) => reach !== 'all_partners');

  test('every question is answered by indexes', async () => {
    const before = await counted('seq_scan');
    const found = await counted('idx_scan');
    const model = await openPostgresReadModel({ url: database.url, readOnly: true });
    for (const [, , ask] of byIndex) await ask(model.readModel);
    // A connection tells its counts when it ends, all at once.
    await model.close();
    await expect.poll(() => counted('idx_scan'), { timeout: 10_000 }).not.toEqual(found);
    expect(await counted('seq_scan')).toEqual(before);
  });
});

describe('plans on SQLite', () => {
  /** Held in memory, put together for the query itself, or of one row. */
  const BOUNDED = /^SCAN (?:json_each|\(|counted|span|step|parts|d\b|checkpoint|merchant|CONSTANT)/;
  /** By an index, or where the rows are in their key. */
  const IN_ORDER = /^SCAN \w+(?: USING (?:COVERING )?INDEX .*)?$/;

  test.each(QUESTIONS)('%s: %s', async (_, reach, ask) => {
    const asked = await plansOf(ask);
    expect(asked.length).toBeGreaterThan(0);
    for (const { text, steps } of asked) {
      for (const step of steps) {
        const isScan = step.startsWith('SCAN') && !BOUNDED.test(step);
        const mayScan = reach === 'all_partners' || (reach === 'in_order' && IN_ORDER.test(step));
        const isSort = step.startsWith('USE TEMP B-TREE');
        const isOfFacts = text.includes('from "facts"') && text.includes('"key" in');
        const maySort = isOfFacts || (reach === 'summed' && !step.endsWith('FOR ORDER BY'));
        const isFine = (!isScan || mayScan) && (!isSort || maySort);
        expect({ step, text, isFine }).toEqual({ step, text, isFine: true });
      }
    }
  });
});

interface Asked {
  readonly text: string;
  readonly steps: readonly string[];
}

/** What SQLite would do for each query of a question. It keeps no statistics, so rows make no difference. */
async function plansOf(ask: (model: ReadModel) => Promise<unknown>): Promise<readonly Asked[]> {
  const { file } = await emptySqliteReadModel();
  const reader = new Database(file, { readonly: true });
  const asked: Asked[] = [];
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: reader }),
    log: ({ query }) => {
      if (query.sql.startsWith('begin') || query.sql.startsWith('commit')) return;
      const steps = reader
        .prepare<unknown[], { detail: string }>(`explain query plan ${query.sql}`)
        .all(...query.parameters)
        .map(({ detail }) => detail);
      asked.push({ text: query.sql, steps });
    },
  });
  const model = readModelOf(
    new ReadModelDatabase({
      dialect: SQLITE,
      isFar: false,
      writer: null,
      reader: db,
      readAside: null,
      snapshot: (look) => look(db),
      close: () => db.destroy(),
    }),
  );
  await ask(model);
  await db.destroy();
  return asked;
}
