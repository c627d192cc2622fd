import { assessPayout, dayOf, paidPartsOf, payoutStates, type Fact } from '@provisie/domain';
import { readFact } from '@provisie/event-store';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OpenedReadModel } from '../src/opened-read-model.ts';
import type { BalanceView, CommissionView } from '../src/views.ts';
import { onEachDatabase } from './dialects.ts';
import { day, recorded } from './events.ts';
import { firstPage } from './read-models.ts';
import { worlds } from './worlds.ts';

/** Instants at the edges of days and within them; events are recorded from `day(400)` on. */
const asOf = fc.integer({ min: 0, max: 250 }).map((half) => day(half / 2));
const knownAt = fc.option(
  fc.integer({ min: 0, max: 200 }).map((seconds) => day(400, seconds * 1000)),
);

onEachDatabase((models) => {
  test('a balance is the sum of the lines up to both moments, however many days are added up', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, asOf, knownAt, async ({ events }, asOf, knownAt) => {
        const model = await models.afterLog(recorded(events));
        const { rows } = await model.readModel.balances({}, { asOf, knownAt }, firstPage);
        for (const balance of rows) {
          expect(heldOf(balance)).toEqual(await sumsOfLines(model, balance, asOf, knownAt));
        }
      }),
      models.runs,
    );
  }, 120_000);

  test('what a partner would be paid comes to the same from sums as from its items', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, asOf, async ({ events }, at) => {
        const { readModel } = await models.afterLog(recorded(events));
        const facts = recorded(events).map((event) => readFact(event));
        const moments = { at, cutOff: at, coolingMs: 0 };
        await readModel.snapshot(async (snapshot) => {
          const request = { currency: 'EUR', at, cutOff: at, partnerIds: null };
          const { rows } = await snapshot.payoutCandidates(request, firstPage);
          for (const candidate of rows) {
            const { partnerId, currency } = candidate;
            const outlook = await snapshot.payoutOutlook({ partnerId, currency, at });
            const { lines: _, ...fromSums } = assessPayout(outlook, moments);
            const { lines: __, ...fromItems } = assessPayout(candidate, moments);
            expect(fromSums).toEqual(fromItems);
            const paid = paidPartsOf(payoutFactsOf(facts, partnerId));
            for (const [orderId, parts] of candidate.paid) expect(parts).toEqual(paid.get(orderId));
            const takenBack = assessPayout(candidate, moments)
              .lines.filter(({ amountCents }) => amountCents < 0)
              .map(({ orderId }) => orderId);
            expect(takenBack.map((orderId) => candidate.paid.get(orderId))).toEqual(
              takenBack.map((orderId) => paid.get(orderId)),
            );
          }
        });
      }),
      models.runs,
    );
  }, 120_000);

  test('what is in hold is summed up by day as it is listed', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, asOf, async ({ events }, at) => {
        const { readModel } = await models.afterLog(recorded(events));
        const filter = { at, status: 'pending', partnerId: 'ann' } as const;
        const { rows } = await readModel.commissions(filter, firstPage);
        const days = await readModel.pendingDays('ann', at);
        expect(new Map(days.map((day) => [nameOf(day), day.amountCents]))).toEqual(byDay(rows));
        expect(days.reduce((sum, day) => sum + day.commissions, 0)).toBe(rows.length);
      }),
      models.runs,
    );
  }, 120_000);
});

/** About the payouts that are this partner's. */
function payoutFactsOf(facts: readonly Fact[], partnerId: string): readonly Fact[] {
  const theirs = payoutStates(facts).filter((payout) => payout.partnerId === partnerId);
  const payoutIds = new Set(theirs.map(({ payoutId }) => payoutId));
  return facts.filter((fact) => 'payoutId' in fact.data && payoutIds.has(fact.data.payoutId));
}

function heldOf(balance: BalanceView) {
  const { pendingCents, payableCents, clawbackCents, scheduledCents, paidCents } = balance;
  const { vatCents, writtenOffCents } = balance;
  return {
    partner_pending: 0 - pendingCents,
    'partner_payable and clawback_receivable': 0 - payableCents,
    clawback_receivable: clawbackCents,
    payouts_in_transit: 0 - scheduledCents,
    bank: 0 - paidCents,
    vat: vatCents,
    write_offs: 0 - writtenOffCents,
  };
}

async function sumsOfLines(
  { database }: OpenedReadModel,
  { partnerId, currency }: BalanceView,
  asOf: number,
  knownAt: number | null,
) {
  const lines = await database.reading.db
    .selectFrom('journal_lines')
    .selectAll()
    .where('concerns_partner_id', '=', partnerId)
    .where('currency', '=', currency)
    .execute();
  const sum = (...accounts: string[]) =>
    lines
      .filter((line) => accounts.includes(line.account) && line.effective_at <= asOf)
      .filter((line) => knownAt === null || line.recorded_at <= knownAt)
      .reduce((cents, line) => cents + line.amount_cents, 0);
  return {
    partner_pending: sum('partner_pending'),
    'partner_payable and clawback_receivable': sum('partner_payable', 'clawback_receivable'),
    clawback_receivable: sum('clawback_receivable'),
    payouts_in_transit: sum('payouts_in_transit'),
    bank: sum('bank'),
    vat: sum('vat_deductible', 'vat_due'),
    write_offs: sum('write_offs'),
  };
}

function byDay(rows: readonly CommissionView[]): ReadonlyMap<string, number> {
  const days = new Map<string, number>();
  for (const { payableFrom, currency, amountCents } of rows) {
    const payableDay = payableFrom === null ? null : dayOf(payableFrom);
    const name = nameOf({ payableDay, currency });
    days.set(name, (days.get(name) ?? 0) + amountCents);
  }
  return days;
}

function nameOf({ payableDay, currency }: { payableDay: number | null; currency: string }): string {
  return `${String(payableDay)} ${currency}`;
}
