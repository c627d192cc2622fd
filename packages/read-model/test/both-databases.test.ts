import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, postgresMissing, type TestDatabase } from '@provisie/postgres-testkit';
import * as fc from 'fast-check';
import { Client } from 'pg';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { OpenedReadModel } from '../src/opened-read-model.ts';
import { openPostgresReadModel } from '../src/postgres/postgres-read-model.ts';
import { Projection } from '../src/applying/projection.ts';
import { insertion } from '../src/database/session.ts';
import { openSqliteReadModel } from '../src/sqlite/sqlite-read-model.ts';
import { TABLE_NAMES } from '../src/tables/index.ts';
import { compareTable } from '../src/verifying/table-comparison.ts';
import { verify } from '../src/verifying/verify.ts';
import {
  click,
  coupon,
  day,
  link,
  order,
  recorded,
  smallProgramme,
  visit,
  writtenOff,
  type Written,
} from './events.ts';
import { everyAnswer } from './every-answer.ts';
import { applyInBatches, clear, firstPage } from './read-models.ts';
import { worlds } from './worlds.ts';

const RUNS = { numRuns: Math.ceil(Number(process.env['PROPERTY_RUNS'] ?? 20) / 4) };

interface Both {
  readonly sqlite: OpenedReadModel;
  readonly postgresql: OpenedReadModel;
}

async function expectEqualTables({ sqlite, postgresql }: Both): Promise<void> {
  for (const table of TABLE_NAMES) {
    const comparison = await compareTable(
      sqlite.database.reading,
      postgresql.database.reading,
      table,
    );
    expect({ table, differs: comparison.firstDifference }).toEqual({ table, differs: null });
    expect(comparison.liveHash).toBe(comparison.rebuiltHash);
  }
}

