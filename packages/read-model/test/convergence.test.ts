import { isDeepStrictEqual } from 'node:util';
import { balanceOf, decide, gatherFacts, orderJournal, payoutJournal } from '@provisie/domain';
import {
  commissionStatus,
  openItemsOf,
  writeOffJournal,
  type Fact,
  type JournalLine,
} from '@provisie/domain';
import { readFact } from '@provisie/event-store';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ledgerViolations } from '../src/verifying/ledger-invariants.ts';
import { TABLE_NAMES } from '../src/tables/index.ts';
import { rowOfItem } from '../src/batch/open-item-rows.ts';
import type { OpenedReadModel } from '../src/opened-read-model.ts';
import { compareTable } from '../src/verifying/table-comparison.ts';
import type { PageRequest, StatementBalance } from '../src/views.ts';
import { day, recorded } from './events.ts';
import { applyInBatches, clear, firstPage } from './read-models.ts';
import { worlds } from './worlds.ts';
import { onEachDatabase } from './dialects.ts';

const ORDER_IDS = ['o-1', 'o-2', 'o-3', 'o-4'];

async function decisionsThatDiffer(
  { readModel, database }: OpenedReadModel,
  facts: readonly Fact[],
): Promise<unknown[]> {
  const gathered = gatherFacts(facts);
  const at = day(60);
  const { rows } = await readModel.commissions({ at }, firstPage);
  const differing: unknown[] = [];
  for (const orderId of ORDER_IDS) {
    const decided = decide(orderId, gathered);
    const kept = await readModel.decision(orderId);
    const open = await database.reading.db
      .selectFrom('open_items')
      .selectAll()
      .where('order_id', '=', orderId)
      .orderBy('partner_id')
      .orderBy('currency')
      .execute();
    const items = decided === null ? [] : openItemsOf(decided, gathered.entities).map(rowOfItem);
    const status = rows.find((row) => row.orderId === orderId)?.status ?? null;
    const isSame =
      isDeepStrictEqual(kept, decided) &&
      isDeepStrictEqual(open, items) &&
      status === (decided === null ? null : commissionStatus(decided, at));
    if (!isSame) differing.push({ kept, decided, status, open, items });
  }
  return differing;
}

function journalOf(facts: readonly Fact[]): JournalLine[] {
  const gathered = gatherFacts(facts);
  const payoutIds = new Set(
    facts.flatMap((fact) => (fact.type === 'PayoutScheduled' ? [fact.data.payoutId] : [])),
  );
  return [
    ...ORDER_IDS.flatMap((orderId) => orderJournal(orderId, gathered)),
    ...[...payoutIds].flatMap((id) => payoutJournal(id, gathered.entities)),
    ...['w-1', 'w-2'].flatMap((id) => writeOffJournal(id, gathered.entities)),
  ];
}

interface Paged<Line> {
  readonly lines: readonly Line[];
  readonly next: string | null;
}

async function everyLine<Line, View extends Paged<Line>>(
  list: (page: PageRequest) => Promise<View & Paged<Line>>,
): Promise<View & Paged<Line>> {
  const lines: Line[] = [];
  for (let cursor: string | null = null; ;) {
    const page: View & Paged<Line> = await list({ limit: 2, cursor });
    lines.push(...page.lines);
    cursor = page.next;
    if (cursor === null) return { ...page, lines };
  }
}

function sumFrom(
  from: StatementBalance,
  lines: readonly { readonly account: string; readonly amountCents: number }[],
): StatementBalance {
  let { pendingCents, balanceCents } = from;
  for (const { account, amountCents } of lines) {
    if (account === 'partner_pending') pendingCents += amountCents;
    else balanceCents += amountCents;
  }
  return { pendingCents, balanceCents };
}