describe.skipIf(postgresMissing() !== null)('on both databases', () => {
  const folder = mkdtempSync(join(tmpdir(), 'provisie-both-'));
  let database: TestDatabase;
  let both: Both;
  beforeAll(async () => {
    database = await createTestDatabase();
    both = {
      sqlite: await openSqliteReadModel({ folder }),
      postgresql: await openPostgresReadModel({ url: await inDutchOrder(database.url) }),
    };
  });
  afterAll(async () => {
    await both.sqlite.close();
    await both.postgresql.close();
    await dropInDutchOrder(database.url);
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function fill(
    events: readonly Written[],
    batchSizes: readonly number[] = [1000],
  ): Promise<void> {
    await clear(both.sqlite);
    await clear(both.postgresql);
    await applyInBatches(both.sqlite, recorded(events), [1000]);
    await applyInBatches(both.postgresql, recorded(events), batchSizes);
  }

  test('the same log comes to the same rows, whatever the batches, and to the same answers', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async ({ events, batchSizes }) => {
        await fill(events, batchSizes);
        await expectEqualTables(both);
        const answers = await everyAnswer(both.sqlite.readModel);
        expect(await everyAnswer(both.postgresql.readModel)).toEqual(answers);
      }),
      RUNS,
    );
  }, 120_000);

  test.each<[string, string]>([
    ['a character that PostgreSQL refuses', 'a\u0000b'],
    ['the character that stands for it there', '\u0001\u00010\u00002'],
    ['half a character', 'a\ud83d'],
    ['a quote, a backslash and a percent sign', `'"\\%_{}`],
    ['nothing to see', ' \u200b\t'],
  ])('a campaign with %s is counted as any other', async (_, campaign) => {
    await fill([
      ...smallProgramme(),
      link('odd-link', 'ann', day(1), { utm: { campaign } }),
      click('v', 'ann-link', day(10), { utm: { campaign } }),
      click('w', 'ann-link', day(10), { utm: { campaign: 'plain' } }),
      visit('x', day(10), { utm: { campaign } }),
      order('o-1', 'c', day(12), { visitor: 'v' }),
    ]);
    await expectEqualTables(both);
    for (const { readModel } of [both.sqlite, both.postgresql]) {
      const rows = await readModel.performance({
        fromDay: '2026-01-01',
        toDay: '2026-12-31',
        groupBy: ['campaign'],
      });
      const found = rows.find((row) => row.campaign === campaign.toWellFormed());
      expect(found).toMatchObject({ clicks: 1, visits: 1, orders: 1 });
    }
  });

  test('two campaigns that a database keeps as one are counted as one', async () => {
    await fill([
      ...smallProgramme(),
      click('v', 'ann-link', day(10), { utm: { campaign: 'a\ud800' } }),
      click('w', 'ann-link', day(10), { utm: { campaign: 'a\ud801' } }),
      order('o-1', 'c', day(12), { visitor: 'v', codes: ['\ud800', '\ud801', 'A\u0000'] }),
    ]);
    await expectEqualTables(both);
    const { rows } = await both.postgresql.readModel.orders({}, firstPage);
    expect(rows).toHaveLength(1);
  });

  test('UTM values longer than an index takes are looked up as any other', async () => {
    const utm = (content: string) => ({
      source: longText('source'),
      medium: longText('medium'),
      campaign: longText('campaign'),
      term: longText('term'),
      content: longText(content),
    });
    const events: readonly Written[] = [
      ...smallProgramme(),
      visit('v', day(10), { utm: utm('one') }),
      visit('w', day(10), { utm: utm('other') }),
      order('o-1', 'c', day(12), { visitor: 'v' }),
      order('o-2', 'd', day(12), { visitor: 'w' }),
      link('late-link', 'ann', day(5), { utm: utm('one') }),
    ];
    await fill(events);
    await expectEqualTables(both);
    for (const { readModel } of [both.sqlite, both.postgresql]) {
      expect((await readModel.decision('o-1'))?.award?.linkCode).toBe('late-link');
      expect((await readModel.decision('o-2'))?.award ?? null).toBeNull();
    }
  });

  test('verify rebuilds into a file and finds what differs from it in PostgreSQL', async () => {
    const events = [
      ...smallProgramme(),
      click('v', 'ann-link', day(10)),
      order('o-1', 'c', day(12), { visitor: 'v' }),
    ];
    await fill([]);
    const store = openSqliteEventStore({ file: join(folder, 'events.sqlite') });
    onTestFinished(() => store.close());
    for (const { stream, event } of events) await store.append(stream, [event], 'any');
    const { database } = both.postgresql;
    const projection = await Projection.resume(database, { unreadable: 'stop', now: () => 0 });
    for await (const batch of store.readAll(0, { batchSize: 5 })) await projection.apply(batch);
    expect(await verify({ store, database })).toMatchObject({ ok: true, position: events.length });
    await database.transaction(async ({ db }) => {
      await db.updateTable('commissions').set({ amount_cents: 1 }).execute();
    });
    const report = await verify({ store, database });
    const differing = report.tables.filter((table) => !table.equal);
    expect(differing).toMatchObject([
      { table: 'commissions', firstDifference: { live: { amount_cents: 1 } } },
    ]);
    expect(report.ok).toBe(false);
    expect(report.ledgerViolations.join(' ')).toContain('the commission is 1');
  });

  test('a write that fails ends its transaction, and is what is told', async () => {
    await fill(smallProgramme());
    const { database, readModel } = both.postgresql;
    const insertPartners = insertion('balance_partners', 'fail');
    const outcome = database.transaction(async (session) => {
      await session.db.updateTable('checkpoint').set({ position: 1000 }).execute();
      await insertPartners(session, [{ partner_id: 'ann' }]);
      await insertPartners(session, [{ partner_id: 'dan' }]);
      await session.db.selectFrom('orders').selectAll().execute();
    });
    await expect(outcome).rejects.toMatchObject({ code: '23505' });
    const silent = database.transaction((session) =>
      insertPartners(session, [{ partner_id: 'ann' }]),
    );
    await expect(silent).rejects.toMatchObject({ code: '23505' });
    expect((await readModel.status()).position).toBe(smallProgramme().length);
    const { rows } = await readModel.balances({}, { asOf: day(30), knownAt: null }, firstPage);
    expect(rows.map(({ partnerId }) => partnerId)).not.toContain('dan');
  });

  test('ids stand in the order of their code points, far beyond the letters that most know', async () => {
    // A full-width letter, and one that UTF-16 writes with surrogates: by code unit the second would come first.
    const codes = ['\uff21', '\u{10400}', 'A', '\u{1d400}1', 'Z', '\u00c4'];
    await fill([
      ...smallProgramme(),
      ...codes.map((code) => coupon(code, 'ann', day(2))),
      ...codes.map((code, index) =>
        writtenOff(`w-${code}`, 'ann', day(20 + index), [{ orderId: 'o-1', amountCents: 1 }]),
      ),
    ]);
    await expectEqualTables(both);
    const inOrder = [...codes].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    for (const { readModel } of [both.sqlite, both.postgresql]) {
      const { rows } = await readModel.coupons({}, firstPage);
      const listed = rows.map(({ code }) => code).filter((code) => codes.includes(code));
      expect(listed).toEqual(inOrder);
    }
    const answers = await everyAnswer(both.sqlite.readModel);
    expect(await everyAnswer(both.postgresql.readModel)).toEqual(answers);
  });
});

/** Another database of the server, whose texts compare as people sort them where nobody says otherwise. */
async function inDutchOrder(url: string): Promise<string> {
  const dutch = nameInDutchOrder(url);
  await run(url, `create database ${dutch} template template0 locale_provider icu icu_locale 'nl'`);
  return Object.assign(new URL(url), { pathname: `/${dutch}` }).href;
}

async function dropInDutchOrder(url: string): Promise<void> {
  await run(url, `drop database if exists ${nameInDutchOrder(url)} with (force)`);
}

function nameInDutchOrder(url: string): string {
  return `${new URL(url).pathname.slice(1)}_nl`;
}

async function run(url: string, command: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(command);
  } finally {
    await client.end();
  }
}

/** 200 characters, 600 bytes that can't be made less. */
function longText(name: string): string {
  const digests = Array.from({ length: 13 }, (_, part) =>
    createHash('sha256')
      .update(`${name} ${String(part)}`)
      .digest(),
  );
  return Array.from({ length: 200 }, (_, place) =>
    String.fromCodePoint(0x4e00 + (Buffer.concat(digests).readUInt16LE(2 * place) % 0x5000)),
  ).join('');
}