onEachDatabase((models) => {
  test('whatever the batches, the tables are the same row by row, and the ledger keeps its invariants', async () => {
    const [live, rebuilt] = [await models.empty(), await models.empty()];
    await fc.assert(
      fc.asyncProperty(worlds, async ({ events, batchSizes }) => {
        await clear(live);
        await clear(rebuilt);
        const log = recorded(events);
        await applyInBatches(live, log, batchSizes);
        await applyInBatches(rebuilt, log, [1000]);
        for (const table of TABLE_NAMES) {
          const comparison = await compareTable(
            live.database.reading,
            rebuilt.database.reading,
            table,
          );
          expect(comparison.firstDifference).toBeNull();
        }
        expect(await ledgerViolations(live.database.reading)).toEqual([]);
      }),
      models.runs,
    );
  }, 120_000);

  test('after every batch each decision, and what stands open, is what all facts known come to', async () => {
    const model = await models.empty();
    await fc.assert(
      fc.asyncProperty(worlds, async ({ events, batchSizes }) => {
        await clear(model);
        const log = recorded(events);
        let handled = 0;
        for (let batch = 0; handled < log.length; batch++) {
          const size = batchSizes[batch % batchSizes.length] ?? 10;
          await applyInBatches(model, log.slice(handled, handled + size), [size]);
          handled += size;
          expect(await decisionsThatDiffer(model, log.slice(0, handled).map(readFact))).toEqual([]);
        }
      }),
      models.runs,
    );
  }, 120_000);

  test('balances at any moment, as known at any moment, are what the facts of then come to', async () => {
    const model = await models.empty();
    const moments = fc.integer({ min: 0, max: 200 }).map((days) => day(days));
    await fc.assert(
      fc.asyncProperty(worlds, moments, fc.nat(70), async ({ events, batchSizes }, asOf, heard) => {
        await clear(model);
        const log = recorded(events);
        await applyInBatches(model, log, batchSizes);
        const knownAt = log[Math.min(heard, log.length - 1)]?.recordedAt ?? 0;
        const facts = log.map(readFact).filter((fact) => fact.recordedAt <= knownAt);
        const held = balanceOf(journalOf(facts), asOf);
        const { rows } = await model.readModel.balances({}, { asOf, knownAt }, firstPage);
        for (const partnerId of ['ann', 'bob', 'cas']) {
          const balance = rows.find((row) => row.partnerId === partnerId && row.currency === 'EUR');
          const owes = (account: string) =>
            -(
              held.find((h) => h.account === account && h.partnerId === partnerId)?.amountCents ?? 0
            );
          expect(balance?.pendingCents ?? 0).toBe(owes('partner_pending') + 0);
          const takenBack = owes('clawback_receivable');
          expect(balance?.payableCents ?? 0).toBe(owes('partner_payable') + takenBack + 0);
          expect(balance?.clawbackCents ?? 0).toBe(0 - takenBack);
        }
        const sum = (pick: (row: (typeof rows)[number]) => number) =>
          rows.reduce((total, row) => total + pick(row), 0);
        const holds = (account: string) =>
          held
            .filter((holding) => holding.account === account)
            .reduce((total, { amountCents }) => total - amountCents, 0);
        expect(sum((row) => row.scheduledCents)).toBe(holds('payouts_in_transit'));
        expect(sum((row) => row.paidCents)).toBe(holds('bank'));
        expect(sum((row) => row.vatCents)).toBe(0 - holds('vat_deductible') - holds('vat_due'));
        expect(sum((row) => row.writtenOffCents)).toBe(holds('write_offs'));
      }),
      models.runs,
    );
  }, 120_000);

  test('a statement comes to the balances, page by page, and a difference to what lies between two', async () => {
    const model = await models.empty();
    const moments = fc.tuple(
      fc.integer({ min: 0, max: 200 }).map((days) => day(days)),
      fc.integer({ min: 0, max: 80 }).map((heard) => day(400) + heard * 1000),
    );
    await fc.assert(
      fc.asyncProperty(worlds, moments, moments, async ({ events }, one, other) => {
        await clear(model);
        await applyInBatches(model, recorded(events), [1000]);
        const before = { asOf: Math.min(one[0], other[0]), knownAt: Math.min(one[1], other[1]) };
        const after = { asOf: Math.max(one[0], other[0]), knownAt: Math.max(one[1], other[1]) };
        const { rows } = await model.readModel.balances({}, after, firstPage);
        for (const partnerId of ['ann', 'bob', 'cas']) {
          const account = { partnerId, currency: 'EUR' };
          const statement = await everyLine((page) =>
            model.readModel.statement({ ...account, from: before.asOf, ...after }, page),
          );
          const held = rows.find((row) => row.partnerId === partnerId && row.currency === 'EUR');
          const balances = {
            pendingCents: held?.pendingCents ?? 0,
            balanceCents: held?.payableCents ?? 0,
          };
          expect(statement.closing).toEqual(balances);
          expect(sumFrom(statement.opening, statement.lines)).toEqual(balances);
          const last = statement.lines.at(-1) ?? statement.opening;
          expect(last).toMatchObject(balances);
          const difference = await everyLine((page) =>
            model.readModel.statementDifference(partnerId, 'EUR', before, after, page),
          );
          expect(difference.after).toEqual(balances);
          expect(sumFrom(difference.before, difference.lines)).toEqual(balances);
        }
      }),
      models.runs,
    );
  }, 120_000);
});
